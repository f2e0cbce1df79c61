package clinicops.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/** The users' random passwords, kept beside the data in a file that only its owner can read. */
final class Passwords {

    private static final SecureRandom random = new SecureRandom();

    private final Path file;
    private final Properties known = new Properties();

    private Passwords(Path file) {
        this.file = file;
    }

    static Passwords in(Path directory) throws IOException {
        Passwords passwords = new Passwords(directory.resolve("users.properties"));
        if (Files.exists(passwords.file)) {
            try (BufferedReader reader = Files.newBufferedReader(passwords.file)) {
                passwords.known.load(reader);
            }
        }
        return passwords;
    }

    /** Safe in a URI as it stands. On disk before it is used, so that a crash in between locks nobody out. */
    synchronized String of(String user) {
        String password = known.getProperty(user);
        if (password == null) {
            password = Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes(24));
            known.setProperty(user, password);
            save();
        }
        return password;
    }

    private void save() {
        try {
            Path next = privateFile("users.properties.next", "rw-------");
            try (Writer writer = Files.newBufferedWriter(next)) {
                known.store(writer, "Passwords of the local MongoDB. Delete them only together with the data.");
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    /** A fresh secret for the node to know itself by; one node never has to agree on it with another. */
    Path makeKeyFile() throws IOException {
        Path next = privateFile("keyfile.next", "rw-------");
        Files.writeString(next, Base64.getEncoder().encodeToString(randomBytes(96)));
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("r--------"));
        return Files.move(
                next,
                file.resolveSibling("keyfile"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private Path privateFile(String name, String permissions) throws IOException {
        Path path = file.resolveSibling(name);
        Files.deleteIfExists(path);
        return Files.createFile(
                path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
