package clinicops.staffweb.journey;

import clinicops.chassis.Audit;
import clinicops.chassis.Caller;
import clinicops.chassis.Cursor;
import clinicops.chassis.NotFound;
import clinicops.chassis.Page;
import clinicops.chassis.RuleViolation;
import clinicops.outbox.Transactions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Patients' journeys, as far as the events have told by now. */
@RestController
@Tag(name = "journeys")
@RequestMapping("/api/journeys")
class JourneyController {
    private static final int MOST_ENTRIES = 500;
    private static final Set<String> END_STATES = Set.of(
            Journey.UNFINISHED,
            Journey.EXCLUDED,
            Journey.DECLINED,
            Journey.AWAITING_SAFETY_REVIEW,
            Journey.COURSE_COMPLETE);

    private final JourneyStore store;
    private final JourneyProjection projection;
    private final Transactions transactions;
    private final Audit audit;

    JourneyController(JourneyStore store, JourneyProjection projection, Transactions transactions, Audit audit) {
        this.store = store;
        this.projection = projection;
        this.transactions = transactions;
        this.audit = audit;
    }

    /** One patient's journey with its entries. A therapist sees it without the money, a biller without the screening. 404 for a patient nobody told of. */
    @GetMapping("/{patientId}")
    @Operation(operationId = "getJourney", summary = "One patient's journey through all services")
    JourneyView show(@PathVariable String patientId) {
        String shown = store.build().shown();
        Journey journey = store.ofPatient(shown, patientId).orElseThrow(() -> new NotFound("journey", patientId));
        audit.read("read-journey", "journey/" + patientId, patientId);
        return JourneyView.of(journey, sight(), store.newestEntries(shown, patientId, MOST_ENTRIES));
    }

    /**
     * Journeys in order of patient id, without entries.
     *
     * @param ids patient ids, at most 200, separated by commas; those that are unknown are left out
     * @param endState none for unfinished ones, or an end state
     */
    @GetMapping
    @Operation(operationId = "listJourneys", summary = "Journeys by patient id, without entries")
    Page<JourneyView> list(
            @RequestParam(required = false) @Nullable List<String> ids,
            @RequestParam(required = false) @Nullable String endState,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        int size = Cursor.limit(limit);
        if (endState != null && !END_STATES.contains(endState)) {
            throw RuleViolation.malformed("end-state", "there is no such end state")
                    .withField("endState");
        }
        if (ids != null && ids.size() > Cursor.MAX_LIMIT) {
            throw RuleViolation.malformed("too-many", "at most " + Cursor.MAX_LIMIT + " ids")
                    .withField("ids");
        }
        var found = store.list(
                store.build().shown(), ids, endState, Cursor.of(cursor).after(), size + 1);
        Page<Journey> page = Page.of(found, size, Journey::patientId);
        audit.readList(
                "read-journeys", page.items().stream().map(Journey::patientId).toList());
        JourneySight sight = sight();
        return page.map(journey -> JourneyView.of(journey, sight, null));
    }

    /**
     * Builds every journey anew from the topics and answers when the new ones are shown. Nothing is missing meanwhile. 409
     * {@code rebuild-overtaken} when somebody began another rebuild.
     */
    @PostMapping("/rebuild")
    @Operation(
            operationId = "rebuildJourneys",
            summary = "Builds every journey anew from the topics and answers when the new ones are shown",
            description = "409 rebuild-overtaken when somebody began another rebuild")
    JourneyProjection.Rebuilt rebuild() {
        transactions.run(() -> audit.write("rebuild-journeys", "journeys/all", null, 0, null));
        try {
            return projection.rebuild();
        } catch (JourneyProjection.RebuildOvertaken e) {
            throw RuleViolation.conflict("rebuild-overtaken", "another rebuild began before this one was complete");
        }
    }

    private static JourneySight sight() {
        return JourneySight.of(Caller.current());
    }
}
