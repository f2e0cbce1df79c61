package clinicops.notification.delivery;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * An SMTP server in this process, on a free port of the loopback address, for clinics (demos, trials) that have none
 * configured. What it took goes into a mailbox; nothing leaves the clinic.
 */
class LocalMailServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LocalMailServer.class);
    private static final String LOOPBACK = "127.0.0.1";
    /** The server keeps what it takes in memory, where nobody looks. */
    private static final int EMPTIED_EVERY = 200;

    private final KeepingSender sender;
    private final AtomicInteger taken = new AtomicInteger();
    private final GreenMail server;

    /** @param mailbox gets each mail that the server took, repeats included; when it fails, the mail counts as not sent */
    LocalMailServer(Consumer<Mail> mailbox) {
        sender = new KeepingSender(mailbox);
        server = new GreenMail(new ServerSetup(0, LOOPBACK, ServerSetup.PROTOCOL_SMTP));
        server.withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
        start();
    }

    final void start() {
        server.start();
        sender.setHost(LOOPBACK);
        sender.setPort(server.getSmtp().getPort());
        sender.setDefaultEncoding("UTF-8");
        sender.getJavaMailProperties().put("mail.smtp.timeout", "10000");
        sender.getJavaMailProperties().put("mail.smtp.connectiontimeout", "5000");
        log.info("No mail server is configured: mail stays in the clinic, in the inbox");
    }

    JavaMailSender sender() {
        return sender;
    }

    /**
     * A mail that arrived.
     *
     * @param id the part of its Message-ID that names the notice
     * @param receivedAt business time
     */
    record Mail(String id, String to, String subject, Instant receivedAt, String body) {}

    /** How many times the server took a mail, repeats included. */
    int taken() {
        return taken.get();
    }

    /** Begins to count anew. */
    void forgetAll() {
        taken.set(0);
        emptyServer();
    }

    private void emptyServer() {
        try {
            server.purgeEmailFromAllMailboxes();
        } catch (FolderException e) {
            throw new IllegalStateException("the local mail server's mailboxes can't be emptied", e);
        }
    }

    private final class KeepingSender extends JavaMailSenderImpl {
        private final Consumer<Mail> mailbox;

        KeepingSender(Consumer<Mail> mailbox) {
            this.mailbox = mailbox;
        }

        @Override
        protected void doSend(MimeMessage[] messages, Object @Nullable [] originals) {
            super.doSend(messages, originals);
            for (MimeMessage message : messages) {
                mailbox.accept(read(message));
                if (taken.incrementAndGet() % EMPTIED_EVERY == 0) {
                    emptyServer();
                }
            }
        }
    }

    private static Mail read(MimeMessage message) {
        try {
            Date sent = message.getSentDate();
            return new Mail(
                    message.getMessageID().replaceAll("^<|@.*$", ""),
                    ((InternetAddress) message.getAllRecipients()[0]).getAddress(),
                    String.valueOf(message.getSubject()),
                    sent == null ? Instant.EPOCH : sent.toInstant(),
                    String.valueOf(message.getContent()).replace("\r\n", "\n"));
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException("a mail that the local mail server took can't be read", e);
        }
    }

    /** Stops taking mail; {@link #start()} goes on. */
    void stop() {
        server.stop();
    }

    @Override
    public void close() {
        stop();
    }
}
