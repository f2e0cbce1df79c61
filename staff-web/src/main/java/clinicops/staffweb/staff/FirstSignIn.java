package clinicops.staffweb.staff;

import clinicops.chassis.Audit;
import clinicops.chassis.Role;
import clinicops.outbox.Ids;
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
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
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
    private static final String DRAFT = ".new";

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
            finishInterrupted();
            return;
        }
        if (file.isBlank()) {
            throw new IllegalStateException(
                    "There is no staff account yet: set clinicops.first-sign-in-file to where the first one may be written.");
        }
        Path target = Path.of(file).toAbsolutePath();
        var paper = new Paper(url, USERNAME, newPassword());
        String hash = String.valueOf(passwordEncoder.encode(paper.password()));
        // a draft first, in place once it is true: a copy that comes second must not overwrite the first one's
        Path draft = draft(target, paper);
        try {
            transactions.run(() -> {
                var opened = accounts.save(StaffAccount.open(USERNAME, "First admin", EnumSet.of(Role.ADMIN), hash));
                audit.write("open-account", "staff/" + USERNAME, null, opened.version(), "first start");
            });
            putInPlace(draft, target);
        } catch (DuplicateKeyException otherCopyWasFirst) {
            discard(draft);
            log.info("Another copy opened the first account");
        }
    }

    private static String newPassword() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** A start that ended between opening the account and leaving its password is finished by the next one. */
    private void finishInterrupted() {
        if (file.isBlank()) {
            return;
        }
        Path target = Path.of(file).toAbsolutePath();
        for (Path draft : drafts(target)) {
            try {
                var paper = JsonMapper.shared().readValue(Files.readString(draft), Paper.class);
                accounts.findByUsername(paper.username())
                        .filter(account -> passwordEncoder.matches(paper.password(), account.passwordHash()))
                        .ifPresent(_ -> putInPlace(draft, target));
            } catch (IOException | JacksonException | UncheckedIOException otherCopyIsAtIt) {
                log.info("The draft {} is left alone", draft);
            }
        }
    }

    private static List<Path> drafts(Path target) {
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        String prefix = target.getFileName() + ".";
        try (var siblings = Files.list(folder)) {
            return siblings.filter(path -> path.getFileName().toString().startsWith(prefix)
                            && path.getFileName().toString().endsWith(DRAFT))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of the first sign-in cannot be read", e);
        }
    }

    private static void putInPlace(Path draft, Path target) {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The first sign-in is in " + draft + " and could not be moved", e);
        }
        log.info("Opened the first account; sign in with what {} says", target);
    }

    private static void discard(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            log.warn("The draft {} is worth nothing but could not be deleted", draft);
        }
    }

    /** Nobody else can read it at any moment: made with its final permissions. */
    private static Path draft(Path target, Paper paper) {
        Path draft = target.resolveSibling(target.getFileName() + "." + Ids.next() + DRAFT);
        try {
            Files.createDirectories(target.getParent());
            try (var channel = Files.newByteChannel(
                    draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
                var json = JsonMapper.shared().writeValueAsString(paper) + System.lineSeparator();
                var bytes = java.nio.ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            return draft;
        } catch (IOException e) {
            throw new UncheckedIOException("The first sign-in could not be written to " + draft, e);
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
