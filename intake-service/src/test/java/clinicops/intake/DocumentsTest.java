package clinicops.intake;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Role;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.chassis.testing.TestTokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;

/** Files about a patient: in, out, and never anything else. */
@ServiceTest(database = "intake_documents", properties = "clinicops.upload-limit=2MB")
class DocumentsTest {
    private static final byte[] PDF = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
    private static final String BOUNDARY = "----paper";
    private static final long GIGABYTE = 1L << 30;

    @Autowired
    ApplicationContext context;

    @Autowired
    MongoTemplate mongo;

    private Clinic clinic;
    private String path;

    @BeforeEach
    void referAPatient() {
        clinic = new Clinic(context);
        path = "/api/patients/" + clinic.refer() + "/documents";
    }

    @Test
    void aLetterIsKeptAndGivenBackAsItWasButOnlyAsAnAttachment() {
        var uploaded = upload(clinic.frontDesk(), "referral-letter", "Dr. Ruiz' letter", PDF)
                .expect(201)
                .body();

        assertThat(uploaded.path("contentType").asString()).isEqualTo("application/pdf");
        assertThat(uploaded.path("size").asInt()).isEqualTo(PDF.length);
        var content = clinic.therapist()
                .get(path + "/" + uploaded.path("id").asString() + "/content")
                .expect(200);
        assertThat(content.text()).isEqualTo(new String(PDF, StandardCharsets.US_ASCII));
        assertThat(content.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment");
        assertThat(content.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(content.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("sandbox");
        assertThat(clinic.nurse().get(path).expect(200).body().size()).isEqualTo(1);
        clinic.biller().get(path).expect(403);
    }

    @Test
    void whatAFileCallsItselfDoesNotCount() throws IOException {
        refusesType("<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8));
        refusesType("<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>".getBytes(StandardCharsets.UTF_8));
        refusesType("MZ this program".getBytes(StandardCharsets.US_ASCII));
        refusesType("just text".getBytes(StandardCharsets.US_ASCII));
        // a bomb is an archive like any other: refused by its first bytes, and never opened
        refusesType(bomb());
        assertThat(chunksKept()).isZero();
    }

    @Test
    void aFileWithoutContentIsNone() {
        upload(clinic.nurse(), "other", "Nothing", new byte[0]).expect(422, "document-empty");
        upload(clinic.nurse(), "other", "Nothing", null).expect(400, "not-null");
        upload(clinic.nurse(), "poem", "Ode", PDF).expect(400, "enum");
        upload(clinic.nurse(), "other", " ", PDF).expect(422, "document-title");
        form(clinic.nurse(), "not a form").expect(400);
        clinic.nurse().post(path, Map.of()).expect(415);
        assertThat(chunksKept()).isZero();
    }

    @Test
    void aFileThatTurnsOutTooLargeLeavesNothingBehind() {
        byte[] large = new byte[3 * 1024 * 1024];
        System.arraycopy(PDF, 0, large, 0, PDF.length);

        upload(clinic.nurse(), "other", "Large", large).expect(413, "body-too-large");
        var unannounced = body("other", "Large", large);
        clinic.nurse()
                .with("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .exchange(
                        "POST", path, BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(unannounced)))
                .expect(413, "body-too-large");

        assertThat(chunksKept()).isZero();
        assertThat(clinic.nurse().get(path).expect(200).body().size()).isZero();
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
    }

    private static String statusOf(Socket socket) {
        try {
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aGigabyteIsRefusedBeforeItIsSent() throws IOException {
        try (var socket = new Socket("127.0.0.1", port())) {
            var out = socket.getOutputStream();
            out.write(head("Content-Length: 1073741824").getBytes(StandardCharsets.US_ASCII));
            out.flush();

            socket.setSoTimeout(10_000);
            var status = new byte[12];
            assertThat(socket.getInputStream().readNBytes(status, 0, 12)).isEqualTo(12);
            assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
        }
    }

    /** The test is in one process with the service, so that what all its threads allocate counts the service in. */
    @Test
    void aGigabyteThatIsNotAnnouncedIsCutOffAndNeverInMemory() throws Exception {
        // the first upload of a service reads the table of types
        refusesType("just text".getBytes(StandardCharsets.US_ASCII));
        byte[] chunk = new byte[64 * 1024];
        var status = new CompletableFuture<String>();
        long allocated = allocated();
        long sent = 0;
        try (var socket = new Socket("127.0.0.1", port())) {
            socket.setSendBufferSize(chunk.length);
            Thread.ofVirtual().start(() -> status.completeAsync(() -> statusOf(socket), Runnable::run));
            var out = socket.getOutputStream();
            out.write(head("Transfer-Encoding: chunked").getBytes(StandardCharsets.US_ASCII));
            byte[] start = ("--" + BOUNDARY
                            + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n%PDF-1.7\n")
                    .getBytes(StandardCharsets.US_ASCII);
            writeChunk(out, start);
            while (sent < GIGABYTE) {
                writeChunk(out, chunk);
                sent += chunk.length;
            }
        } catch (SocketException e) {
            // the service has hung up
        }
        allocated = allocated() - allocated;

        assertThat(status.get(10, SECONDS)).isEqualTo("HTTP/1.1 413");
        // the limit, what Tomcat swallows before it hangs up, and what lies in the kernel's buffers
        assertThat(sent).isLessThan(48L * 1024 * 1024);
        assertThat(allocated).isLessThan(32L * 1024 * 1024);
        assertThat(chunksKept()).isZero();
    }

    @Test
    void theSameUploadSentTwiceIsOneDocument() {
        var door = clinic.nurse().with("Idempotency-Key", "scan-1");
        var first = upload(door, "ecg", "Rest ECG", PDF).expect(201).body();
        var again = upload(door, "ecg", "Rest ECG", PDF).expect(201).body();

        assertThat(again.path("id")).isEqualTo(first.path("id"));
        upload(door, "ecg", "Another", PDF).expect(422, "idempotency-key-reuse");
        assertThat(clinic.nurse().get(path).expect(200).body().size()).isEqualTo(1);
        assertThat(mongo.getCollection("documentFiles.files").countDocuments()).isEqualTo(1);
        clinic.nurse()
                .get(path + "/" + first.path("id").asString() + "/content")
                .expect(200);
    }

    @Test
    void aRemovedDocumentIsOutOfSightButKept() {
        String document = path + "/"
                + upload(clinic.frontDesk(), "identification", "Passport", PDF)
                        .expect(201)
                        .body()
                        .path("id")
                        .asString();
        clinic.nurse().post(document + "/removal", Map.of("reason", " ")).expect(400);

        clinic.nurse()
                .post(document + "/removal", Map.of("reason", "of another patient"))
                .expect(200);

        clinic.nurse().get(document + "/content").expect(409, "document-removed");
        clinic.nurse().post(document + "/removal", Map.of("reason", "again")).expect(409, "document-removed");
        assertThat(clinic.nurse()
                        .get(path)
                        .expect(200)
                        .body()
                        .path(0)
                        .path("removal")
                        .path("by")
                        .asString())
                .isEqualTo("nora");
        assertThat(mongo.getCollection("documentFiles.files").countDocuments()).isEqualTo(1);
    }

    @Test
    void nobodyGetsADocumentThroughAnotherPatient() {
        String documentId = upload(clinic.nurse(), "other", "Letter", PDF)
                .expect(201)
                .body()
                .path("id")
                .asString();
        clinic.nurse()
                .get("/api/patients/" + clinic.refer() + "/documents/" + documentId + "/content")
                .expect(404);
        clinic.nurse().get("/api/patients/nobody/documents").expect(404);
    }

    @BeforeEach
    void emptyTheStore() {
        for (String collection : new String[] {"documentFiles.files", "documentFiles.chunks"}) {
            mongo.getCollection(collection).deleteMany(new org.bson.Document());
        }
    }

    private long chunksKept() {
        return mongo.getCollection("documentFiles.chunks").countDocuments();
    }

    private void refusesType(byte[] content) {
        var refused = upload(clinic.nurse(), "other", "letter.pdf", content).expect(422, "document-type");
        assertThat(refused.field()).isEqualTo("file");
    }

    private Answer upload(ServiceDoor door, String kind, String title, byte @Nullable [] content) {
        return door.with("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .exchange("POST", path, BodyPublishers.ofByteArray(body(kind, title, content)));
    }

    private Answer form(ServiceDoor door, String body) {
        return door.with("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .exchange("POST", path, BodyPublishers.ofString(body));
    }

    private static byte[] body(String kind, String title, byte @Nullable [] content) {
        var body = new ByteArrayOutputStream();
        if (content != null) {
            body.writeBytes(("--" + BOUNDARY
                            + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"letter.pdf\"\r\nContent-Type: application/pdf\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(content);
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(field("kind", kind).getBytes(StandardCharsets.UTF_8));
        body.writeBytes(field("title", title).getBytes(StandardCharsets.UTF_8));
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }

    private static String field(String name, String value) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private String head(String length) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                + TestTokens.bearer("nora", "intake", Role.NURSE)
                + "\r\nContent-Type: multipart/form-data; boundary=" + BOUNDARY + "\r\n" + length + "\r\n\r\n";
    }

    private int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    private static void writeChunk(java.io.OutputStream out, byte[] bytes) throws IOException {
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** Ten megabytes of zeros in ten kilobytes. */
    private static byte[] bomb() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            zip.write(new byte[10 * 1024 * 1024]);
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }
}
