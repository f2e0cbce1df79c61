package clinicops.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalMongoTest {

    @TempDir
    Path folder;

    @Test
    void commitsTransactionsAndTellsThemInAChangeStream() {
        try (LocalMongo mongo = LocalMongo.start(LocalMongo.Options.open(folder));
                MongoClient client = MongoClients.create(mongo.connectionString("intake"))) {
            MongoCollection<Document> outbox = client.getDatabase("intake").getCollection("outbox");
            outbox.insertOne(new Document("_id", 0));
            try (ClientSession session = client.startSession();
                    var changes = outbox.watch().cursor()) {
                session.withTransaction(() -> outbox.insertOne(session, new Document("_id", 1)));
                assertThat(changes.next().getFullDocument()).isEqualTo(new Document("_id", 1));
            }
        }
    }

    @Test
    void acknowledgedWritesSurviveASigkillAndTheSamePortComesBack() {
        try (LocalMongo mongo = LocalMongo.start(LocalMongo.Options.open(folder));
                MongoClient client = MongoClients.create(mongo.connectionString("intake"))) {
            MongoCollection<Document> patients = client.getDatabase("intake").getCollection("patients");
            patients.insertOne(new Document("_id", 1));
            String uri = mongo.connectionString("intake");

            mongo.kill();
            assertThat(mongo.isRunning()).isFalse();
            mongo.startAgain();

            assertThat(mongo.connectionString("intake")).isEqualTo(uri);
            assertThat(patients.countDocuments()).isEqualTo(1);
        }
    }

    @Test
    void theUserOfOneDatabaseOpensNoOther() {
        try (LocalMongo mongo = LocalMongo.start(LocalMongo.Options.guarded(folder, 0));
                MongoClient intake = MongoClients.create(mongo.connectionString("intake"));
                MongoClient billing = MongoClients.create(mongo.connectionString("billing"));
                MongoClient nobody = MongoClients.create("mongodb://127.0.0.1:" + mongo.port() + "/intake")) {
            billing.getDatabase("billing").getCollection("claims").insertOne(new Document("_id", 1));

            assertRefused(() ->
                    intake.getDatabase("billing").getCollection("claims").find().first());
            assertRefused(
                    () -> intake.getDatabase("billing").getCollection("claims").insertOne(new Document("_id", 2)));
            assertRefused(() ->
                    nobody.getDatabase("billing").getCollection("claims").find().first());
            assertThat(intake.listDatabaseNames()).doesNotContain("billing", "admin");
        }
    }

    @Test
    void usersAndDataOutliveARestartEvenOnAnotherPort() throws IOException {
        String password;
        try (LocalMongo mongo = LocalMongo.start(LocalMongo.Options.guarded(folder, 0));
                MongoClient client = MongoClients.create(mongo.connectionString("intake"))) {
            client.getDatabase("intake").getCollection("patients").insertOne(new Document("_id", 1));
            password = passwordIn(mongo.connectionString("intake"));
        }
        try (LocalMongo mongo = LocalMongo.start(LocalMongo.Options.guarded(folder, 0));
                MongoClient client = MongoClients.create(mongo.connectionString("intake"))) {
            assertThat(passwordIn(mongo.connectionString("intake"))).isEqualTo(password);
            assertThat(client.getDatabase("intake").getCollection("patients").countDocuments())
                    .isEqualTo(1);
        }
        assertThat(permissions("users.properties")).isEqualTo("rw-------");
        assertThat(permissions("keyfile")).isEqualTo("r--------");
    }

    @Test
    void aSecondStartInTheSameDirectoryIsRefusedAndTheFirstLivesOn() {
        try (LocalMongo mongo = LocalMongo.start(LocalMongo.Options.open(folder))) {
            assertThatThrownBy(() -> LocalMongo.start(LocalMongo.Options.open(folder)))
                    .isInstanceOf(LocalServerException.class)
                    .hasMessageContaining("another mongod already uses " + folder);
            assertThat(mongo.isRunning()).isTrue();
        }
    }

    @Test
    void aTakenPortIsNamedInTheError() {
        try (LocalMongo mongo = LocalMongo.start(LocalMongo.Options.open(folder.resolve("one")))) {
            LocalMongo.Options same = new LocalMongo.Options(folder.resolve("two"), mongo.port(), false);
            assertThatThrownBy(() -> LocalMongo.start(same))
                    .isInstanceOf(LocalServerException.class)
                    .hasMessageContaining("127.0.0.1:" + mongo.port())
                    .hasMessageContaining("the port is taken");
        }
    }

    @Test
    void mongodStopsWhenTheJvmThatStartedItIsKilledAndTheNextStartWaitsForThat() throws Exception {
        Process jvm = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var said = jvm.inputReader()) {
            String line = said.lines()
                    .filter(text -> text.startsWith("mongod "))
                    .findFirst()
                    .orElseThrow();
            ProcessHandle mongod =
                    ProcessHandle.of(Long.parseLong(line.substring(7))).orElseThrow();

            jvm.destroyForcibly().waitFor();
            LocalMongo.start(LocalMongo.Options.open(folder)).close();

            assertThat(mongod.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
        } finally {
            jvm.destroyForcibly();
        }
    }

    /** Another JVM that holds a mongod until it is killed. */
    static final class Holder {

        public static void main(String[] arguments) throws Exception {
            LocalMongo.start(LocalMongo.Options.open(Path.of(arguments[0])));
            ProcessHandle.current()
                    .children()
                    .filter(child -> child.info().command().orElse("").endsWith("mongod"))
                    .forEach(child -> System.out.println("mongod " + child.pid()));
            System.out.flush();
            Thread.currentThread().join();
        }
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(MongoCommandException.class, e -> assertThat(e.getErrorCodeName())
                        .isEqualTo("Unauthorized"));
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
    }

    private static String passwordIn(String uri) {
        return uri.substring("mongodb://intake:".length(), uri.indexOf('@'));
    }
}
