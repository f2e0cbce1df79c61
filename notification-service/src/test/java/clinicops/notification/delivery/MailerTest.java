package clinicops.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clinicops.notification.template.Text;
import clinicops.testing.MovableClock;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Over real SMTP. */
class MailerTest {

    private static final Text TEXT = new Text("¿Quién le acompaña a casa?", "Hola, Íñigo:\n\nmañana.");
    private final List<LocalMailServer.Mail> mails = new ArrayList<>();
    private static final MovableClock CLOCK = MovableClock.at("2026-05-04T14:00:00Z");

    @Test
    void handsMailOverAsItWasWritten() throws Exception {
        try (LocalMailServer server = new LocalMailServer(mails::add)) {
            mailer(server).send("notice-1", "rosa@example.org", TEXT);

            assertThat(mails)
                    .containsExactly(new LocalMailServer.Mail(
                            "notice-1",
                            "rosa@example.org",
                            "¿Quién le acompaña a casa?",
                            Instant.parse("2026-05-04T14:00:00Z"),
                            "Hola, Íñigo:\n\nmañana."));
        }
    }

    @Test
    void countsAMailThatTheMailboxDidNotKeepAsNotSent() {
        try (LocalMailServer server = new LocalMailServer(_ -> {
            throw new IllegalStateException("the database is away");
        })) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> mailer(server).send("notice-1", "rosa@example.org", TEXT));
        }
    }

    @Test
    void triesAgainWhenTheServerIsAway() throws Exception {
        try (LocalMailServer server = new LocalMailServer(mails::add)) {
            server.stop();
            assertThatExceptionOfType(NotSent.class)
                    .isThrownBy(() -> mailer(server).send("notice-1", "rosa@example.org", TEXT))
                    .matches(e -> !e.isForGood())
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("rosa"));

            server.start();
            mailer(server).send("notice-1", "rosa@example.org", TEXT);
            assertThat(mails).hasSize(1);
        }
    }

    @Test
    void triesNoMoreWhenTheAddressIsRefused() throws IOException {
        try (RefusingSmtp server = new RefusingSmtp("550 5.1.1 no rosa@example.org here")) {
            assertThatExceptionOfType(NotSent.class)
                    .isThrownBy(() -> mailer(server).send("notice-1", "rosa@example.org", TEXT))
                    .matches(NotSent::isForGood)
                    .withNoCause()
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("rosa"));
        }
    }

    @Test
    void triesAgainWhenTheAddressIsRefusedForNow() throws IOException {
        try (RefusingSmtp server = new RefusingSmtp("451 4.7.1 greylisted, rosa@example.org")) {
            assertThatExceptionOfType(NotSent.class)
                    .isThrownBy(() -> mailer(server).send("notice-1", "rosa@example.org", TEXT))
                    .matches(e -> !e.isForGood())
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("rosa"));
        }
    }

    @Test
    void refusesWhatIsNoAddress() {
        try (LocalMailServer server = new LocalMailServer(mails::add)) {
            for (String address :
                    new String[] {"rosa", "rosa@example.org\r\nBcc: eve@example.org", "a b@example.org"}) {
                assertThatExceptionOfType(NotSent.class)
                        .as(address)
                        .isThrownBy(() -> mailer(server).send("notice-1", address, TEXT))
                        .matches(NotSent::isForGood);
            }
            assertThat(mails).isEmpty();
        }
    }

    private static Mailer mailer(LocalMailServer server) {
        return new Mailer(server.sender(), "no-reply@clinic.example", CLOCK);
    }

    private static Mailer mailer(RefusingSmtp server) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(server.port());
        return new Mailer(sender, "no-reply@clinic.example", CLOCK);
    }
}
