package clinicops.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinicops.local.LocalBroker;
import clinicops.local.LocalMongo;
import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClients;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each service runs alone from its own jar, with its own database user; and in one process beside the others it is made of the
 * very same beans: nothing that another service brings to the class path changes it.
 */
class SameServiceAloneAndTogetherTest {

    @TempDir
    Path folder;

    @Test
    void eachServiceHasTheSameBeansAloneAndInOneProcess() throws Exception {
        Map<String, List<String>> alone = new HashMap<>();
        try (var mongo = LocalMongo.start(LocalMongo.Options.guarded(folder.resolve("alone-mongo"), 0));
                var broker = LocalBroker.start(folder.resolve("alone-kafka"), 0)) {
            for (var part : StandaloneClinic.PARTS) {
                alone.put(part.name(), beansAlone(part, mongo, broker));
            }
        }
        try (var data = ClinicFolder.open(folder.resolve("together"), false);
                var clinic = StandaloneClinic.start(
                        new StandaloneOptions(folder.resolve("together"), FreePorts.five(), false, null, false),
                        data,
                        _ -> {})) {
            for (var part : StandaloneClinic.PARTS) {
                var together = new TreeSet<>(BeanNames.of(clinic.context(part.name())));
                var only = new TreeSet<>(alone.get(part.name()));
                // Gson comes with HAPI FHIR: an empty configuration, for it makes a converter only where Jackson is not
                // preferred
                together.removeIf(bean -> bean.contains("GsonHttpMessageConvertersConfiguration"));
                only.removeIf(bean -> bean.contains("GsonHttpMessageConvertersConfiguration"));
                assertThat(only).as("beans of %s", part.name()).hasSizeGreaterThan(100);
                assertThat(difference(together, only))
                        .as("%s has only in one process", part.name())
                        .isEmpty();
                assertThat(difference(only, together))
                        .as("%s has only alone", part.name())
                        .isEmpty();
            }
        }
    }

    @Test
    void noServiceCanOpenAnothersDatabase() {
        try (var mongo = LocalMongo.start(LocalMongo.Options.guarded(folder.resolve("mongo"), 0))) {
            for (var part : StandaloneClinic.PARTS) {
                try (var client = MongoClients.create(mongo.connectionString(part.name()))) {
                    for (var other : StandaloneClinic.PARTS) {
                        var patients = client.getDatabase(other.name()).getCollection("patients");
                        if (other.equals(part)) {
                            assertThat(patients.countDocuments()).isZero();
                        } else {
                            assertThatThrownBy(patients::countDocuments)
                                    .isInstanceOf(MongoCommandException.class)
                                    .hasMessageContaining("not authorized");
                        }
                    }
                }
            }
        }
    }

    private static Set<String> difference(Set<String> these, Set<String> without) {
        var rest = new TreeSet<>(these);
        rest.removeAll(without);
        return rest;
    }

    private List<String> beansAlone(StandaloneClinic.Part part, LocalMongo mongo, LocalBroker broker) throws Exception {
        Path jar = Path.of("..", part.configName(), "target", part.configName() + "-exec.jar")
                .toAbsolutePath()
                .normalize();
        assertThat(jar).as("built by the package phase").exists();
        Path unpacked = folder.resolve("jar-" + part.name());
        run(List.of(
                java(), "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", unpacked.toString()));

        Path beans = folder.resolve("beans-" + part.name());
        String classPath = String.join(
                File.pathSeparator,
                unpacked.resolve(jar.getFileName()).toString(),
                unpacked.resolve("lib").resolve("*").toString(),
                Path.of("target", "test-classes").toAbsolutePath().toString());
        var command = new ArrayList<>(List.of(
                java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                classPath,
                BeanNames.class.getName(),
                part.main().getName(),
                part.configName(),
                beans.toString(),
                "--server.port=0",
                "--spring.mongodb.uri=" + mongo.connectionString(part.name()),
                "--spring.cloud.stream.kafka.binder.brokers=" + broker.bootstrapServers(),
                "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                "--clinicops.public-url=http://localhost:1",
                "--clinicops.issuer=http://localhost:1",
                "--clinicops.jwk-set-uri=http://127.0.0.1:1/oauth2/jwks"));
        if (part.name().equals("staff-web")) {
            command.add("--clinicops.first-sign-in-file=" + folder.resolve("first-sign-in.json"));
            for (var service : StandaloneClinic.PARTS.subList(1, StandaloneClinic.PARTS.size())) {
                command.add("--clinicops.services." + service.name() + "=http://127.0.0.1:1");
            }
        }
        if (List.of("intake", "billing", "notification").contains(part.name())) {
            command.add("--clinicops.contact.key=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
        }
        run(command);
        return Files.readAllLines(beans);
    }

    private void run(List<String> command) throws Exception {
        Path log = Files.createTempFile(folder, "process", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended && process.exitValue() == 0)
                .as("%s%n%s", command, Files.readString(log))
                .isTrue();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
