package clinicops.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.SplittableRandom;
import org.bson.Document;

/**
 * A search as an insurer asks it, and as the database is asked for the same rows.
 *
 * @param query behind {@code /fhir/Claim?}
 * @param direction 1 for oldest first, -1 for newest first
 * @param rows how many the page may have, and one
 */
record Question(String payer, String query, Document filter, int direction, int rows) {
    private static final int PAGE = 20;

    /** Every parameter in turn. */
    static Question any(SeededClaims claims, SplittableRandom random) {
        String payer = SeededClaims.PAYERS.get(random.nextInt(SeededClaims.PAYERS.size()));
        int one = SeededClaims.any(payer, random);
        String id = SeededClaims.id(one);
        Instant from = claims.submitted(one);
        Instant until = from.plus(Duration.ofHours(6));
        var filter = new Document("payerCode", payer);
        return switch (random.nextInt(7)) {
            case 0 -> new Question(payer, "_id=" + id, filter.append("_id", id), 1, PAGE + 1);
            case 1 -> new Question(payer, "identifier=" + id, filter.append("_id", id), 1, PAGE + 1);
            case 2 -> {
                String patient = SeededClaims.patient(one);
                yield new Question(
                        payer, "patient=Patient/" + patient, filter.append("patientId", patient), 1, PAGE + 1);
            }
            case 3 ->
                new Question(
                        payer,
                        "use=claim&created=ge" + from + "&created=lt" + until,
                        filter.append(
                                "submittedAt", new Document("$gte", Date.from(from)).append("$lt", Date.from(until))),
                        1,
                        PAGE + 1);
            case 4 ->
                new Question(payer, "use=claim&answered=false&_count=10", filter.append("status", "SUBMITTED"), 1, 11);
            case 5 ->
                new Question(
                        payer,
                        "use=claim&status=active&_sort=-created&_count=50&created=lt" + until,
                        filter.append("submittedAt", new Document("$lt", Date.from(until))),
                        -1,
                        51);
            default ->
                new Question(
                        payer,
                        "status=active&created=ge" + from,
                        filter.append("submittedAt", new Document("$gte", Date.from(from))),
                        1,
                        PAGE + 1);
        };
    }
}
