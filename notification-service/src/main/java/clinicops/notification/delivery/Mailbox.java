package clinicops.notification.delivery;

import clinicops.chassis.ContactSeal;
import clinicops.notification.delivery.LocalMailServer.Mail;
import clinicops.notification.notice.Notice;
import clinicops.notification.notice.Notices;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the mail that no server takes to its recipients, for the inbox page: in the database, so that every copy of the
 * service shows all of it, and sealed, since it names patients and their addresses.
 */
@Component
public class Mailbox {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int AT_ONCE = 200;

    private final KeptMails mails;
    private final Notices notices;
    private final ContactSeal seal;
    private final InstantSource system = InstantSource.system();

    Mailbox(KeptMails mails, Notices notices, ContactSeal seal) {
        this.mails = mails;
        this.notices = notices;
        this.seal = seal;
    }

    /** What is sealed. */
    record Letter(String to, String subject, String body) {}

    /**
     * A mail and where it lies.
     *
     * @param position sorts by arrival
     */
    record Lying(String position, @Nullable String patientId, Mail mail) {}

    /** One that was kept before under the same notice changes nothing. */
    void keep(Mail mail) {
        String patientId = notices.byNotice(mail.id()).map(Notice::patientId).orElse(null);
        var letter = new Letter(mail.to(), mail.subject(), mail.body());
        try {
            mails.insert(new KeptMail(
                    mail.id(),
                    "%013d-%s".formatted(system.millis(), mail.id()),
                    patientId,
                    mail.receivedAt(),
                    seal.sealText(JSON.writeValueAsString(letter))));
        } catch (DuplicateKeyException sentAgain) {
            // after a crash, or by another copy of the service
        }
    }

    /** @param to only mail to this address; null for everybody's */
    List<Lying> arrivedAfter(String position, @Nullable String to, int limit) {
        List<Lying> found = new ArrayList<>();
        String after = position;
        while (found.size() < limit) {
            List<KeptMail> next = mails.arrivedAfter(after, Limit.of(to == null ? limit : AT_ONCE));
            for (KeptMail kept : next) {
                Lying lying = open(kept);
                if (found.size() < limit && (to == null || lying.mail().to().equalsIgnoreCase(to))) {
                    found.add(lying);
                }
            }
            if (next.size() < (to == null ? limit : AT_ONCE)) {
                break;
            }
            after = next.getLast().position();
        }
        return found;
    }

    /** The patient is erased. */
    public void forget(String patientId) {
        mails.deleteByPatientId(patientId);
    }

    private Lying open(KeptMail kept) {
        Letter letter = JSON.readValue(seal.openText(kept.sealed()), Letter.class);
        Instant receivedAt = kept.receivedAt();
        return new Lying(
                kept.position(),
                kept.patientId(),
                new Mail(kept.noticeId(), letter.to(), letter.subject(), receivedAt, letter.body()));
    }
}
