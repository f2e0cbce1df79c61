package clinicops.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong at the keyboard is said in one sentence that tells what to do. */
class CannotStartTest {

    @TempDir
    Path folder;

    @Test
    void aPortInUseIsNamedWithTheWayOut() throws Exception {
        int first = FreePorts.five();
        try (var taken = new ServerSocket(first + 2, 1, InetAddress.getLoopbackAddress());
                var data = ClinicFolder.open(folder, false)) {
            assertThat(taken.isBound()).isTrue();
            var options = new StandaloneOptions(folder, first, false, null, false);
            assertThatThrownBy(() -> StandaloneClinic.start(options, data, _ -> {}))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("port " + (first + 2))
                    .hasMessageContaining("--port");
        }
    }

    @Test
    void aSecondCopyOnTheSameDataIsRefused() {
        try (var first = ClinicFolder.open(folder, false)) {
            assertThat(first.file("clinic.pid")).exists();
            assertThatThrownBy(() -> ClinicFolder.open(folder, false))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("already uses");
            assertThatThrownBy(() -> ClinicFolder.open(folder, true))
                    .as("--fresh does not empty a running clinic's folder")
                    .isInstanceOf(RuntimeException.class)
                    .hasMessageContaining("already uses");
            assertThat(first.file("clinic.pid")).exists();
        }
    }

    @Test
    void freshEmptiesAClinicsFolderAndNothingElse() throws Exception {
        try (var clinic = ClinicFolder.open(folder, false)) {
            Files.writeString(clinic.file("old"), "old");
        }
        try (var clinic = ClinicFolder.open(folder, true)) {
            assertThat(clinic.file("old")).doesNotExist();
        }
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.writeString(home.resolve("thesis"), "years of work");
        assertThatThrownBy(() -> ClinicFolder.open(home, true))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("not a clinic's data folder");
        assertThat(home.resolve("thesis")).exists();
    }

    @Test
    void aDataFolderThatIsAFileIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> ClinicFolder.open(file, false))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("cannot write to the data directory");
    }

    @Test
    void theContactKeyIsForItsOwnerAloneAndStays() throws Exception {
        try (var clinic = ClinicFolder.open(folder, false)) {
            String key = clinic.contactKey();
            assertThat(clinic.contactKey()).isEqualTo(key);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(clinic.file("contact.key"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void unknownOptionsAndBadPortsAreRefused() {
        assertThatThrownBy(() -> StandaloneOptions.parse(new String[] {"--prot", "1"}, null))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("--prot");
        assertThatThrownBy(() -> StandaloneOptions.parse(new String[] {"--port", "65535"}, null))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("--port takes a number");
        assertThatThrownBy(() -> StandaloneOptions.parse(new String[] {"--data"}, null))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("--data needs a value");
    }
}
