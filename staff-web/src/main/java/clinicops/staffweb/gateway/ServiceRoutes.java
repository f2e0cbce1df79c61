package clinicops.staffweb.gateway;

import java.util.List;
import java.util.Map;

/** Which path belongs to which service: every prefix has one owner, so that the front door keeps the services' own paths. */
public final class ServiceRoutes {
    /** A service by its name, for whoever looks after the house: dead letters, audit, clock, API description. */
    public static final String DIRECT = "/api/services/**";

    static final Map<String, List<String>> PREFIXES = Map.of(
            "intake",
                    List.of(
                            "/api/referrals",
                            "/api/patients",
                            "/api/safety-alerts",
                            "/api/on-call",
                            "/api/consent-texts",
                            "/api/instruments",
                            "/api/outcomes",
                            "/api/drugs",
                            "/api/rules",
                            "/api/worklist",
                            "/api/duplicates",
                            "/api/plan-limits"),
            "scheduling",
                    List.of(
                            "/api/courses",
                            "/api/holds",
                            "/api/sessions",
                            "/api/overrides",
                            "/api/notes",
                            "/api/alarms",
                            "/api/chairs",
                            "/api/nurses",
                            "/api/prescribers",
                            "/api/opening-hours",
                            "/api/resources",
                            "/api/availability",
                            "/api/boosters",
                            "/api/broken-sessions",
                            "/api/credentials",
                            "/api/board",
                            "/api/feeds",
                            "/api/fhir",
                            "/api/drug-stock",
                            "/api/drug-log",
                            "/api/counts",
                            "/api/standing-orders",
                            "/api/house-checks",
                            "/api/rems",
                            "/api/session-fees",
                            "/api/waitlist",
                            "/api/day-close",
                            "/api/integration-sessions",
                            "/api/home-prescriptions",
                            "/api/calls",
                            "/api/readiness"),
            "billing",
                    List.of(
                            "/api/payers",
                            "/api/coverages",
                            "/api/authorizations",
                            "/api/estimates",
                            "/api/unbilled-sessions",
                            "/api/claims",
                            "/api/balances",
                            "/api/payments",
                            "/api/statements"),
            "notification", List.of("/api/notices", "/api/inbox", "/api/staff-tasks"));

    private ServiceRoutes() {}

    /** Path patterns that lead to a service; the service decides by role. */
    public static List<String> patterns() {
        return PREFIXES.values().stream()
                .flatMap(List::stream)
                .sorted()
                .map(prefix -> prefix + "/**")
                .toList();
    }
}
