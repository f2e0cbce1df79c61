package clinicops.scheduling.booster;

import static clinicops.chassis.Access.allow;
import static clinicops.chassis.Role.FRONT_DESK;
import static clinicops.chassis.Role.NURSE;
import static clinicops.chassis.Role.PRESCRIBER;
import static clinicops.chassis.Role.THERAPIST;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import clinicops.chassis.Audit;
import clinicops.chassis.Cursor;
import clinicops.chassis.NotFound;
import clinicops.chassis.Page;
import clinicops.chassis.Versions;
import clinicops.scheduling.FeatureAccess;
import clinicops.scheduling.booster.BoosterSuggestion.BoosterState;
import clinicops.scheduling.booster.BoosterSuggestion.Declined;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Single sessions after a course, suggested from outcomes and the plan's calendar. */
@RestController
@Tag(
        name = "Boosters",
        description = "Single sessions after a course, suggested when the score drifts or the plan's window ends")
class BoosterController {
    private final Boosters boosters;
    private final BoosterSuggestions suggestions;
    private final Audit audit;

    BoosterController(Boosters boosters, BoosterSuggestions suggestions, Audit audit) {
        this.boosters = boosters;
        this.suggestions = suggestions;
        this.audit = audit;
    }

    /**
     * @param because {@code drift} or {@code calendar}
     * @param dueFrom first day on which it may be given
     * @param dueBy last day by which it should be
     * @param state {@code open}, {@code booked}, {@code declined}, or {@code withdrawn} when a later score or another course took its
     *     evidence away
     * @param policy what it was judged by
     * @param courseId what was booked of it; null before
     * @param decision null unless a prescriber declined
     */
    record BoosterAnswer(
            String id,
            long version,
            String patientId,
            String planId,
            String drug,
            String route,
            Because because,
            BoosterEvidence evidence,
            LocalDate dueFrom,
            LocalDate dueBy,
            String policy,
            Instant suggestedAt,
            BoosterState state,
            @Nullable String courseId,
            @Nullable Declined decision) {
        static BoosterAnswer of(BoosterSuggestion suggestion) {
            return new BoosterAnswer(
                    suggestion.id(),
                    suggestion.version(),
                    suggestion.patientId(),
                    suggestion.planId(),
                    suggestion.drug(),
                    suggestion.route(),
                    suggestion.because(),
                    suggestion.evidence(),
                    suggestion.dueFrom(),
                    suggestion.dueBy(),
                    suggestion.policy(),
                    suggestion.suggestedAt(),
                    suggestion.state(),
                    suggestion.courseId(),
                    suggestion.decision());
        }
    }

    /** @param reason why none is given now, in the prescriber's words */
    record DeclineRequest(@NotBlank @Size(max = 500) String reason) {}

    @GetMapping("/api/boosters")
    @Operation(
            summary = "Boosters that are due",
            description =
                    "The open ones of the clinic, the first due first, at most 200; with `patientId` all of the patient, oldest "
                            + "first. Each with the scores and days that it rests on.")
    Page<BoosterAnswer> list(
            @RequestParam(required = false) @Nullable String patientId,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        Page<BoosterAnswer> page = patientId == null
                ? new Page<>(
                        suggestions.open(Limit.of(size)).stream()
                                .map(BoosterAnswer::of)
                                .toList(),
                        null)
                : Page.of(
                                suggestions.pageOfPatient(
                                        patientId, Cursor.of(cursor).after(), Limit.of(size + 1)),
                                size,
                                BoosterSuggestion::id)
                        .map(BoosterAnswer::of);
        audit.readList(
                "read-boosters",
                patientId == null
                        ? page.items().stream().map(BoosterAnswer::patientId).toList()
                        : List.of(patientId));
        return page;
    }

    @GetMapping("/api/boosters/{id}")
    @Operation(summary = "One booster", description = "Errors: 404.")
    ResponseEntity<BoosterAnswer> show(@PathVariable String id) {
        BoosterSuggestion suggestion = suggestions.ofClinic(id).orElseThrow(() -> new NotFound("booster", id));
        audit.read("read-booster", Boosters.resource(id), suggestion.patientId());
        return answer(suggestion);
    }

    @PostMapping("/api/boosters/{id}/decline")
    @Operation(
            summary = "No booster now",
            description = "It comes again only when a later score drifts. Errors: 404, 409 `booster-over`, 412, 428.")
    ResponseEntity<BoosterAnswer> decline(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody DeclineRequest request) {
        return answer(boosters.decline(id, ifMatch, request.reason()));
    }

    private static ResponseEntity<BoosterAnswer> answer(BoosterSuggestion suggestion) {
        return ResponseEntity.ok().eTag(Versions.etag(suggestion.version())).body(BoosterAnswer.of(suggestion));
    }

    /** Who may see boosters, and who may decline one. */
    @Configuration(proxyBeanMethods = false)
    static class BoosterAccess {
        @Bean
        FeatureAccess boosterRows() {
            return FeatureAccess.of(
                    allow(GET, "/api/boosters", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                    allow(GET, "/api/boosters/{id}", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                    allow(POST, "/api/boosters/{id}/decline", PRESCRIBER));
        }
    }
}
