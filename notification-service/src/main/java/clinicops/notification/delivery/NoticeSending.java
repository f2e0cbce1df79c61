package clinicops.notification.delivery;

import clinicops.chassis.ContactSeal;
import clinicops.contracts.ContactCard;
import clinicops.contracts.NotificationEvent;
import clinicops.notification.delivery.DeliveryPolicy.Verdict;
import clinicops.notification.link.LinkDesk;
import clinicops.notification.notice.Notice;
import clinicops.notification.notice.Notices;
import clinicops.notification.notice.Occurrence;
import clinicops.notification.recipient.Recipient;
import clinicops.notification.recipient.Recipient.Preferences;
import clinicops.notification.recipient.Recipients;
import clinicops.notification.session.BookedSession;
import clinicops.notification.session.BookedSessions;
import clinicops.notification.template.Channel;
import clinicops.notification.template.Language;
import clinicops.notification.template.Text;
import clinicops.outbox.EventContext;
import clinicops.outbox.Outbox;
import clinicops.outbox.Transactions;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * One try to send one notice.
 *
 * <p>The message is sent first and marked afterwards, in one transaction with its event. A crash in between leaves the notice
 * to be claimed by another copy, which sends it again under the same identity: a provider, and the local inbox, know it for
 * the same. The other order would lose it.
 */
@Component
class NoticeSending {

    private static final Logger log = LoggerFactory.getLogger(NoticeSending.class);

    private final Notices notices;
    private final Recipients recipients;
    private final BookedSessions sessions;
    private final LinkDesk links;
    private final DeliveryPolicy policy;
    private final NoticeWriter writer;
    private final Mailer mailer;
    private final SmsProvider sms;
    private final SmsQuota smsQuota;
    private final ContactSeal seal;
    private final Outbox outbox;
    private final Transactions transactions;
    private final DeliverySettings settings;
    private final Clock clock;
    private final InstantSource system = InstantSource.system();
    private final Lock[] patientLocks =
            Stream.generate(ReentrantLock::new).limit(64).toArray(Lock[]::new);

