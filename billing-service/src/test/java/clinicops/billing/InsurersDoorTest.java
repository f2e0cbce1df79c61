package clinicops.billing;

import static clinicops.billing.ClinicFixture.SESSION_CENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.context.FhirContext;
import clinicops.billing.fhir.Insurer;
import clinicops.chassis.Role;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.outbox.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.bson.Document;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoOperations;
import tools.jackson.databind.JsonNode;

/** Two insurers at the FHIR door: each sees what the clinic sent to it, whole and sound, and nothing of the other's. */
@ServiceTest(database = "billing")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InsurersDoorTest {
    private static final String BASE = "http://localhost:8080/fhir";

    @Autowired
    private ApplicationContext context;

    @Autowired
    private MongoOperations mongo;

    /** What one insurer has here. */
    private record Side(
            String payer,
            String patient,
            String member,
            String family,
            String coverage,
            String claim,
            String denied,
            String open,
            String granted,
            String requested) {
        /** Everything that identifies it; must never be seen by another. */
        List<String> canaries() {
            return List.of(payer, patient, member, family, coverage, claim, denied, open, granted, requested);
        }
    }

    private ClinicFixture clinic;
    private ServiceDoor insurer;
    private Side own;
    private Side other;

    @BeforeAll
    void serveTwoInsurers() {
        clinic = new ClinicFixture(context);
        own = side("Ana", "Ownsworth");
        other = side("Cara", "Canarybird");
        insurer = Insurer.of(context, own.payer());
    }

    private Side side(String given, String family) {
        String payer = clinic.payer(false);
        String patient = clinic.patient();
        String member = "M" + Ids.next().substring(24);
        String coverage = clinic.coverage(patient, payer, member);
        clinic.name(patient, given, family);
        Answer paid = clinic.claim(clinic.session(patient));
        clinic.answer(paid, numbered(clinic.paid(SESSION_CENTS - 10_000, 8_000, 2_000), payer + "-1"))
                .expect(200);
        Answer denied = clinic.claim(clinic.session(patient));
        clinic.answer(denied, numbered(clinic.denied(SESSION_CENTS), payer + "-2"))
                .expect(200);
        Answer open = clinic.claim(clinic.session(patient));
        String granted = clinic.granted(patient, coverage, 6);
        String requested = clinic.biller
                .post(
                        "/api/authorizations",
                        Map.of("patientId", patient, "coverageId", coverage, "units", 3, "diagnosisCode", "F33.2"))
                .expect(201)
                .body()
                .path("id")
                .asString();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> mongo.getCollection("patients")
                                .countDocuments(new Document("_id", patient).append("familyName", family))
                        == 1);
        return new Side(payer, patient, member, family, coverage, id(paid), id(denied), id(open), granted, requested);
    }

    /** The rows that were stored for paging lack what real ones have; whoever shares the database would stumble. */
    @AfterAll
    void takeTheMadeUpRowsBack() {
        for (String collection : List.of("claims", "coverages")) {
            mongo.getCollection(collection).deleteMany(new Document("madeUp", true));
        }
    }

    private static Map<String, Object> numbered(Map<String, Object> answer, String number) {
        var changed = new java.util.HashMap<>(answer);
        changed.put("payerClaimNumber", number);
        return changed;
    }

    private static String id(Answer answer) {
        return answer.body().path("id").asString();
    }

    private static List<String> ids(Answer answer) {
        var ids = new ArrayList<String>();
        answer.body()
                .path("entry")
                .forEach(entry -> ids.add(entry.path("resource").path("id").asString()));
        return ids;
    }

    // --- what is emitted -------------------------------------------------------------------------------------------

    @Test
    void emitsClaimsThatHapisValidatorAccepts() {
        var claim = insurer.get("/fhir/Claim/" + own.open()).expect(200);

        Soundness.require(claim.text());
        assertThat(claim.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/fhir+json"));
        assertThat(claim.headers().firstValue("ETag")).hasValue("W/\"1\"");
        JsonNode body = claim.body();
        assertThat(body.path("use").asString()).isEqualTo("claim");
        assertThat(body.path("patient").path("reference").asString()).isEqualTo("Patient/" + own.patient());
        assertThat(body.path("insurer").path("identifier").path("value").asString())
                .isEqualTo(own.payer());
        assertThat(body.path("insurance")
                        .path(0)
                        .path("coverage")
                        .path("reference")
                        .asString())
                .isEqualTo("Coverage/" + own.coverage());
        assertThat(body.path("total").path("value").decimalValue()).isEqualByComparingTo("450.00");
        assertThat(claim.text()).contains("\"value\":450.00");
        var codes = new ArrayList<String>();
        long cents = 0;
        for (JsonNode item : body.path("item")) {
            codes.add(item.path("productOrService")
                    .path("coding")
                    .path(0)
                    .path("code")
                    .asString());
            cents += item.path("net")
                    .path("value")
                    .decimalValue()
                    .movePointRight(2)
                    .longValueExact();
            assertThat(item.path("servicedDate").asString()).matches("\\d{4}-\\d{2}-\\d{2}");
        }
        assertThat(codes).contains("96365", "J3490");
        assertThat(cents).isEqualTo(SESSION_CENTS);
    }

    @Test
    void emitsEveryOtherResourceSoundly() {
        for (String path : List.of(
                "/fhir/Claim/" + own.requested(),
                "/fhir/Claim/" + own.granted(),
                "/fhir/Patient/" + own.patient(),
                "/fhir/Coverage/" + own.coverage(),
                "/fhir/ClaimResponse/" + own.claim(),
                "/fhir/ClaimResponse/" + own.denied(),
                "/fhir/ClaimResponse/" + own.granted(),
                "/fhir/Claim",
                "/fhir/ClaimResponse",
                "/fhir/Patient",
                "/fhir/Coverage")) {
            Soundness.require(insurer.get(path).expect(200).text());
        }
        Soundness.require(
                ServiceDoor.of(context).get("/fhir/metadata").expect(200).text());
    }

    @Test
    void tellsTheAnswerOfAClaimToTheCent() {
        JsonNode answer =
                insurer.get("/fhir/ClaimResponse/" + own.claim()).expect(200).body();

        assertThat(answer.path("request").path("reference").asString()).isEqualTo("Claim/" + own.claim());
        assertThat(answer.path("adjudication")
                        .path(0)
                        .path("amount")
                        .path("value")
                        .decimalValue())
                .isEqualByComparingTo("350.00");
        assertThat(answer.path("adjudication")
                        .path(1)
                        .path("category")
                        .path("coding")
                        .path(0)
                        .path("code")
                        .asString())
                .isEqualTo("CO");
        assertThat(insurer.get("/fhir/ClaimResponse/" + own.open()).status()).isEqualTo(404);
        JsonNode granted =
                insurer.get("/fhir/ClaimResponse/" + own.granted()).expect(200).body();
        assertThat(granted.path("preAuthRef").asString()).isEqualTo("A-100");
        assertThat(granted.path("item")
                        .path(0)
                        .path("adjudication")
                        .path(0)
                        .path("value")
                        .asInt())
                .isEqualTo(6);
    }

    @Test
    void readsWithThePlainHapiClientsParser() {
        Bundle page = FhirContext.forR4Cached()
                .newJsonParser()
                .setParserErrorHandler(new ca.uhn.fhir.parser.StrictErrorHandler())
                .parseResource(
                        Bundle.class, insurer.get("/fhir/Claim").expect(200).text());

        assertThat(page.getEntry()).hasSize(5);
        assertThat(page.getLink("self").getUrl()).startsWith(BASE + "/Claim?");
        assertThat(page.getEntryFirstRep().getFullUrl()).startsWith(BASE + "/Claim/");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void answersWithoutASecondThoughtInTheLog(CapturedOutput log) {
        for (String path : List.of(
                "/fhir/Claim/" + own.open(),
                "/fhir/ClaimResponse/" + own.claim(),
                "/fhir/Patient/" + own.patient(),
                "/fhir/Coverage/" + own.coverage(),
                "/fhir/Claim?patient=nobody",
                "/fhir/Claim",
                "/fhir/ClaimResponse",
                "/fhir/Patient",
                "/fhir/Coverage")) {
            Answer answer = insurer.get(path).expect(200);
            assertThat(answer.text()).endsWith("}");
            assertThat(answer.body().isMissingNode()).isFalse();
        }
        assertThat(log.getAll()).doesNotContain("incident").doesNotContain("Exception");
    }

    // --- own rows only ---------------------------------------------------------------------------------------------

    @Test
    void neverShowsAnythingOfAnotherInsurers() {
        var paths = new ArrayList<>(List.of(
                "/fhir/Claim",
                "/fhir/Claim?use=claim",
                "/fhir/Claim?use=preauthorization",
                "/fhir/Claim?answered=true",
                "/fhir/Claim?answered=false",
                "/fhir/Claim?status=active",
                "/fhir/Claim?created=ge2000",
                "/fhir/Claim?_lastUpdated=ge2000",
                "/fhir/Claim?_sort=-created",
                "/fhir/ClaimResponse",
                "/fhir/Patient",
                "/fhir/Coverage"));
        for (String path : paths) {
            assertSilentOf(other, insurer.get(path).expect(200));
            assertThat(ids(insurer.get(path).expect(200))).as(path).isNotEmpty();
        }
        // asked for by name, they are not there
        for (String query : List.of(
                "Claim?_id=" + other.claim() + "," + other.requested(),
                "Claim?identifier=" + other.claim(),
                "Claim?patient=Patient/" + other.patient(),
                "ClaimResponse?_id=" + other.claim(),
                "ClaimResponse?request=Claim/" + other.claim(),
                "ClaimResponse?patient=" + other.patient(),
                "Patient?_id=" + other.patient(),
                "Patient?identifier=" + other.member(),
                "Coverage?_id=" + other.coverage(),
                "Coverage?patient=" + other.patient(),
                "Coverage?beneficiary=" + other.patient(),
                "Coverage?identifier=" + other.member())) {
            assertThat(ids(insurer.get("/fhir/" + query).expect(200))).as(query).isEmpty();
        }
    }

    private static void assertSilentOf(Side hidden, Answer answer) {
        assertThat(answer.text()).doesNotContain(hidden.canaries());
    }

    @Test
    void answersAnothersResourceWith404AndNotesTheRefusal() {
        for (String path : List.of(
                "Claim/" + other.claim(),
                "Claim/" + other.requested(),
                "ClaimResponse/" + other.claim(),
                "ClaimResponse/" + other.granted(),
                "Patient/" + other.patient(),
                "Coverage/" + other.coverage())) {
            Answer answer = insurer.get("/fhir/" + path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(Insurer.rules(answer.body())).containsExactly("not-found");
            assertSilentOf(other, answer);
            String id = path.substring(path.indexOf('/') + 1);
            assertThat(mongo.getCollection("audit")
                            .countDocuments(new Document("outcome", "refused")
                                    .append("who", "client-of-" + own.payer())
                                    .append("resource", new Document("$regex", id))))
                    .as(path)
                    .isPositive();
        }
    }

    @Test
    void auditsEveryReadAndList() {
        String reader = "reader-" + Ids.next().substring(24);
        var door = Insurer.of(context, own.payer(), claims -> claims.subject(reader));
        door.get("/fhir/Claim/" + own.claim()).expect(200);
        door.get("/fhir/ClaimResponse/" + own.claim()).expect(200);
        door.get("/fhir/Patient/" + own.patient()).expect(200);
        door.get("/fhir/Coverage/" + own.coverage()).expect(200);
        door.get("/fhir/Claim").expect(200);
        door.get("/fhir/ClaimResponse").expect(200);
        door.get("/fhir/Patient").expect(200);
        door.get("/fhir/Coverage").expect(200);

        var rows = mongo.getCollection("audit")
                .find(new Document("who", reader))
                .sort(new Document("_id", 1))
                .into(new ArrayList<>());
        assertThat(rows)
                .extracting(row -> row.getString("what"))
                .containsExactly(
                        "read-claim",
                        "read-claim-response",
                        "read-patient",
                        "read-coverage",
                        "list-claims",
                        "list-claim-responses",
                        "list-patients",
                        "list-coverages");
        assertThat(rows).allSatisfy(row -> assertThat(row.getList("patientIds", String.class))
                .containsExactly(own.patient()));
    }

    // --- searching -------------------------------------------------------------------------------------------------

    @Test
    void findsClaimsByEachParameter() {
        assertThat(search("use=claim")).containsExactly(own.claim(), own.denied(), own.open());
        assertThat(search("use=preauthorization")).containsExactly(own.granted(), own.requested());
        assertThat(search("use=predetermination")).isEmpty();
        assertThat(search("answered=false")).containsExactly(own.open(), own.requested());
        assertThat(search("answered=true")).containsExactly(own.claim(), own.denied(), own.granted());
        assertThat(search("answered=true&use=claim&_sort=-created")).containsExactly(own.denied(), own.claim());
        assertThat(search("status=active,cancelled")).hasSize(5);
        assertThat(search("status=cancelled")).isEmpty();
        assertThat(search("patient=" + own.patient())).hasSize(5);
        assertThat(search("patient=" + BASE + "/Patient/" + own.patient())).hasSize(5);
        assertThat(search("patient=unknown")).isEmpty();
        assertThat(search("_id=" + own.open() + "," + own.granted())).containsExactly(own.open(), own.granted());
        assertThat(search("identifier=" + BASE + "/sid/claim%7C" + own.open())).containsExactly(own.open());
        assertThat(search("identifier=http://elsewhere%7C" + own.open())).isEmpty();
        assertThat(search("created=lt2001")).isEmpty();
        assertThat(search("created=ge2001-02-03T04:05:06Z&created=lt2999-01")).hasSize(5);
        Instant at = mongo.getCollection("claims")
                .find(new Document("_id", own.denied()))
                .first()
                .getDate("submittedAt")
                .toInstant();
        assertThat(search("created=" + at)).containsExactly(own.denied());
        assertThat(search("use=claim&created=gt" + at)).containsExactly(own.open());
        assertThat(search("use=claim&created=le" + at)).containsExactly(own.claim(), own.denied());
        assertThat(ids(insurer.postText("/fhir/Claim/_search", "application/x-www-form-urlencoded", "answered=false")))
                .containsExactly(own.open(), own.requested());
    }

    private List<String> search(String query) {
        return ids(insurer.get("/fhir/Claim?" + query).expect(200));
    }

    @Test
    void findsTheOthersByEachParameter() {
        assertThat(ids(insurer.get("/fhir/Patient?identifier=" + own.member()))).containsExactly(own.patient());
        assertThat(ids(insurer.get("/fhir/Patient?_id=" + own.patient()))).containsExactly(own.patient());
        assertThat(ids(insurer.get("/fhir/Coverage?patient=Patient/" + own.patient())))
                .containsExactly(own.coverage());
        assertThat(ids(insurer.get("/fhir/Coverage?identifier=" + BASE + "/sid/member-id%7C" + own.member())))
                .containsExactly(own.coverage());
        assertThat(ids(insurer.get("/fhir/ClaimResponse?request=Claim/" + own.claim())))
                .containsExactly(own.claim());
        assertThat(ids(insurer.get("/fhir/ClaimResponse?request=" + BASE + "/Claim/" + own.open())))
                .isEmpty();
        assertThat(insurer.get("/fhir/Patient/" + own.patient()).text()).contains("Ownsworth");
    }

    @ParameterizedTest
    @CsvSource({
        "Claim, colour=red, colour",
        "Claim, patient:Patient=1, patient:Patient",
        "Claim, patient.name=Ana, patient.name",
        "Claim, use=gift, use",
        "Claim, use=, use",
        "Claim, use=claim&use=preauthorization, use",
        "Claim, status=lost, status",
        "Claim, answered=perhaps, answered",
        "Claim, patient=Practitioner/1, patient",
        "Claim, patient=https://elsewhere.example/Patient/1, patient",
        "Claim, _id=a%00b, _id",
        "Claim, '_id=a,,b', _id",
        "Claim, created=yesterday, created",
        "Claim, created=2026-02-30, created",
        "Claim, created=2026-13, created",
        "Claim, created=ap2026, created",
        "Claim, created=ne2026, created",
        "Claim, created=2026-03-31T09:30, created",
        "Claim, created=99999, created",
        "Claim, _lastUpdated=1066, _lastUpdated",
        "Claim, _count=0, _count",
        "Claim, _count=-1, _count",
        "Claim, _count=many, _count",
        "Claim, _count=99999999999, _count",
        "Claim, _sort=patient, _sort",
        "Claim, _cursor=nonsense, _cursor",
        "Claim, _cursor=!!!, _cursor",
        "Claim, _include=Claim:patient, _include",
        "Claim, _summary=true, _summary",
        "Claim, _elements=id, _elements",
        "Claim, _total=accurate, _total",
        "ClaimResponse, request=Patient/1, request",
        "ClaimResponse, use=claim, use",
        "Patient, name=Ana, name",
        "Patient, _count=x, _count",
        "Coverage, payor=1, payor",
        "Coverage, patient=1&beneficiary=1, beneficiary",
    })
    void refusesAWrongParameterByItsName(String type, String query, String parameter) {
        Answer answer = insurer.get("/fhir/" + type + "?" + query);

        answer.expect(400);
        assertThat(answer.body().path("resourceType").asString()).isEqualTo("OperationOutcome");
        assertThat(Insurer.expression(answer.body())).isEqualTo("http." + parameter);
    }

    // --- paging ----------------------------------------------------------------------------------------------------

    @Test
    void pagesThrough250ClaimsShowingEachOnceWhileNewOnesArrive() {
        String payer = clinic.payer(false);
        var door = Insurer.of(context, payer);
        Date sameMoment = Date.from(Instant.parse("2026-03-01T10:00:00Z"));
        Set<String> stored = new HashSet<>();
        for (int i = 0; i < 250; i++) {
            // many at the same moment, so that a page ends among them
            stored.add(store(payer, i % 3 == 0 ? sameMoment : new Date(sameMoment.getTime() + i)));
        }
        for (String order : List.of("created", "-created")) {
            var seen = new ArrayList<String>();
            String next = "/fhir/Claim?_count=30&_sort=" + order;
            while (next != null) {
                Answer page = door.get(next).expect(200);
                assertThat(ids(page)).hasSizeLessThanOrEqualTo(30);
                seen.addAll(ids(page));
                store(payer, new Date(sameMoment.getTime() + 1_000_000));
                store(payer, new Date(sameMoment.getTime() - 1_000_000));
                next = next(page);
            }
            assertThat(seen).doesNotHaveDuplicates().containsAll(stored);
        }
        assertThat(ids(door.get("/fhir/Claim").expect(200))).hasSize(20);
        assertThat(ids(door.get("/fhir/Claim?_count=1000").expect(200))).hasSize(100);
        assertThat(ids(door.get("/fhir/Claim?_count=1").expect(200))).hasSize(1);
    }

    @Test
    void pagesThroughMembersWithSeveralCoveragesEach() {
        String payer = clinic.payer(false);
        var door = Insurer.of(context, payer);
        for (int i = 0; i < 30; i++) {
            String patient = "member-" + payer + "-" + (10 + i);
            for (int rank = 1; rank <= 3; rank++) {
                mongo.getCollection("coverages")
                        .insertOne(new Document("_id", Ids.next())
                                .append("version", 1L)
                                .append("patientId", patient)
                                .append("rank", rank)
                                .append("madeUp", true)
                                .append("payerCode", payer)
                                .append("memberId", patient + "-" + rank)
                                .append("status", "ON_FILE"));
            }
        }
        var seen = new ArrayList<String>();
        String next = "/fhir/Patient?_count=7";
        while (next != null) {
            Answer page = door.get(next).expect(200);
            page.body().path("entry").forEach(entry -> assertThat(
                            entry.path("resource").path("identifier"))
                    .hasSize(3));
            seen.addAll(ids(page));
            next = next(page);
        }
        assertThat(seen).hasSize(30).doesNotHaveDuplicates();
        assertThat(door.get("/fhir/Patient").headers().firstValue("X-Powered-By"))
                .isEmpty();
    }

    /** The path of the next link, which points to the front door. */
    private static String next(Answer page) {
        for (JsonNode link : page.body().path("link")) {
            if (link.path("relation").asString().equals("next")) {
                assertThat(link.path("url").asString()).startsWith(BASE + "/");
                return link.path("url").asString().substring("http://localhost:8080".length());
            }
        }
        return null;
    }

    private String store(String payer, Date submittedAt) {
        String id = Ids.next();
        var line = new Document("code", "96365")
                .append("description", "Infusion")
                .append("units", 1)
                .append("unitPrice", new Document("cents", 30_000L))
                .append("why", "w")
                .append("rules", "r")
                .append("fees", "f");
        mongo.getCollection("claims")
                .insertOne(new Document("_id", id)
                        .append("version", 1L)
                        .append("patientId", "patient-of-" + payer)
                        .append("sessionId", Ids.next())
                        .append("coverageId", "c")
                        .append("madeUp", true)
                        .append("payerCode", payer)
                        .append("memberId", "m")
                        .append("serviceDate", Date.from(Instant.parse("2026-03-01T00:00:00Z")))
                        .append(
                                "lines",
                                IntStream.range(0, 3).mapToObj(_ -> line).toList())
                        .append("submittedAt", submittedAt)
                        .append("status", "SUBMITTED"));
        return id;
    }

    @Test
    void staffSeeNothingOfThisDoor() {
        ServiceDoor.of(context).as("bea", Role.BILLER).get("/fhir/Claim").expect(401);
    }
}
