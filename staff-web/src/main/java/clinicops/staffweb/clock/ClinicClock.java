package clinicops.staffweb.clock;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.ClockSettings;
import clinicops.chassis.Role;
import clinicops.chassis.RuleViolation;
import clinicops.outbox.ConsumerLag;
import clinicops.outbox.OutboxStatus;
import clinicops.outbox.Transactions;
import clinicops.staffweb.clock.ClockView.ServiceClock;
import clinicops.staffweb.clock.ServiceClocks.Said;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/**
 * One clock for the whole clinic. Every service keeps its own; this moves them together and tells whether they have caught up.
 * What did not reach every service is said so, and can be asked again: who has done it already does nothing.
 */
@Component
class ClinicClock {
    /** In tokens and audit rows, where nobody of the staff asks by name. */
    private static final String OWN_NAME = "staff-web";

    /** Time runs on while a request is under way: a moment that has just gone by is reached, not refused. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(30);

    private final ServiceClocks services;
    private final BusinessClock clock;
    private final ClockSettings settings;
    private final ConsumerLag lag;
    private final OutboxStatus outbox;
    private final Transactions transactions;
    private final Audit audit;

    ClinicClock(
            ServiceClocks services,
            BusinessClock clock,
            ClockSettings settings,
            ConsumerLag lag,
            OutboxStatus outbox,
            Transactions transactions,
            Audit audit) {
        this.services = services;
        this.clock = clock;
        this.settings = settings;
        this.lag = lag;
        this.outbox = outbox;
        this.transactions = transactions;
        this.audit = audit;
    }

    /** Some services did it and some did not; asking again is safe. */
    static final class PartlyDone extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String rule;
        private final transient Map<String, String> outcomes;

        PartlyDone(String rule, Map<String, String> outcomes) {
            super(rule);
            this.rule = rule;
            this.outcomes = outcomes;
        }

        String rule() {
            return rule;
        }

        /** Service to {@code done}, or the rule that refused. */
        Map<String, String> outcomes() {
            return outcomes;
        }
    }

    ClockView now() {
        var asking = new Caller(OWN_NAME, EnumSet.of(Role.ADMIN));
        ClockView once = view(asking);
        // an event may have gone from a service not yet asked to one that was: only what is still quiet the second time
        // is
        return once.settled() ? view(asking) : once;
    }

    /**
     * @throws RuleViolation {@code demo-only}, {@code clock-forward-only} (409)
     * @throws PartlyDone when a service did not acknowledge
     */
    ClockView moveTo(Instant target) {
        if (!settings.demo()) {
            throw RuleViolation.conflict("demo-only", "only the clock of a demo clinic can be moved");
        }
        if (target.isBefore(clock.instant().minus(UNDER_WAY))) {
            throw RuleViolation.conflict("clock-forward-only", "the clock goes forward only")
                    .withField("now");
        }
        var said = services.toAll(admin(), HttpMethod.PUT, "/api/clock", Map.of("now", target.toString()));
        // a service that is there already was moved by an earlier attempt
        allDone("clock-partly-moved", said, "clock-forward-only");
        if (target.isAfter(clock.instant())) {
            settings.moveTo(target);
        }
        transactions.run(() -> audit.write("move-clock", "clock/clinic", null, 0, target.toString()));
        return view(admin());
    }

    /**
     * @throws RuleViolation {@code clinic-not-empty} (409) when a patient exists
     * @throws PartlyDone when a service did not acknowledge
     */
    ClockView turnIntoDemo() {
        ClockView before = view(admin());
        if (before.demo()) {
            return before;
        }
        requireNoPatient();
        // intake first: it knows the patients, and refuses when one came this moment
        Said intake = services.to(admin(), "intake", HttpMethod.PUT, "/api/demo-mode", null);
        if (intake.refusedBy("clinic-not-empty")) {
            throw notEmpty();
        }
        var said = services.toAll(admin(), HttpMethod.PUT, "/api/demo-mode", null);
        if (said.values().stream().anyMatch(answer -> answer.refusedBy("clinic-not-empty"))) {
            throw notEmpty();
        }
        allDone("demo-partly-made", said, "");
        settings.turnIntoDemo();
        transactions.run(() -> audit.write("turn-into-demo", "clock/clinic", null, 0, null));
        return view(admin());
    }

    private void requireNoPatient() {
        var frontDesk = new Caller(OWN_NAME, EnumSet.of(Role.FRONT_DESK));
        Said patients = services.to(frontDesk, "intake", HttpMethod.GET, "/api/patients?limit=1", null);
        if (!patients.ok()) {
            throw new PartlyDone("demo-partly-made", Map.of("intake", patients.outcome()));
        }
        if (!patients.body().path("items").isEmpty()) {
            throw notEmpty();
        }
    }

    private ClockView view(Caller asking) {
        var all = new TreeMap<>(services.read(asking));
        // handled first, unsent second: handling makes events, and one made in between counts as unsent
        long toHandle = lag.total();
        long unsent = outbox.unsent();
        all.put(OWN_NAME, new ServiceClock(true, clock.instant(), settings.demo(), null, false, unsent, toHandle));
        return new ClockView(
                clock.instant(),
                all.values().stream().allMatch(one -> Boolean.TRUE.equals(one.demo())),
                earliest(all),
                all.values().stream().allMatch(ServiceClock::settled),
                all);
    }

    private static @Nullable Instant earliest(Map<String, ServiceClock> all) {
        return all.values().stream()
                .map(ServiceClock::nextDueAt)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private static void allDone(String rule, Map<String, Said> said, String doneBefore) {
        var outcomes = new TreeMap<String, String>();
        said.forEach((service, answer) ->
                outcomes.put(service, answer.ok() || answer.refusedBy(doneBefore) ? "done" : answer.outcome()));
        if (!outcomes.values().stream().allMatch("done"::equals)) {
            throw new PartlyDone(rule, outcomes);
        }
    }

    private static RuleViolation notEmpty() {
        return RuleViolation.conflict("clinic-not-empty", "only an empty clinic can become a demo");
    }

    /** Whoever moves the clock is named in each service's audit too. */
    private static Caller admin() {
        return new Caller(Caller.current().name(), EnumSet.of(Role.ADMIN));
    }
}
