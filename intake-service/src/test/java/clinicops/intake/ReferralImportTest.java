package clinicops.intake;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.Topics;
import clinicops.outbox.OutboxStatus;
import clinicops.testing.EventProbe;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.JsonNode;

@ServiceTest(database = "intake")
class ReferralImportTest {
    @Autowired
    ApplicationContext context;

    @Autowired
    MongoTemplate mongo;

    @Autowired
    OutboxStatus outbox;

    private Clinic clinic;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
    }

    @Test
    void loadsTheGoodRowsAndReportsEachBadOneByItsLine() {
        String good = Clinic.nextKey();
        String alsoGood = Clinic.nextKey();
        String csv = String.join(
                "\r\n",
                Clinic.HEADER,
                Clinic.row(good),
                Clinic.row(Clinic.nextKey(), "birth_date", "2199-01-01", "sex", "f"),
                "",
                Clinic.row(Clinic.nextKey(), "given_name", "\"Ana"),
                Clinic.row(Clinic.nextKey()) + ",surplus",
                "only,three,columns",
                Clinic.row(Clinic.nextKey(), "family_name", "x".repeat(5000)),
                Clinic.row(alsoGood, "given_name", "\"Ana \"\"Nan\"\" Maria\""),
                "");

        JsonNode report = clinic.importCsv(csv).expect(200).body();

        assertThat(report.path("loaded").asInt()).isEqualTo(2);
        assertThat(report.path("alreadyThere").asInt()).isZero();
        assertThat(report.path("patients").valueStream().map(p -> p.path("line").asInt()))
                .containsExactly(2, 9);
        assertThat(report.path("rejected").valueStream().map(ReferralImportTest::complaint))
                .containsExactly(
                        "3 birth_date in-the-future, sex unknown-code",
                        "5 line quotes",
                        "6 line columns",
                        "7 line columns",
                        "8 line too-long");
        var patient = clinic.frontDesk()
                .get("/api/patients/"
                        + report.path("patients").path(1).path("patientId").asString())
                .expect(200)
                .body();
        assertThat(patient.path("givenName").asString()).isEqualTo("Ana \"Nan\" Maria");
    }

    @Test
    void importingTheSameFileAgainLoadsNothingAndTellsNothing() {
        String csv = Clinic.HEADER + "\n" + Clinic.row(Clinic.nextKey()) + "\n" + Clinic.row(Clinic.nextKey()) + "\n";
        var first = clinic.importCsv(csv).expect(200).body();
        try (var probe = EventProbe.on(Topics.INTAKE, Topics.CONTACT).settledWhen(() -> outbox.unsent() == 0)) {
            probe.forget();

            var second = clinic.importCsv(csv).expect(200).body();

            assertThat(first.path("loaded").asInt()).isEqualTo(2);
            assertThat(second.path("loaded").asInt()).isZero();
            assertThat(second.path("alreadyThere").asInt()).isEqualTo(2);
            assertThat(second.path("patients")).isEqualTo(first.path("patients"));
            probe.expectSilence();
        }
    }

    @Test
    void oneReferralTwiceInAFileIsOnePatient() {
        String row = Clinic.row(Clinic.nextKey());

        var report = clinic.importCsv(Clinic.HEADER + "\n" + row + "\n" + row + "\n")
                .expect(200)
                .body();

        assertThat(report.path("loaded").asInt()).isEqualTo(1);
        assertThat(report.path("alreadyThere").asInt()).isEqualTo(1);
    }

    @Test
    void twoDesksImportingTheSameFileAtOnceLoadItOnce() throws Exception {
        String csv = Clinic.HEADER + "\n"
                + String.join(
                        "\n",
                        IntStream.range(0, 20)
                                .mapToObj(i -> Clinic.row(Clinic.nextKey()))
                                .toList());
        try (var desks = Executors.newFixedThreadPool(3)) {
            Callable<Integer> load = () ->
                    clinic.importCsv(csv).expect(200).body().path("loaded").asInt();
            int loaded = 0;
            for (var desk : desks.invokeAll(List.of(load, load, load))) {
                loaded += desk.get();
            }
            assertThat(loaded).isEqualTo(20);
        }
    }

    @Test
    void columnsMayComeInAnyOrderAndAfterAByteOrderMark() {
        var columns = new java.util.ArrayList<>(List.of(Clinic.HEADER.split(",")));
        var fields =
                new java.util.ArrayList<>(List.of(Clinic.row(Clinic.nextKey()).split(",")));
        java.util.Collections.reverse(columns);
        java.util.Collections.reverse(fields);

        var report = clinic.importCsv("\uFEFF" + String.join(",", columns) + "\n" + String.join(",", fields))
                .expect(200)
                .body();

        assertThat(report.path("loaded").asInt()).isEqualTo(1);
    }

    @Test
    void refusesAFileThatHasNothingToReadRowsBy() {
        clinic.importCsv("").expect(400, "csv-empty");
        clinic.importCsv("\n\n").expect(400, "csv-empty");
        clinic.importCsv(Clinic.row("x") + "\n").expect(400, "csv-header");
        clinic.importCsv(Clinic.HEADER.replace(",sex", "") + "\n").expect(400, "csv-header");
        clinic.importCsv(Clinic.HEADER + ",shoe_size\n").expect(400, "csv-header");
        clinic.importCsv(Clinic.HEADER.replace("email,phone", "email,email") + "\n")
                .expect(400, "csv-header");
        clinic.importCsv("\"" + Clinic.HEADER).expect(400, "csv-header");
        clinic.frontDesk()
                .postText("/api/referrals/import", "text/plain", Clinic.HEADER)
                .expect(415);
        clinic.frontDesk().post("/api/referrals/import", "{}").expect(415);
    }

    @Test
    void refusesAFileThatGoesOnBeyondItsLimit() {
        byte[] endless = (Clinic.HEADER + "\n").repeat(40_000).getBytes(StandardCharsets.UTF_8);

        clinic.frontDesk()
                .with("Content-Type", "text/csv")
                .exchange(
                        "POST",
                        "/api/referrals/import",
                        BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(endless)))
                .expect(413, "body-too-large");
    }

    @Test
    void refusesRowsInAnotherEncodingAndKeepsTheOthers() {
        String csv = Clinic.HEADER + "\n" + Clinic.row(Clinic.nextKey()) + "\n"
                + Clinic.row(Clinic.nextKey(), "family_name", "Plain");
        var latin = send(csv, StandardCharsets.ISO_8859_1);

        assertThat(latin.path("loaded").asInt()).isEqualTo(1);
        assertThat(latin.path("rejected").valueStream().map(ReferralImportTest::complaint))
                .containsExactly("2 family_name encoding");
        assertThat(clinic.frontDesk()
                        .with("Content-Type", "text/csv")
                        .exchange(
                                "POST", "/api/referrals/import", BodyPublishers.ofString(csv, StandardCharsets.UTF_16))
                        .expect(400)
                        .rule())
                .isEqualTo("csv-header");
    }

    @Test
    void keepsWhatItReadInTheDatabaseAsTextAndNoJavaNames() {
        String id = clinic.refer();

        var stored = mongo.getCollection("patients")
                .find(new org.bson.Document("_id", id))
                .first();

        assertThat(stored).isNotNull();
        assertThat(stored.toJson())
                .contains("\"1985-06-01\"")
                .doesNotContain("clinicops.")
                .doesNotContain("M-77");
    }

    private JsonNode send(String csv, Charset encoding) {
        return clinic.frontDesk()
                .with("Content-Type", "text/csv")
                .exchange("POST", "/api/referrals/import", BodyPublishers.ofString(csv, encoding))
                .expect(200)
                .body();
    }

    private static String complaint(JsonNode rejected) {
        return rejected.path("line").asInt() + " "
                + String.join(
                        ", ",
                        rejected.path("errors")
                                .valueStream()
                                .map(e -> e.path("field").asString() + " "
                                        + e.path("rule").asString())
                                .toList());
    }
}
