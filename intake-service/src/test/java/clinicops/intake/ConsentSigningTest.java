package clinicops.intake;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Role;
import clinicops.chassis.testing.ServiceTest;
import clinicops.intake.consent.DrawnSignatureTest;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.JsonNode;

/** A patient reads, signs on a tablet, gets it on paper, and may take it back. */
@ServiceTest(database = "intake_consent")
class ConsentSigningTest {
    @Autowired
    ApplicationContext context;

    @Autowired
    MongoTemplate mongo;

    private Clinic clinic;
    private String id;

    @BeforeEach
    void screenAPatient() {
        clinic = new Clinic(context);
        id = clinic.refer();
        clinic.screen(id, Clinic.screening()).expect(200);
    }

    @Test
    void theTextsAreThereToRead() {
        var list = clinic.nurse().get("/api/consent-texts").expect(200).body();
        assertThat(list.size()).isGreaterThanOrEqualTo(8);
        var text = clinic.nurse()
                .get("/api/consent-texts/esketamine/nasal/es")
                .expect(200)
                .body();
        assertThat(text.path("title").asString()).contains("esketamina");
        assertThat(text.path("paragraphs").size()).isGreaterThan(5);
        for (String unknown : new String[] {"ketamine/nasal/en", "ketamine/iv/fr", "ketamine/tea/en"}) {
            clinic.nurse().get("/api/consent-texts/" + unknown).expect(404);
        }
        clinic.nurse().get("/api/consent-texts/ketamine/iv/en?version=2019-01").expect(404);
    }

    @Test
    void aDrawnSignatureIsKeptWithWhatProvesItAndPrinted() throws IOException, InterruptedException {
        var request = new LinkedHashMap<String, Object>(Clinic.consent());
        request.put("drawing", DrawnSignatureTest.drawn(BufferedImage.TYPE_INT_ARGB, 400, 120));
        var consent = consent(clinic.nurse()
                .with("X-Client-Address", "192.0.2.7")
                .put("/api/patients/" + id + "/consents/iv", request)
                .expect(200)
                .body());

        assertThat(consent.path("drawingHash").asString()).hasSize(64);
        assertThat(consent.path("language").asString()).isEqualTo("es");
        var proof = mongo.getCollection("consentProofs")
                .find(new org.bson.Document("_id", consent.path("id").asString()))
                .first();
        assertThat(proof).isNotNull();
        assertThat(proof.toJson()).doesNotContain("192.0.2.7");
        String paper = printed(consent.path("id").asString());
        assertThat(paper)
                .contains("Consentimiento para el tratamiento con ketamina por infusión")
                .contains("Ana Núñez")
                .contains("1985-06-01")
                .contains(consent.path("textHash").asString().substring(0, 20));
    }

    @Test
    void aPatientMayReadInAnotherLanguageThanTheirOwn() throws IOException, InterruptedException {
        var request = new LinkedHashMap<String, Object>(Clinic.consent());
        request.put("language", "en");
        var consent = consent(clinic.nurse()
                .put("/api/patients/" + id + "/consents/iv", request)
                .expect(200)
                .body());

        assertThat(consent.path("drawingHash").isNull()).isTrue();
        assertThat(printed(consent.path("id").asString())).contains("Consent to treatment with ketamine by infusion");
    }

    @Test
    void aSignatureWithoutInkOrNameIsRefused() throws IOException {
        var request = new LinkedHashMap<String, Object>(Clinic.consent());
        request.put("drawing", DrawnSignatureTest.drawn(BufferedImage.TYPE_BYTE_BINARY, 4000, 3000));
        var refused = clinic.nurse()
                .put("/api/patients/" + id + "/consents/iv", request)
                .expect(422, "signature-image");
        assertThat(refused.field()).isEqualTo("drawing");
        request.remove("drawing");
        request.put("signature", "  ");
        clinic.nurse().put("/api/patients/" + id + "/consents/iv", request).expect(400);
        assertThat(clinic.nurse()
                        .get("/api/patients/" + id)
                        .expect(200)
                        .body()
                        .path("consents")
                        .size())
                .isZero();
    }

    @Test
    void aPatientWhoSaysWhyTheyWithdrawIsHeardAndNobodyHasTo() {
        sign();
        var withdrawn = clinic.frontDesk()
                .post("/api/patients/" + id + "/consents/iv/withdrawal", Map.of("reason", "too dizzy"))
                .expect(200);
        assertThat(consent(withdrawn.body()).path("endReason").asString()).isEqualTo("too dizzy");
        assertThat(clinic.biller().get("/api/patients/" + id).expect(200).text())
                .doesNotContain("too dizzy");
        clinic.nurse()
                .post("/api/patients/" + id + "/consents/iv/withdrawal", Map.of("reason", "again"))
                .expect(404);

        clinic.nurse()
                .put("/api/patients/" + id + "/consents/iv", Clinic.consent())
                .expect(200);
        clinic.nurse().delete("/api/patients/" + id + "/consents/iv").expect(200);
    }

    @Test
    void nobodyPrintsAConsentThroughAnotherPatient() {
        String consentId = consent(sign()).path("id").asString();
        String other = clinic.refer();

        clinic.nurse()
                .get("/api/patients/" + other + "/consents/" + consentId + "/document")
                .expect(404);
        clinic.biller()
                .get("/api/patients/" + id + "/consents/" + consentId + "/document")
                .expect(403);
    }

    private JsonNode sign() {
        return clinic.nurse()
                .put("/api/patients/" + id + "/consents/iv", Clinic.consent())
                .expect(200)
                .body();
    }

    private static JsonNode consent(JsonNode patient) {
        return patient.path("consents").path(0);
    }

    private String printed(String consentId) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                        + context.getEnvironment().getRequiredProperty("local.server.port") + "/api/patients/" + id
                        + "/consents/" + consentId + "/document"))
                .header("Authorization", clinicops.chassis.testing.TestTokens.bearer("nora", "intake", Role.NURSE))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode())
                    .as(() -> new String(answer.body(), StandardCharsets.UTF_8))
                    .isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                    .startsWith("attachment");
            try (var pdf = Loader.loadPDF(answer.body())) {
                return new PDFTextStripper().getText(pdf).replaceAll("\\s+", " ");
            }
        }
    }
}
