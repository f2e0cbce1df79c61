package clinicops.scheduling.monitor;

import clinicops.chassis.RuleViolation;
import clinicops.chassis.together.GroupCommit.Outcome;
import clinicops.scheduling.session.VitalsAnswer;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Size;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The readings of a tablet that was without network: each has its own outcome, and none hinders another. */
@Component
class VitalsBatch {
    private final VitalsDesk desk;
    private final Validator validator;

    VitalsBatch(VitalsDesk desk, Validator validator) {
        this.desk = desk;
        this.validator = validator;
    }

    /** @param readings in any order; not checked as a whole, for one that is wrong must not lose the others */
    record VitalsBatchRequest(@Size(min = 1, max = 200) List<VitalsRequest> readings) {}

    /** @param outcomes in the order of the readings sent */
    record VitalsBatchAnswer(List<ReadingOutcome> outcomes) {}

    /**
     * @param outcome {@code recorded}, {@code known} (the same was there already) or {@code refused}
     * @param reading as it stands on record; null when it was refused
     * @param rule why it was refused, and the field; null otherwise
     */
    record ReadingOutcome(
            @Nullable String readingId,
            String outcome,
            @Nullable VitalsAnswer reading,
            @Nullable String rule,
            @Nullable String field,
            @Nullable String detail) {}

    VitalsBatchAnswer record(String sessionId, VitalsBatchRequest request) {
        List<Optional<ReadingOutcome>> malformed =
                request.readings().stream().map(this::malformed).toList();
        List<VitalsRequest> told = IntStream.range(0, malformed.size())
                .filter(i -> malformed.get(i).isEmpty())
                .mapToObj(request.readings()::get)
                .toList();
        var outcomes = desk.recordAll(sessionId, told).iterator();
        return new VitalsBatchAnswer(IntStream.range(0, malformed.size())
                .mapToObj(i -> malformed
                        .get(i)
                        .orElseGet(() -> outcome(request.readings().get(i), outcomes.next())))
                .toList());
    }

    private Optional<ReadingOutcome> malformed(VitalsRequest told) {
        return validator.validate(told).stream()
                .min(Comparator.comparing(
                        violation -> violation.getPropertyPath().toString()))
                .map(violation -> new ReadingOutcome(
                        told.readingId(),
                        "refused",
                        null,
                        rule(violation),
                        violation.getPropertyPath().toString(),
                        violation.getMessage()));
    }

    private static String rule(ConstraintViolation<?> violation) {
        return violation
                .getConstraintDescriptor()
                .getAnnotation()
                .annotationType()
                .getSimpleName()
                .toLowerCase(java.util.Locale.ROOT);
    }

    private static ReadingOutcome outcome(VitalsRequest told, Outcome<VitalsDesk.Recorded> outcome) {
        return switch (outcome) {
            case Outcome.Done<VitalsDesk.Recorded>(var recorded) ->
                new ReadingOutcome(
                        told.readingId(),
                        recorded.fresh() ? "recorded" : "known",
                        recorded.reading().answer(),
                        null,
                        null,
                        null);
            case Outcome.Refused<VitalsDesk.Recorded>(RuleViolation refused) ->
                new ReadingOutcome(
                        told.readingId(), "refused", null, refused.rule(), refused.field(), refused.getMessage());
            case Outcome.Refused<VitalsDesk.Recorded>(RuntimeException why) -> throw why;
        };
    }
}
