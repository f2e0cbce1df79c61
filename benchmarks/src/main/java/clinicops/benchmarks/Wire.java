package clinicops.benchmarks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A kept-alive HTTP/1.1 connection that asks and waits. The machine is shared with what is measured, so the client has to cost next
 * to nothing.
 */
final class Wire implements AutoCloseable {
    private static final int LONGEST_SILENCE_MILLIS = 60_000;

    private final URI door;
    private Socket socket;
    private InputStream in;
    private boolean over;

    Wire(URI door) throws IOException {
        this.door = door;
        socket = opened(door);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    }

    private static Socket opened(URI door) throws IOException {
        var socket = new Socket(door.getHost(), door.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(LONGEST_SILENCE_MILLIS);
        return socket;
    }

    record Reply(int status, byte[] body) {
        /** @throws IllegalStateException when it is another status */
        Reply expect(int expected) {
            if (status != expected) {
                throw new IllegalStateException("answered " + status + " instead of " + expected + ": "
                        + new String(body, StandardCharsets.UTF_8));
            }
            return this;
        }
    }

    Reply get(String path, String bearer) throws IOException {
        return exchange("GET", path, bearer, null);
    }

    Reply post(String path, String bearer, byte[] body) throws IOException {
        return exchange("POST", path, bearer, body);
    }

    private Reply exchange(String method, String path, String bearer, byte @Nullable [] body) throws IOException {
        if (over) {
            // the front door lets a connection go after so many requests, and says so
            socket.close();
            socket = opened(door);
            in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            over = false;
        }
        var head = new StringBuilder(1_500)
                .append(method)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nHost: ")
                .append(door.getAuthority())
                .append("\r\nAuthorization: Bearer ")
                .append(bearer)
                .append("\r\nAccept: application/fhir+json\r\n");
        if (body != null) {
            head.append("Content-Type: application/fhir+json\r\nContent-Length: ")
                    .append(body.length)
                    .append("\r\n");
        }
        var request = new ByteArrayOutputStream(head.length() + 2 + (body == null ? 0 : body.length));
        request.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (body != null) {
            request.writeBytes(body);
        }
        request.writeTo(socket.getOutputStream());
        return reply();
    }

    private Reply reply() throws IOException {
        int status = Integer.parseInt(line().substring(9, 12));
        int length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.contains("chunked");
            } else if (lower.startsWith("connection:")) {
                over = lower.contains("close");
            }
        }
        return new Reply(status, chunked ? chunks() : in.readNBytes(length));
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            int length = Integer.parseInt(line(), 16);
            body.writeBytes(in.readNBytes(length));
            line();
            if (length == 0) {
                return body.toByteArray();
            }
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the front door closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
