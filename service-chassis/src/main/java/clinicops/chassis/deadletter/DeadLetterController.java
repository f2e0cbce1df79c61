package clinicops.chassis.deadletter;

import clinicops.chassis.Audit;
import clinicops.chassis.Cursor;
import clinicops.chassis.NotFound;
import clinicops.chassis.Page;
import clinicops.outbox.DeadLetter;
import clinicops.outbox.DeadLetters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Events that this service could not handle, for admins to look at and to handle again. */
@RestController
@Tag(name = "dead-letters")
final class DeadLetterController {
    private final DeadLetters letters;
    private final Audit audit;

    DeadLetterController(DeadLetters letters, Audit audit) {
        this.letters = letters;
        this.audit = audit;
    }

    /**
     * A dead letter in a list.
     *
     * @param type wire type of the event; null when it had none
     * @param reason the rule that refused it, in kebab case
     * @param message what a rule said; of any other failure only its kind, since its text may quote a patient
     * @param at system time of the last attempt
     * @param attempts 1, and one more for each replay
     */
    record DeadLetterSummary(
            String id,
            String consumer,
            String topic,
            @Nullable String eventId,
            @Nullable String type,
            String reason,
            String message,
            Instant at,
            int attempts,
            DeadLetter.State state) {
        static DeadLetterSummary of(DeadLetter letter) {
            return new DeadLetterSummary(
                    letter.id(),
                    letter.consumer(),
                    letter.topic(),
                    letter.eventId(),
                    letter.type(),
                    letter.reason(),
                    letter.message(),
                    letter.at(),
                    letter.attempts(),
                    letter.state());
        }
    }

    /**
     * A dead letter with all that arrived.
     *
     * @param body as text; null for a tombstone
     * @param stack where handling failed
     */
    record DeadLetterDetail(
            String id,
            String consumer,
            String topic,
            int partition,
            long offset,
            @Nullable String key,
            Map<String, String> headers,
            @Nullable String body,
            @Nullable String eventId,
            @Nullable String type,
            String reason,
            String message,
            String stack,
            Instant at,
            int attempts,
            DeadLetter.State state) {
        static DeadLetterDetail of(DeadLetter letter) {
            return new DeadLetterDetail(
                    letter.id(),
                    letter.consumer(),
                    letter.topic(),
                    letter.partition(),
                    letter.offset(),
                    letter.key(),
                    letter.headers(),
                    letter.body(),
                    letter.eventId(),
                    letter.type(),
                    letter.reason(),
                    letter.message(),
                    letter.stack(),
                    letter.at(),
                    letter.attempts(),
                    letter.state());
        }
    }

    @GetMapping("/api/dead-letters")
    @Operation(operationId = "listDeadLetters", summary = "Dead letters of this service, oldest first")
    Page<DeadLetterSummary> list(
            @RequestParam(required = false) DeadLetter.@Nullable State state,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        String after = Cursor.of(cursor).after();
        var page = Page.of(letters.list(state, after.isEmpty() ? null : after, size + 1), size, DeadLetter::id);
        // a record's key is the patient, except where an event has none
        audit.readList(
                "list-dead-letters",
                page.items().stream()
                        .map(DeadLetter::key)
                        .filter(Objects::nonNull)
                        .toList());
        return page.map(DeadLetterSummary::of);
    }

    @GetMapping("/api/dead-letters/{id}")
    @Operation(operationId = "getDeadLetter", summary = "A dead letter with its event and stack")
    DeadLetterDetail show(@PathVariable String id) {
        var letter = find(id);
        audit.read("read-dead-letter", "dead-letter/" + id, letter.key());
        return DeadLetterDetail.of(letter);
    }

    @PostMapping("/api/dead-letters/{id}/replay")
    @Operation(
            operationId = "replayDeadLetter",
            summary = "Handles the event again, here and now",
            description =
                    "An event that was handled meanwhile has no second effect. 422 with the reason when it fails again.")
    DeadLetterDetail replay(@PathVariable String id) {
        audit.write("replay-dead-letter", "dead-letter/" + id, find(id).key(), 0, null);
        letters.replay(id);
        return DeadLetterDetail.of(find(id));
    }

    private DeadLetter find(String id) {
        return letters.find(id).orElseThrow(() -> new NotFound("dead-letter", id));
    }
}
