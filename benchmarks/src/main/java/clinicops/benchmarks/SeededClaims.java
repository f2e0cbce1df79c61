package clinicops.benchmarks;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;

/**
 * A hundred thousand claims as billing stores them: sixteen thousand patients with six each, of two payers in turn; the oldest
 * quarter is answered.
 */
final class SeededClaims {
    static final int CLAIMS = 100_000;
    static final List<String> PAYERS = List.of("VALIDATED", "STRICT");
    private static final int ANSWERED = CLAIMS / 4;
    private static final int A_PATIENTS = 6;
    private static final int BATCH = 2_000;
    private static final long CHARGED = 45_000;
    private static final Duration APART = Duration.ofMinutes(3);

    private final LocalDate today;
    private final Instant first;
    private final List<AtomicInteger> nextOpen;

    SeededClaims(LocalDate today, Instant now) {
        this.today = today;
        this.first = now.minus(APART.multipliedBy(CLAIMS + 1L));
        nextOpen = List.of(new AtomicInteger(ANSWERED), new AtomicInteger(ANSWERED + 1));
    }

    void store(MongoCollection<Document> claims, MongoCollection<Document> accounts) {
        inBatches(claims, IntStream.range(0, CLAIMS).mapToObj(this::claim));
        Map<String, List<String>> openSessions = new LinkedHashMap<>();
        IntStream.range(ANSWERED, CLAIMS).forEach(i -> openSessions
                .computeIfAbsent(patient(i), _ -> new ArrayList<>())
                .add(session(i)));
        inBatches(
                accounts,
                openSessions.entrySet().stream().map(patient -> account(patient.getKey(), patient.getValue())));
    }

    private static void inBatches(MongoCollection<Document> collection, Stream<Document> documents) {
        documents
                .gather(Gatherers.windowFixed(BATCH))
                .forEach(batch -> collection.insertMany(batch, new InsertManyOptions().ordered(false)));
    }

    /** The insurer owes all that is open. */
    private static Document account(String patient, List<String> openSessions) {
        long owed = CHARGED * openSessions.size();
        return new Document("_id", patient)
                .append("version", 1L)
                .append("totals", new Document("INSURANCE_RECEIVABLE", owed).append("REVENUE", -owed))
                .append("openSessions", openSessions)
                .append("toldBalance", cents(0))
                .append("toldOpenClaims", openSessions.size());
    }

    private Document claim(int i) {
        Date served = Date.from(today.minusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        var claim = new Document("_id", id(i))
                .append("version", 1L)
                .append("patientId", patient(i))
                .append("sessionId", session(i))
                .append("coverageId", "01980000-0000-7000-b000-%012d".formatted(patientNumber(i)))
                .append("payerCode", payer(i))
                .append("memberId", "M" + patientNumber(i))
                .append("authorizationNumber", "AUTH-" + patientNumber(i))
                .append("diagnosisCode", "F33.2")
                .append("serviceDate", served)
                .append(
                        "lines",
                        List.of(
                                line("96365", "Intravenous infusion, first hour", 32_500),
                                line("J3490", "Ketamine, 35 mg", 12_500)))
                .append("submittedAt", Date.from(first.plus(APART.multipliedBy(i))));
        if (i >= ANSWERED) {
            return claim.append("status", "SUBMITTED");
        }
        return claim.append("status", "PAID")
                .append(
                        "answer",
                        new Document("outcome", "PAID")
                                .append("paid", cents(32_000))
                                .append(
                                        "adjustments",
                                        List.of(adjustment("CO", "45", 9_000), adjustment("PR", "3", 4_000)))
                                .append("payerClaimNumber", "SEED-" + i)
                                .append("decidedOn", served));
    }

    private static Document line(String code, String description, long cents) {
        return new Document("code", code)
                .append("description", description)
                .append("units", 1)
                .append("unitPrice", cents(cents))
                .append("why", "40 min infusion from 10:00 to 10:40")
                .append("rules", "charge-rules 2025.1")
                .append("fees", "fees 2025.1");
    }

    private static Document adjustment(String group, String reason, long cents) {
        return new Document("group", group).append("reason", reason).append("amount", cents(cents));
    }

    private static Document cents(long cents) {
        return new Document("cents", cents);
    }

    static String id(int i) {
        return "01980000-0000-7000-8000-%012d".formatted(i);
    }

    private static String session(int i) {
        return "01980000-0000-7000-a000-%012d".formatted(i);
    }

    static String patient(int i) {
        return "01980000-0000-7000-9000-%012d".formatted(patientNumber(i));
    }

    private static int patientNumber(int i) {
        // the two payers have patients of their own
        return i % 2 + 2 * (i / 2 / A_PATIENTS);
    }

    static String payer(int i) {
        return PAYERS.get(i % 2);
    }

    /** Any claim of the payer. */
    static int any(String payer, SplittableRandom random) {
        return 2 * random.nextInt(CLAIMS / 2) + PAYERS.indexOf(payer);
    }

    Instant submitted(int i) {
        return first.plus(APART.multipliedBy(i));
    }

    /** The next claim of the payer that nobody answered yet. */
    int nextOpen(String payer) {
        int next = nextOpen.get(PAYERS.indexOf(payer)).getAndAdd(2);
        if (next >= CLAIMS) {
            throw new IllegalStateException("no open claim is left");
        }
        return next;
    }

    /** The insurer's answer to that claim: 320.00 paid, 90.00 taken off, 40.00 left to the patient. */
    String response(int i, String fhirBase) {
        return """
                {"resourceType":"ClaimResponse",\
                "identifier":[{"system":"urn:bench:claims","value":"BENCH-%1$d"}],\
                "status":"active",\
                "type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/claim-type","code":"professional"}]},\
                "use":"claim","patient":{"reference":"Patient/%2$s"},"created":"%3$s",\
                "insurer":{"identifier":{"system":"%4$s/sid/payer","value":"%5$s"}},\
                "request":{"reference":"Claim/%6$s"},"outcome":"complete",\
                "adjudication":[\
                {"category":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/adjudication","code":"benefit"}]},\
                "amount":{"value":320.00,"currency":"USD"}},\
                {"category":{"coding":[{"system":"https://x12.org/codes/claim-adjustment-group-codes","code":"CO"}]},\
                "reason":{"coding":[{"system":"https://x12.org/codes/claim-adjustment-reason-codes","code":"45"}]},\
                "amount":{"value":90.00,"currency":"USD"}},\
                {"category":{"coding":[{"system":"https://x12.org/codes/claim-adjustment-group-codes","code":"PR"}]},\
                "reason":{"coding":[{"system":"https://x12.org/codes/claim-adjustment-reason-codes","code":"3"}]},\
                "amount":{"value":40.00,"currency":"USD"}}]}""".formatted(i, patient(i), today, fhirBase, payer(i), id(i));
    }
}
