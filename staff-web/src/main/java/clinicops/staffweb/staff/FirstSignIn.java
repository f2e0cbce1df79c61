package clinicops.staffweb.staff;

import clinicops.chassis.Audit;
import clinicops.chassis.Role;
import clinicops.outbox.Transactions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Opens the account {@code admin} in a clinic that has no account yet, and leaves its generated password in a file for the
 * owner's eyes only. Later starts leave both alone.
 */
@Component
class FirstSignIn implements ApplicationRunner {
    private static final Logger log = LoggerFactory.getLogger(FirstSignIn.class);
    private static final String USERNAME = "admin";
    private static final int PASSWORD_BYTES = 18;

    /** What the file holds. */
    record Paper(String url, String username, String password) {}

    private final StaffAccounts accounts;
    private final PasswordEncoder passwordEncoder;
    private final Transactions transactions;
    private final Audit audit;
    private final String url;
    private final String file;

    FirstSignIn(
            StaffAccounts accounts,
            PasswordEncoder passwordEncoder,
            Transactions transactions,
            Audit audit,
            @Value("${clinicops.public-url}") String url,
            @Value("${clinicops.first-sign-in-file:}") String file) {
        this.accounts = accounts;
        this.passwordEncoder = passwordEncoder;
        this.transactions = transactions;
        this.audit = audit;
        this.url = url;
        this.file = file;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (accounts.count() > 0) {
            return;
        }
        if (file.isBlank()) {
            throw new IllegalStateException(
                    "There is no staff account yet: set clinicops.first-sign-in-file to where the first one may be written.");
        }
        Path target = Path.of(file).toAbsolutePath();
        var paper = new Paper(url, USERNAME, newPassword());
        String hash = String.valueOf(passwordEncoder.encode(paper.password()));
        // The file first: a crash in between leaves a password without an account, and the next start writes another.
        write(target, paper);
        try {
            transactions.run(() -> {
                var opened = accounts.save(StaffAccount.open(USERNAME, "First admin", EnumSet.of(Role.ADMIN), hash));
                audit.write("open-account", "staff/" + USERNAME, null, opened.version(), "first start");
            });
            log.info("Opened the first account; sign in with what {} says", target);
        } catch (DuplicateKeyException otherCopyWasFirst) {
            log.info("Another copy opened the first account");
        }
    }

    private static String newPassword() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Nobody else can read it at any moment: made with its final permissions, then renamed into place. */
    private static void write(Path target, Paper paper) {
        try {
            Files.createDirectories(target.getParent());
            Path draft = target.resolveSibling(target.getFileName() + ".new");
            Files.deleteIfExists(draft);
            try (var channel = Files.newByteChannel(
                    draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
                var json = JsonMapper.shared().writeValueAsString(paper) + System.lineSeparator();
                var bytes = java.nio.ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The first sign-in could not be written to " + target, e);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
