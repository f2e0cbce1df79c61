package clinicops.billing.fhir;

import static clinicops.billing.fhir.Insurer.expression;
import static clinicops.billing.fhir.Insurer.rules;
import static org.assertj.core.api.Assertions.assertThat;

import clinicops.billing.ClinicAround;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.testing.EventProbe;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoOperations;

/** An insurer answers claims and requests for prior authorization by itself, over the real door. */
@ServiceTest(database = "billing")
class ClaimResponseDoorTest {
    @Autowired
    private ApplicationContext context;

    @Autowired
    private MongoOperations mongo;

    private ClinicAround clinic;
    private String payer;
    private String patient;
    private ServiceDoor insurer;

    @BeforeEach
    void aPatientOfAPayer() {
        clinic = new ClinicAround(context);
        payer = clinic.payer();
        patient = clinic.patientCoveredBy(payer);
        insurer = Insurer.of(context, payer);
    }

    @Test
    void aClaimIsAnsweredOnceAndTheSameAnswerAgainIsTheSame() {
        String claim = clinic.claim(patient);
        Map<String, Object> response = paid(claim, "PCN-1", "300.00", "110.00", "40.00");
        try (EventProbe events = clinic.listen()) {
            Answer created = create(insurer, response).expect(201);
            assertThat(created.headers().firstValue("Location"))
                    .hasValueSatisfying(l -> assertThat(l).endsWith("/fhir/ClaimResponse/" + claim + "/_history/1"));
            assertThat(created.headers().firstValue("ETag")).hasValue("W/\"1\"");
            assertThat(created.body().path("id").asString()).isEqualTo(claim);

            Answer again = create(insurer, response).expect(200);
            assertThat(again.text()).isEqualTo(created.text());
            assertThat(insurer.get("/fhir/ClaimResponse/" + claim).expect(200).text())
                    .isEqualTo(created.text());
            assertThat(create(insurer.with("Prefer", "return=minimal"), response)
                            .expect(200)
                            .text())
                    .isEmpty();
            // what the door writes it also reads
            assertThat(insurer.postText("/fhir/ClaimResponse", "application/fhir+json", created.text())
                            .status())
                    .isEqualTo(200);

            Answer other = create(insurer, paid(claim, "PCN-1", "299.00", "111.00", "40.00"))
                    .expect(409);
            assertThat(rules(other.body())).containsExactly("already-answered");
            assertThat(expression(other.body())).isEqualTo("ClaimResponse.request");
            events.expectExactly("billing.claim-adjudicated.v1", "billing.balance-changed.v1");
        }
        assertThat(clinic.balance(patient)).isEqualTo(4_000);
        assertThat(clinic.claimStatus(claim)).isEqualTo("paid");
        assertThat(audit("answer-claim", "claim/" + claim, "done"))
                .hasSize(1)
                .allSatisfy(row -> assertThat(row.getString("who")).isEqualTo("client-of-" + payer));
    }

    @Test
    void anAnswerByTheLinesIsTakenAndADenialChangesNoBalance() {
        String claim = clinic.claim(patient);
        Map<String, Object> denied = header(claim, "PCN-D");
        denied.put(
                "item",
                List.of(Map.of(
                        "itemSequence",
                        1,
                        "adjudication",
                        List.of(benefit("0.00"), adjustment("CO", "50", "450.00")))));
        create(insurer, denied).expect(201);
        assertThat(clinic.claimStatus(claim)).isEqualTo("denied");
        assertThat(clinic.balance(patient)).isZero();

        String next = clinic.claim(patient);
        Map<String, Object> tooMany = header(next, "PCN-E");
        tooMany.put(
                "item",
                List.of(Map.of(
                        "itemSequence",
                        99,
                        "adjudication",
                        List.of(benefit("0.00"), adjustment("CO", "50", "450.00")))));
        expectRule(create(insurer, tooMany), 422, "item-of-claim", "ClaimResponse.item");
    }

