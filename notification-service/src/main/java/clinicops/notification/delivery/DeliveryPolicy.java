package clinicops.notification.delivery;

import clinicops.notification.notice.Notice;
import clinicops.notification.notice.QuietHours;
import clinicops.notification.recipient.Recipient;
import clinicops.notification.recipient.Recipient.Preferences;
import java.time.Instant;
import java.time.ZoneId;

/** Decides what becomes of a notice that is due. */
record DeliveryPolicy(QuietHours quietHours) {

    /** What to do with it. */
    sealed interface Verdict {
        /** Send it now. */
        record Send() implements Verdict {}

        /** Nobody knows yet how to reach the patient. */
        record Wait() implements Verdict {}

        /** Not at this hour. */
        record Defer(Instant until) implements Verdict {}

        /** It may not or need not be sent. {@code reason} as in NoticeSuppressed. */
        record Drop(String reason) implements Verdict {}
    }

    Verdict decide(Notice notice, Recipient recipient, Instant now) {
        Preferences preferences = recipient.preferences();
        if (recipient.isErased()) {
            return new Verdict.Drop("withdrawn");
        }
        if (!recipient.isReachable() || preferences == null) {
            return new Verdict.Wait();
        }
        if (isUseless(notice, now)) {
            return new Verdict.Drop("useless-by-then");
        }
        boolean allowed =
                switch (notice.channel()) {
                    case EMAIL -> preferences.emailAllowed();
                    case SMS -> preferences.smsAllowed();
                };
        if (!allowed) {
            return new Verdict.Drop("no-consent");
        }
        Instant earliest = quietHours.earliest(now, ZoneId.of(preferences.zone()));
        if (!earliest.isAfter(now)) {
            return new Verdict.Send();
        }
        return isUseless(notice, earliest) ? new Verdict.Drop("useless-by-then") : new Verdict.Defer(earliest);
    }

    private static boolean isUseless(Notice notice, Instant at) {
        Instant usefulUntil = notice.usefulUntil();
        return usefulUntil != null && !at.isBefore(usefulUntil);
    }
}
