package clinicops.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Five ports in a row on loopback that nobody uses. */
final class FreePorts {
    private FreePorts() {}

    static int five() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int first = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            if (java.util.stream.IntStream.range(first, first + 5).allMatch(FreePorts::isFree)) {
                return first;
            }
        }
        throw new IllegalStateException("no five free ports in a row");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