    @Test
    void refusesWhatDoesNotFitTheClaim() {
        String claim = clinic.claim(patient);
        expectRule(
                create(insurer, paid(claim, "PCN-2", "300.00", "110.00", "39.99")),
                422,
                "remittance-balances",
                "ClaimResponse.adjudication");
        Map<String, Object> tooEarly = paid(claim, "PCN-2", "300.00", "110.00", "40.00");
        tooEarly.put("created", "2001-01-01");
        expectRule(create(insurer, tooEarly), 422, "decided-on-in-time", "ClaimResponse.created");
        Map<String, Object> tomorrow = paid(claim, "PCN-2", "300.00", "110.00", "40.00");
        tomorrow.put("created", clinic.today().plusDays(1).toString());
        expectRule(create(insurer, tomorrow), 422, "decided-on-in-time", "ClaimResponse.created");
        Map<String, Object> anothers = paid(claim, "PCN-2", "300.00", "110.00", "40.00");
        anothers.put("patient", Map.of("reference", "Patient/somebody-else"));
        expectRule(create(insurer, anothers), 422, "patient-of-claim", "ClaimResponse.patient");
        Map<String, Object> unknownReason = header(claim, "PCN-2");
        unknownReason.put("adjudication", List.of(benefit("300.00"), adjustment("CO", "4711", "150.00")));
        expectRule(create(insurer, unknownReason), 422, "reason-code-known", "ClaimResponse.adjudication[1].reason");

        expectRule(
                insurer.postText(
                        "/fhir/ClaimResponse",
                        "application/fhir+json",
                        json(paid(claim, "PCN-2", "300.00", "110.00", "40.00")).replace("300.00", "1E+900000000")),
                422,
                "number-range",
                "ClaimResponse.adjudication[0].amount.value");

        assertThat(clinic.claimStatus(claim)).isEqualTo("submitted");
        create(insurer, paid(claim, "PCN-2", "300.00", "110.00", "40.00")).expect(201);

        String second = clinic.claim(patient);
        expectRule(
                create(insurer, paid(second, "PCN-2", "300.00", "110.00", "40.00")),
                409,
                "already-answered",
                "ClaimResponse.identifier[0].value");
    }

    @Test
    void anotherPayersClaimIsNotThereAndTheTryIsAudited() {
        String claim = clinic.claim(patient);
        String other = clinic.payer();
        Map<String, Object> response = paid(claim, "PCN-3", "300.00", "110.00", "40.00");
        response.put("insurer", insurer(other));

        Answer refused = create(Insurer.of(context, other), response).expect(404);

        assertThat(rules(refused.body())).containsExactly("not-found");
        assertThat(audit(null, "claim/" + claim, "refused"))
                .hasSize(1)
                .allSatisfy(row -> assertThat(row.getString("who")).isEqualTo("client-of-" + other));
        assertThat(clinic.claimStatus(claim)).isEqualTo("submitted");
        response.put("request", Map.of("reference", "Claim/nothing"));
        create(Insurer.of(context, other), response).expect(404);
    }

