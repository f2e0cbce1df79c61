package clinicops.notification.messaging;

import clinicops.chassis.ContactSeal;
import clinicops.contracts.ContactCard;
import clinicops.contracts.IntakeEvent.ContactPreferencesChanged;
import clinicops.notification.delivery.Mailbox;
import clinicops.notification.link.LinkDesk;
import clinicops.notification.notice.NoticeDesk;
import clinicops.notification.recipient.Recipient;
import clinicops.notification.recipient.Recipient.Preferences;
import clinicops.notification.recipient.Recipients;
import clinicops.outbox.EventRefused;
import clinicops.outbox.ReceivedContact;
import java.time.DateTimeException;
import java.time.ZoneId;
import org.springframework.stereotype.Component;

/** What arrives of how to reach patients. */
@Component
class RecipientNews {

    private final Recipients recipients;
    private final NoticeDesk notices;
    private final LinkDesk links;
    private final Mailbox mailbox;
    private final ContactSeal seal;

    RecipientNews(Recipients recipients, NoticeDesk notices, LinkDesk links, Mailbox mailbox, ContactSeal seal) {
        this.recipients = recipients;
        this.notices = notices;
        this.links = links;
        this.mailbox = mailbox;
        this.seal = seal;
    }

    /** @throws EventRefused when the card can't be opened, or is another patient's */
    void card(ReceivedContact contact) {
        Recipient recipient = known(contact.patientId());
        String sealed = contact.sealed();
        if (sealed == null) {
            recipient.erase();
            recipients.save(recipient);
            notices.withdrawAll(contact.patientId());
            links.revokeAll(contact.patientId());
            mailbox.forget(contact.patientId());
            return;
        }
        if (!open(sealed).patientId().equals(contact.patientId())) {
            throw new EventRefused("contact-card-of-another-patient", "the card names another patient than its key");
        }
        recipient.receiveCard(sealed);
        recipients.save(recipient);
        releaseIfReachable(recipient);
    }

    /** @throws EventRefused when the zone is none */
    void preferences(ContactPreferencesChanged stated) {
        try {
            ZoneId.of(stated.zone());
        } catch (DateTimeException e) {
            throw new EventRefused("zone", "there is no zone of that name", e);
        }
        Recipient recipient = known(stated.patientId());
        recipient.prefer(new Preferences(stated.language(), stated.zone(), stated.emailAllowed(), stated.smsAllowed()));
        recipients.save(recipient);
        releaseIfReachable(recipient);
    }

    private Recipient known(String patientId) {
        return recipients.ofPatient(patientId).orElseGet(() -> Recipient.unknown(patientId));
    }

    private void releaseIfReachable(Recipient recipient) {
        if (recipient.isReachable()) {
            notices.release(recipient.patientId());
        }
    }

    private ContactCard open(String sealed) {
        try {
            return seal.open(sealed);
        } catch (IllegalArgumentException e) {
            throw new EventRefused("contact-card-sealed-otherwise", "the card does not open with this clinic's key", e);
        }
    }
}
