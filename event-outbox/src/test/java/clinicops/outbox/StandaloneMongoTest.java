package clinicops.outbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import clinicops.testing.TestServers;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneMongoTest {

    @Test
    void aServiceRefusesAMongoDbThatIsNoReplicaSet(@TempDir Path folder) throws Exception {
        int port = freePort();
        Process mongod = new ProcessBuilder(
                        mongodOfTheTestServers(),
                        "--dbpath",
                        folder.toString(),
                        "--bind_ip",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectErrorStream(true)
                .start();
        try {
            await().atMost(30, SECONDS).until(() -> listens(port));
            assertThatThrownBy(() -> OutboxTestService.start("mongodb://127.0.0.1:%d/clinic".formatted(port), Map.of()))
                    .rootCause()
                    .hasMessageContaining("MongoDB is no replica set")
                    .hasMessageContaining("rs.initiate()");
        } finally {
            mongod.destroyForcibly().waitFor();
        }
    }

    private static String mongodOfTheTestServers() {
        TestServers.mongo();
        return ProcessHandle.current()
                .descendants()
                .flatMap(process -> process.info().command().stream())
                .filter(command -> command.endsWith("mongod"))
                .findFirst()
                .orElseThrow();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