    @Test
    void ofManyAnswersAtOnceOneIsTaken() throws Exception {
        String claim = clinic.claim(patient);
        List<Callable<Answer>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Map<String, Object> response = paid(claim, "PCN-" + i % 4, "300.00", "110.00", "40.00");
            all.add(() -> create(insurer, response));
        }
        try (var insurers = Executors.newFixedThreadPool(8)) {
            var statuses = new ArrayList<Integer>();
            for (var each : insurers.invokeAll(all)) {
                statuses.add(each.get().status());
            }
            assertThat(statuses).containsOnlyOnce(201).containsOnlyOnce(200);
            assertThat(statuses.stream().filter(s -> s == 409)).hasSize(6);
        }
        assertThat(clinic.balance(patient)).isEqualTo(4_000);
    }

    @Test
    void grantsARequestForPriorAuthorization() {
        String request = clinic.requestAuthorization(patient);
        Map<String, Object> granted = header(request, null);
        granted.put("use", "preauthorization");
        granted.put("preAuthRef", "A-4711");
        granted.put(
                "preAuthPeriod",
                Map.of(
                        "start",
                        clinic.today().toString(),
                        "end",
                        clinic.today().plusDays(90).toString()));
        granted.put(
                "item",
                List.of(Map.of(
                        "itemSequence",
                        1,
                        "adjudication",
                        List.of(Map.of(
                                "category", concept(ClaimResponseReader.ADJUDICATION, "eligible"), "value", 6)))));
        try (EventProbe events = clinic.listen()) {
            create(insurer, granted).expect(201);
            Answer again = create(insurer, granted).expect(200);
            assertThat(again.body().path("preAuthRef").asString()).isEqualTo("A-4711");
            assertThat(insurer.postText("/fhir/ClaimResponse", "application/fhir+json", again.text())
                            .status())
                    .isEqualTo(200);
            granted.put("preAuthRef", "A-4712");
            expectRule(create(insurer, granted), 409, "already-decided", "ClaimResponse.request");
            events.expectExactly("billing.authorization-granted.v1");
        }
        String other = clinic.payer();
        granted.put("insurer", insurer(other));
        create(Insurer.of(context, other), granted).expect(404);
    }

    @Test
    void deniesARequestForPriorAuthorization() {
        String request = clinic.requestAuthorization(patient);
        Map<String, Object> denied = header(request, null);
        denied.put("use", "preauthorization");
        denied.put("adjudication", List.of(adjustment("CO", "50", "0.00")));
        Map<String, Object> ofAnother = new java.util.HashMap<>(denied);
        ofAnother.put("patient", Map.of("reference", "Patient/somebody-else"));
        expectRule(create(insurer, ofAnother), 422, "patient-of-claim", "ClaimResponse.patient");

        create(insurer, denied).expect(201);
        assertThat(create(insurer, denied).expect(200).body().path("preAuthRef").isMissingNode())
                .isTrue();
    }

    private void expectRule(Answer answer, int status, String rule, String expression) {
        answer.expect(status);
        assertThat(rules(answer.body())).containsExactly(rule);
        assertThat(expression(answer.body())).isEqualTo(expression);
    }

    private static Answer create(ServiceDoor insurer, Map<String, Object> response) {
        return insurer.postText("/fhir/ClaimResponse", "application/fhir+json", json(response));
    }

    private static String json(Object value) {
        return tools.jackson.databind.json.JsonMapper.builder()
                .enable(tools.jackson.core.StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .build()
                .writeValueAsString(value);
    }

    private Map<String, Object> paid(String claim, String number, String paid, String off, String share) {
        Map<String, Object> response = header(claim, number);
        response.put("adjudication", List.of(benefit(paid), adjustment("CO", "45", off), adjustment("PR", "2", share)));
        return response;
    }

    private Map<String, Object> header(String request, String number) {
        var response = new java.util.LinkedHashMap<String, Object>();
        response.put("resourceType", "ClaimResponse");
        if (number != null) {
            response.put(
                    "identifier",
                    List.of(Map.of("system", "https://payer.example/claims", "value", number + "-" + payer)));
        }
        response.put("status", "active");
        response.put("type", concept("http://terminology.hl7.org/CodeSystem/claim-type", "professional"));
        response.put("use", "claim");
        response.put("patient", Map.of("reference", "Patient/" + patient));
        response.put("created", clinic.today().toString());
        response.put("insurer", insurer(payer));
        response.put("request", Map.of("reference", "Claim/" + request));
        response.put("outcome", "complete");
        return response;
    }

    private Map<String, Object> insurer(String code) {
        String system = context.getBean(FhirBase.class).identifierSystem("payer");
        return Map.of("identifier", Map.of("system", system, "value", code));
    }

    private static Map<String, Object> concept(String system, String code) {
        return Map.of("coding", List.of(Map.of("system", system, "code", code)));
    }

    private static Map<String, Object> benefit(String amount) {
        return Map.of("category", concept(ClaimResponseReader.ADJUDICATION, "benefit"), "amount", usd(amount));
    }

    private static Map<String, Object> adjustment(String group, String reason, String amount) {
        return Map.of(
                "category",
                concept(ClaimResponseReader.GROUPS, group),
                "reason",
                concept(ClaimResponseReader.REASONS, reason),
                "amount",
                usd(amount));
    }

    private static Map<String, Object> usd(String amount) {
        return Map.of("value", new BigDecimal(amount), "currency", "USD");
    }

    private List<Document> audit(String what, String resource, String outcome) {
        var filter = new Document("resource", resource).append("outcome", outcome);
        if (what != null) {
            filter.append("what", what);
        }
        return mongo.getCollection("audit").find(filter).into(new ArrayList<>());
    }
}