    NoticeSending(
            Notices notices,
            Recipients recipients,
            BookedSessions sessions,
            LinkDesk links,
            DeliveryPolicy policy,
            NoticeWriter writer,
            Mailer mailer,
            SmsProvider sms,
            SmsQuota smsQuota,
            ContactSeal seal,
            Outbox outbox,
            Transactions transactions,
            DeliverySettings settings,
            Clock clock) {
        this.notices = notices;
        this.recipients = recipients;
        this.sessions = sessions;
        this.links = links;
        this.policy = policy;
        this.writer = writer;
        this.mailer = mailer;
        this.sms = sms;
        this.smsQuota = smsQuota;
        this.seal = seal;
        this.outbox = outbox;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param by who claimed the notice; when somebody else has it by the end, nothing is marked */
    void attempt(Notice claimed, String by) {
        Recipient recipient =
                recipients.ofPatient(claimed.patientId()).orElseGet(() -> Recipient.unknown(claimed.patientId()));
        Instant now = clock.instant();
        switch (policy.decide(claimed, recipient, now)) {
            case Verdict.Drop(String reason) -> settle(claimed, by, n -> n.suppress(reason, clock.instant()));
            case Verdict.Defer(Instant until) ->
                settle(claimed, by, n -> {
                    n.defer(until);
                    return List.of();
                });
            case Verdict.Wait() -> await(claimed, by);
            case Verdict.Send() -> send(claimed, by, recipient, now);
        }
    }

    /** One at a time for a patient: all of them write the same recipient, and would only undo each other's work. */
    private void await(Notice claimed, String by) {
        Lock lock = patientLocks[Math.floorMod(claimed.patientId().hashCode(), patientLocks.length)];
        lock.lock();
        try {
            settle(claimed, by, this::waitForCard);
        } finally {
            lock.unlock();
        }
    }

    private List<NotificationEvent> waitForCard(Notice notice) {
        Recipient current =
                recipients.ofPatient(notice.patientId()).orElseGet(() -> Recipient.unknown(notice.patientId()));
        if (current.isReachable()) {
            // the card came while we were looking
            notice.defer(notice.dueAt());
        } else {
            current.missed();
            recipients.save(current);
            notice.await();
        }
        return List.of();
    }

    private void send(Notice notice, String by, Recipient recipient, Instant now) {
        try {
            ContactCard card = seal.open(Objects.requireNonNull(recipient.sealedCard()));
            Preferences preferences = Objects.requireNonNull(recipient.preferences());
            String address = notice.channel() == Channel.EMAIL ? card.email() : card.phone();
            if (address == null || address.isBlank()) {
                settle(notice, by, n -> n.fail("no-address", clock.instant()));
                return;
            }
            List<BookedSession> course = course(notice);
            if (notice.occurrence().kind() == Occurrence.Kind.COURSE && course.isEmpty()) {
                settle(notice, by, n -> n.suppress("withdrawn", clock.instant()));
                return;
            }
            boolean tellsLink = notice.occurrence().kind() == Occurrence.Kind.LINK;
            URI link = tellsLink
                    ? links.address(notice.occurrence().id(), notice.channel()).orElse(null)
                    : null;
            if (tellsLink && link == null) {
                settle(notice, by, n -> n.suppress("withdrawn", clock.instant()));
                return;
            }
            Text text = writer.write(notice, Language.of(preferences.language()), card.givenName(), course, link);
            switch (notice.channel()) {
                case EMAIL -> mailer.send(notice.id(), address, text);
                case SMS -> {
                    if (!smsQuota.take(notice, now, ZoneId.of(preferences.zone()))) {
                        settle(notice, by, n -> n.suppress("daily-limit", clock.instant()));
                        return;
                    }
                    sms.send(notice.id(), address, text.body());
                }
            }
        } catch (NotSent e) {
            log.info("notice {}, try {}: {}", notice.id(), notice.attempts(), e.getMessage());
            giveUpOrRetry(notice, by, e.isForGood() ? "address-refused" : "provider-failed", e.isForGood());
            return;
        } catch (IllegalArgumentException e) {
            // a card that does not open, or a text that can't be written: a person has to see to it
            log.error("notice {}, try {} could not be written", notice.id(), notice.attempts(), e);
            giveUpOrRetry(notice, by, "provider-failed", true);
            return;
        }
        settle(notice, by, n -> n.deliver(clock.instant()));
    }

    private List<BookedSession> course(Notice notice) {
        return notice.occurrence().kind() == Occurrence.Kind.COURSE
                ? sessions.ofCourse(notice.patientId(), notice.occurrence().id()).stream()
                        .filter(s -> !s.isCancelled())
                        .toList()
                : List.of();
    }

    private void giveUpOrRetry(Notice notice, String by, String reason, boolean forGood) {
        if (forGood || notice.attempts() >= settings.attempts()) {
            if (notice.channel() == Channel.SMS) {
                smsQuota.giveBack(notice);
            }
            settle(notice, by, n -> n.fail(reason, clock.instant()));
        } else {
            putBack(notice, by);
        }
    }

    /** Leaves the notice to a later try, after one that went wrong in an unforeseen way. */
    void putBack(Notice claimed, String by) {
        settle(claimed, by, n -> {
            n.retryAt(system.instant().plus(settings.pauseAfter(n.attempts())));
            return List.of();
        });
    }

    private void settle(Notice claimed, String by, Function<Notice, List<NotificationEvent>> change) {
        transactions.run(() -> {
            Notice notice = notices.byNotice(claimed.id()).orElse(null);
            if (notice == null || !notice.isClaimedBy(by)) {
                log.info("notice {} changed hands while it was being sent", claimed.id());
                return;
            }
            List<NotificationEvent> events = change.apply(notice);
            Notice saved = notices.save(notice);
            if (!events.isEmpty()) {
                append(saved, events);
            }
        });
    }

    private void append(Notice notice, List<NotificationEvent> events) {
        String correlationId = notice.correlationId();
        if (correlationId == null) {
            outbox.append(notice.id(), notice.version(), events);
            return;
        }
        // what was planned for an event goes on being caused by it, weeks later
        try (EventContext.Scope _ = EventContext.open(correlationId, notice.causationId())) {
            outbox.append(notice.id(), notice.version(), events);
        }
    }
}
