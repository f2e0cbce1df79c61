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
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * An SMTP server in this process, on a free port of the loopback address, for clinics (demos, trials) that have none
 * configured. It keeps mail in memory, for the inbox page; nothing leaves the machine.
 */
class LocalMailServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LocalMailServer.class);
    private static final String LOOPBACK = "127.0.0.1";

    private final JavaMailSenderImpl sender = new JavaMailSenderImpl();
    private final GreenMail server;

    LocalMailServer() {
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
        log.info("No mail server is configured: mail stays in this process, in the inbox");
    }

    JavaMailSender sender() {
        return sender;
    }

    /**
     * A mail that arrived.
     *
     * @param id the part of its Message-ID that names the notice
     * @param position counts arrivals, from 0
     * @param receivedAt business time
     */
    record Mail(String id, int position, String to, String subject, Instant receivedAt, String body) {}

    /** Every mail in the order of arrival; one that was sent again under the same Message-ID shows once. */
    List<Mail> mails() {
        MimeMessage[] received = server.getReceivedMessages();
        Set<String> seen = new HashSet<>();
        List<Mail> mails = new ArrayList<>();
        for (int position = 0; position < received.length; position++) {
            Mail mail = read(received[position], position);
            if (seen.add(mail.id())) {
                mails.add(mail);
            }
        }
        return mails;
    }

    /** How many times the server took a mail, repeats included. */
    int taken() {
        return server.getReceivedMessages().length;
    }

    /** Empties every mailbox. */
    void forgetAll() {
        try {
            server.purgeEmailFromAllMailboxes();
        } catch (FolderException e) {
            throw new IllegalStateException("the local mail server's mailboxes can't be emptied", e);
        }
    }

    private static Mail read(MimeMessage message, int position) {
        try {
            String messageId = message.getMessageID();
            Date sent = message.getSentDate();
            return new Mail(
                    messageId == null ? "unknown-" + position : messageId.replaceAll("^<|@.*$", ""),
                    position,
                    ((InternetAddress) message.getAllRecipients()[0]).getAddress(),
                    String.valueOf(message.getSubject()),
                    sent == null ? Instant.EPOCH : sent.toInstant(),
                    String.valueOf(message.getContent()).replace("\r\n", "\n"));
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException("mail " + position + " of the local mail server can't be read", e);
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
