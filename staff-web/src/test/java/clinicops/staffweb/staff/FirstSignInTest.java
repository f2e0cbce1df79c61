package clinicops.staffweb.staff;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Audit;
import clinicops.outbox.Transactions;
import clinicops.staffweb.FrontDoor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.data.domain.Limit;
import org.springframework.security.crypto.password.PasswordEncoder;

class FirstSignInTest extends FrontDoor {
    @TempDir
    private Path folder;

    @Test
    void aFrontDoorThatComesSecondLeavesThePasswordOfTheFirst() throws Exception {
        Path file = folder.resolve("first-sign-in.json");
        Files.copy(firstSignInFile(), file);
        String paper = Files.readString(file);
        start(new SeenEmpty(context.getBean(StaffAccounts.class)), file);
        assertThat(Files.readString(file)).isEqualTo(paper);
        assertThat(folder.toFile().list()).containsExactly("first-sign-in.json");
    }

    @Test
    void aStartThatWasCutOffBeforeItLeftThePasswordIsFinishedByTheNext() throws Exception {
        Path file = folder.resolve("first-sign-in.json");
        Files.copy(firstSignInFile(), folder.resolve("first-sign-in.json.1.new"));
        Path foreign = folder.resolve("first-sign-in.json.2.new");
        Files.writeString(foreign, "{\"url\":\"\",\"username\":\"admin\",\"password\":\"of another copy\"}");
        start(context.getBean(StaffAccounts.class), file);
        assertThat(Files.readString(file)).isEqualTo(Files.readString(firstSignInFile()));
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("first-sign-in.json", "first-sign-in.json.2.new");
    }

    private void start(StaffAccounts accounts, Path file) {
        new FirstSignIn(
                        accounts,
                        context.getBean(PasswordEncoder.class),
                        context.getBean(Transactions.class),
                        context.getBean(Audit.class),
                        url(),
                        file.toString())
                .run(new DefaultApplicationArguments());
    }

    /** What a copy sees that counted before the first one opened the account. */
    private record SeenEmpty(StaffAccounts real) implements StaffAccounts {
        @Override
        public Optional<StaffAccount> findByUsername(String username) {
            return real.findByUsername(username);
        }

        @Override
        public List<StaffAccount> findByUsernameGreaterThanOrderByUsername(String username, Limit limit) {
            return real.findByUsernameGreaterThanOrderByUsername(username, limit);
        }

        @Override
        public long count() {
            return 0;
        }

        @Override
        public long countActiveOthers(String role, String username) {
            return real.countActiveOthers(role, username);
        }

        @Override
        public StaffAccount save(StaffAccount account) {
            return real.save(account);
        }
    }
}
