package clinicops.scheduling.readiness;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * The verdict on a patient as it was told last: what the next one is compared with, and what lists show without judging
 * anew. It follows a change within a moment; nothing is decided by it.
 *
 * @param rules what stands against booking or treating
 * @param againstTreating those of them that stand against a dose today
 * @param changedAt when it became so
 */
@Document("readiness")
public record KeptVerdict(
        @Id String patientId,
        @Version @Nullable Long version,
        boolean canBook,
        boolean canTreat,
        List<String> rules,
        List<String> againstTreating,
        Instant changedAt) {

    boolean sameAs(ReadinessAnswer now) {
        return canBook == now.canBook()
                && canTreat == now.canTreat()
                && rules.equals(now.rules())
                && againstTreating.equals(now.againstTreating());
    }

    KeptVerdict now(ReadinessAnswer answer, Instant at) {
        return new KeptVerdict(
                patientId, version, answer.canBook(), answer.canTreat(), answer.rules(), answer.againstTreating(), at);
    }
}
