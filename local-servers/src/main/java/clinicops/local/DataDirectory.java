package clinicops.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A server's own directory, held by one server at a time, in this process or in any other. */
public final class DataDirectory implements AutoCloseable {

    /** Below this neither server comes up in a state worth having: Kafka and WiredTiger both preallocate. */
    private static final long LEAST_FREE_BYTES = 256L * 1024 * 1024;

    private final Path path;
    private final FileChannel channel;

    private DataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Creates the directory when it is missing and takes its lock.
     *
     * @throws LocalServerException when it can't be written, is nearly full, or another server holds it
     */
    public static DataDirectory hold(Path path, String server) {
        Path directory = path.toAbsolutePath().normalize();
        FileChannel channel = null;
        try {
            Files.createDirectories(directory);
            channel = FileChannel.open(
                    directory.resolve("in-use.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!tryLock(channel)) {
                throw new LocalServerException(
                        "%s: another %s already uses %s. Stop it first, or choose another data directory."
                                .formatted(server, server, directory));
            }
            long free = Files.getFileStore(directory).getUsableSpace();
            if (free < LEAST_FREE_BYTES) {
                throw new LocalServerException("%s: only %d MB are free in %s, at least %d MB are needed."
                        .formatted(server, free >> 20, directory, LEAST_FREE_BYTES >> 20));
            }
            return new DataDirectory(directory, channel);
        } catch (IOException e) {
            closeQuietly(channel);
            throw new LocalServerException(
                    "%s: cannot write to the data directory %s: %s".formatted(server, directory, reason(e)), e);
        } catch (RuntimeException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException held) {
            return false;
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException missing -> "no such directory " + missing.getFile();
            default -> String.valueOf(e.getMessage());
        };
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // the failure that led here is the one to report
            }
        }
    }

    /** The directory, absolute. */
    public Path path() {
        return path;
    }

    /** A port on the loopback address that nobody listens on at this moment. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LocalServerException("No free port on 127.0.0.1", e);
        }
    }

    /** Said before a server starts, because its own complaint is a page long. */
    static void requireFree(int port, String server) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            socket.getLocalPort();
        } catch (IOException e) {
            throw new LocalServerException(
                    "%s could not start on 127.0.0.1:%d: the port is taken or forbidden (%s)"
                            .formatted(server, port, e.getMessage()),
                    e);
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }
}
