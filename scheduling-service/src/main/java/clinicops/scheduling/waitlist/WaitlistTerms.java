package clinicops.scheduling.waitlist;

import clinicops.scheduling.protocol.Approved;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/**
 * @param offerMinutes how long a freed place is kept for somebody who is asked
 * @param leastNoticeMinutes how long before it begins a place is offered at the latest, and how long before an offer ends
 */
record WaitlistTerms(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        int offerMinutes,
        int leastNoticeMinutes)
        implements Approved {

    /** Nobody could come in time any more. */
    boolean tooLate(Instant startsAt, Instant now) {
        return !now.isBefore(startsAt.minus(Duration.ofMinutes(leastNoticeMinutes)));
    }

    /** How long an offer of a place that is not {@link #tooLate} holds. */
    Duration offerFor(Instant startsAt, Instant now) {
        Duration full = Duration.ofMinutes(offerMinutes);
        Duration left = Duration.between(now, startsAt.minus(Duration.ofMinutes(leastNoticeMinutes)));
        return full.compareTo(left) < 0 ? full : left;
    }
}
