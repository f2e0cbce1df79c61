package clinicops.billing.claim;

import clinicops.billing.authorization.AuthorizationDesk;
import clinicops.billing.charge.TreatedSession;
import clinicops.billing.charge.TreatedSessions;
import clinicops.billing.coverage.Coverage;
import clinicops.billing.coverage.CoverageFile;
import clinicops.chassis.Audit;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.contracts.Money;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/unbilled-sessions")
@Tag(name = "Unbilled sessions", description = "Sessions that nobody was billed for, and why")
class UnbilledController {
    private final TreatedSessions sessions;
    private final CoverageFile coverages;
    private final AuthorizationDesk authorizations;
    private final Audit audit;

    UnbilledController(
            TreatedSessions sessions, CoverageFile coverages, AuthorizationDesk authorizations, Audit audit) {
        this.sessions = sessions;
        this.coverages = coverages;
        this.authorizations = authorizations;
        this.audit = audit;
    }

    /**
     * @param serviceDate day of the session in the clinic's zone; null before discharge
     * @param why not-completed, note-unsigned, no-charge-rule, no-coverage, unknown-payer, coverage-inactive,
     *     authorization-needed, ready
     * @param detail the reason in words
     * @param charges what will be billed; empty until the note is signed
     */
    record UnbilledSession(
            String sessionId,
            String patientId,
            @Nullable LocalDate serviceDate,
            String why,
            String detail,
            @Nullable String payerCode,
            List<ClaimController.LineAnswer> charges,
            Money total) {}

    @GetMapping
    @Operation(summary = "Lists sessions that are not billed, oldest first, with the reason; ready ones can be claimed")
    Page<UnbilledSession> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        var found = sessions.findByBillingAndIdGreaterThanOrderByIdAsc(
                TreatedSession.Billing.OPEN, Cursor.of(cursor).after(), Limit.of(size + 1));
        Map<String, Coverage> primaries = coverages.primaries(
                found.stream().map(TreatedSession::patientId).distinct().toList());
        var page = Page.of(found, size, TreatedSession::id).map(s -> explain(s, primaries.get(s.patientId())));
        audit.readList(
                "list-unbilled-sessions",
                page.items().stream().map(UnbilledSession::patientId).toList());
        return page;
    }

    private UnbilledSession explain(TreatedSession session, @Nullable Coverage coverage) {
        LocalDate day = session.serviceDate();
        WhyUnbilled why = WhyUnbilled.of(
                session,
                coverage,
                () -> day != null && authorizations.hasUnitFor(session.patientId(), session.id(), day));
        return new UnbilledSession(
                session.id(),
                session.patientId(),
                day,
                why.code(),
                why.message(),
                coverage == null ? null : coverage.payerCode(),
                session.charges().stream().map(ClaimController.LineAnswer::of).toList(),
                session.total().money());
    }
}
