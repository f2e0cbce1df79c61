package clinicops.standalone;

import clinicops.local.DataDirectory;
import clinicops.local.LocalServerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;

/**
 * The folder that holds one clinic: databases, topics, secrets, log. One process has it at a time; {@code clinic.pid} names
 * that process for {@code ./clinic down}.
 */
final class ClinicFolder implements AutoCloseable {
    /** Marks a folder as ours, so that {@code --fresh} never empties somebody's home. */
    private static final String MARK = "clinicops-data";

    private static final int KEY_BYTES = 32;
    private static final Duration PREDECESSOR_LEAVES = Duration.ofSeconds(15);

    private final DataDirectory held;

    private ClinicFolder(DataDirectory held) {
        this.held = held;
    }

    static ClinicFolder open(Path path, boolean fresh) {
        try {
            if (fresh && Files.exists(path)) {
                empty(path);
            }
            DataDirectory held = DataDirectory.hold(path, "clinic");
            ClinicFolder folder = new ClinicFolder(held);
            Files.writeString(folder.file(MARK), "The data of a clinicops clinic.\n");
            Files.writeString(folder.file("clinic.pid"), ProcessHandle.current().pid() + "\n");
            return folder;
        } catch (LocalServerException e) {
            throw new CannotStart(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CannotStart("cannot write to the data folder " + path + ": " + e.getMessage());
        }
    }

    private static void empty(Path path) throws IOException {
        boolean ours = Files.exists(path.resolve(MARK));
        try (var entries = Files.list(path)) {
            if (!ours && entries.findAny().isPresent()) {
                throw new CannotStart(path + " is not a clinic's data folder, so --fresh leaves it alone");
            }
        }
        // hold it first: a clinic that is running on it must not lose its files
        try (DataDirectory mine = DataDirectory.hold(path, "clinic")) {
            long deadline = System.nanoTime() + PREDECESSOR_LEAVES.toNanos();
            while (true) {
                try {
                    deleteBelow(mine.path());
                    return;
                } catch (DirectoryNotEmptyException | NoSuchFileException e) {
                    // the mongod of a clinic that was killed a moment ago is still writing its last
                    if (System.nanoTime() > deadline) {
                        throw e;
                    }
                }
            }
        }
    }

    private static void deleteBelow(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            for (Path p : walk.sorted(Comparator.reverseOrder()).toList()) {
                if (!p.equals(folder) && !p.equals(folder.resolve("in-use.lock"))) {
                    Files.deleteIfExists(p);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    Path file(String name) {
        return held.path().resolve(name);
    }

    /** The key that seals contact cards: made at the first start, for its owner's eyes only. */
    String contactKey() {
        Path file = file("contact.key");
        try {
            if (!Files.exists(file)) {
                byte[] key = new byte[KEY_BYTES];
                new SecureRandom().nextBytes(key);
                Path made = file("contact.key.new");
                Files.deleteIfExists(made);
                Files.createFile(
                        made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(made, Base64.getEncoder().encodeToString(key), StandardOpenOption.WRITE);
                Files.move(made, file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file("clinic.pid"));
        } catch (IOException e) {
            // a left-over pid file is recognised by ./clinic down
        }
        held.close();
    }
}
