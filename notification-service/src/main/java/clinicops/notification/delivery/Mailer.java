package clinicops.notification.delivery;

import clinicops.notification.template.Text;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Hands mail over to the clinic's SMTP server. */
class Mailer {

    private final JavaMailSender smtp;
    private final String sender;
    private final Clock clock;

    Mailer(JavaMailSender smtp, String sender, Clock clock) {
        this.smtp = smtp;
        this.sender = sender;
        this.clock = clock;
    }

    /**
     * Returns once the server took the mail. The Message-ID derives from the notice, so that a mail which is sent again after
     * a crash is recognisably the same.
     */
    void send(String noticeId, String address, Text text) throws NotSent {
        InternetAddress to;
        try {
            to = new InternetAddress(address, true);
        } catch (AddressException e) {
            throw NotSent.addressRefused();
        }
        try {
            smtp.send(mail(noticeId, to, text));
        } catch (MailSendException e) {
            throw isAddressRefused(e) ? NotSent.addressRefused() : forNow(e);
        } catch (MailException | MessagingException e) {
            throw forNow(e);
        }
    }

    private MimeMessage mail(String noticeId, InternetAddress to, Text text) throws MessagingException {
        MimeMessage mail = smtp.createMimeMessage();
        MimeMessageHelper helper = new MimeMessageHelper(mail, false, StandardCharsets.UTF_8.name());
        helper.setFrom(sender);
        helper.setTo(to);
        helper.setSubject(text.subject());
        helper.setText(text.body());
        helper.setSentDate(Date.from(clock.instant()));
        mail.setHeader("Message-ID", "<" + noticeId + sender.substring(sender.indexOf('@')) + ">");
        // RFC 3834: no holiday reply, please
        mail.setHeader("Auto-Submitted", "auto-generated");
        return mail;
    }

    /** Only a permanent answer (5xx) to the address is final; a full mailbox or a greylist is not. */
    private static boolean isAddressRefused(MailSendException e) {
        for (Exception failed : e.getMessageExceptions()) {
            for (Throwable cause = failed; cause != null; cause = next(cause)) {
                if (cause instanceof org.eclipse.angus.mail.smtp.SMTPAddressFailedException refused) {
                    return refused.getReturnCode() / 100 == 5;
                }
            }
        }
        return false;
    }

    private static @org.jspecify.annotations.Nullable Throwable next(Throwable cause) {
        return cause instanceof SendFailedException chained && chained.getNextException() != null
                ? chained.getNextException()
                : cause.getCause();
    }

    /** Names the kinds of the causes: their messages may quote the address. */
    private static NotSent forNow(Exception e) {
        StringBuilder kinds = new StringBuilder(e.getClass().getSimpleName());
        if (e instanceof MailSendException failed) {
            for (Exception each : failed.getMessageExceptions()) {
                kinds.append(", ").append(each.getClass().getSimpleName());
            }
        }
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            kinds.append(", ").append(cause.getClass().getSimpleName());
        }
        return NotSent.forNow("the mail server did not take it: " + kinds);
    }
}
