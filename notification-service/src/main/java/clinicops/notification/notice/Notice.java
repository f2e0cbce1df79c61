package clinicops.notification.notice;

import clinicops.chassis.RuleViolation;
import clinicops.contracts.NotificationEvent;
import clinicops.contracts.NotificationEvent.NoticeDelivered;
import clinicops.contracts.NotificationEvent.NoticeFailed;
import clinicops.contracts.NotificationEvent.NoticeSuppressed;
import clinicops.notification.template.Channel;
import clinicops.notification.template.Template;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One message to one patient on one channel.
 *
 * <p>Its life: it is planned <em>pending</em>, to go out when it is due by the business clock. A copy of the service that
 * wants to send it claims it for a while by the system's clock; when that copy dies, the claim runs out and another takes
 * over, sending under the same identity. While the patient's contact card or preferences are not known it is
 * <em>waiting</em>, and becomes pending again when they arrive. It ends <em>delivered</em>; <em>suppressed</em>, with a
 * reason, when it may not or need not be sent; or <em>failed</em>, when it could not be sent - from there it can be sent
 * again.
 *
 * <p>Invariants: there is one notice per {@link #key()}; delivered and suppressed are final; every end is told in an event.
 */
@Document("notices")
public final class Notice {

    /** Where a notice stands. */
    public enum State {
        PENDING,
        WAITING,
        DELIVERED,
        SUPPRESSED,
        FAILED
    }

    @Id
    private final String id;

    @Version
    private @Nullable Long version;

    private String key;
    private final String patientId;
    private final String template;
    private final int templateVersion;
    private final Channel channel;
    private Occurrence occurrence;
    private NoticeFacts facts;
    private final String rules;
    private final Instant plannedAt;
    private final @Nullable String correlationId;
    private final @Nullable String causationId;
    private State state;
    private Instant dueAt;
    private @Nullable Instant usefulUntil;
    private Instant availableAt;
    private @Nullable String claimedBy;
    private int attempts;
    private @Nullable String reason;
    private @Nullable Instant decidedAt;

    @PersistenceCreator
    Notice(
            String id,
            @Nullable Long version,
            String key,
            String patientId,
            String template,
            int templateVersion,
            Channel channel,
            Occurrence occurrence,
            NoticeFacts facts,
            String rules,
            Instant plannedAt,
            @Nullable String correlationId,
            @Nullable String causationId,
            State state,
            Instant dueAt,
            @Nullable Instant usefulUntil,
            Instant availableAt,
            @Nullable String claimedBy,
            int attempts,
            @Nullable String reason,
            @Nullable Instant decidedAt) {
        this.id = id;
        this.version = version;
        this.key = key;
        this.patientId = patientId;
        this.template = template;
        this.templateVersion = templateVersion;
        this.channel = channel;
        this.occurrence = occurrence;
        this.facts = facts;
        this.rules = rules;
        this.plannedAt = plannedAt;
        this.correlationId = correlationId;
        this.causationId = causationId;
        this.state = state;
        this.dueAt = dueAt;
        this.usefulUntil = usefulUntil;
        this.availableAt = availableAt;
        this.claimedBy = claimedBy;
        this.attempts = attempts;
        this.reason = reason;
        this.decidedAt = decidedAt;
    }

    /**
     * A new notice, pending.
     *
     * @param causationId id of the event that it is planned for
     */
    static Notice planned(
            String id,
            NoticePlan plan,
            Channel channel,
            String rules,
            Instant now,
            @Nullable String correlationId,
            @Nullable String causationId) {
        Template template = plan.template();
        return new Notice(
                id,
                null,
                keyOf(plan.occurrence(), template.id(), template.version(), channel),
                plan.patientId(),
                template.id(),
                template.version(),
                channel,
                plan.occurrence(),
                plan.facts(),
                rules,
                now,
                correlationId,
                causationId,
                State.PENDING,
                plan.dueAt(),
                plan.usefulUntil(),
                Instant.EPOCH,
                null,
                0,
                null,
                null);
    }

    static String keyOf(Occurrence occurrence, String template, int templateVersion, Channel channel) {
        return "%s/%s%s|%s.v%d|%s"
                .formatted(
                        occurrence.kind().name().toLowerCase(java.util.Locale.ROOT),
                        occurrence.id(),
                        occurrence.turn() == null ? "" : "#" + occurrence.turn(),
                        template,
                        templateVersion,
                        channel.code());
    }

    /**
     * Takes the notice for one try.
     *
     * @param by who sends it
     * @param until system time at which others may take it over
     */
    public void claim(String by, Instant until) {
        require(State.PENDING);
        claimedBy = by;
        availableAt = until;
        attempts++;
    }

    public List<NotificationEvent> deliver(Instant now) {
        require(State.PENDING);
        end(State.DELIVERED, null, now);
        return List.of(new NoticeDelivered(id, patientId, template, channel.code(), occurrence.id(), now));
    }

    /** It may not or need not be sent. {@code reason} as {@link NoticeSuppressed} has it. */
    public List<NotificationEvent> suppress(String reason, Instant now) {
        if (state != State.PENDING && state != State.WAITING) {
            throw new IllegalStateException("a notice that is " + state + " can't be suppressed");
        }
        end(State.SUPPRESSED, reason, now);
        return List.of(new NoticeSuppressed(id, patientId, template, channel.code(), occurrence.id(), reason, now));
    }

    /** It could not be sent. {@code reason} as {@link NoticeFailed} has it. */
    public List<NotificationEvent> fail(String reason, Instant now) {
        require(State.PENDING);
        end(State.FAILED, reason, now);
        return List.of(new NoticeFailed(id, patientId, template, channel.code(), occurrence.id(), reason, now));
    }

    /** The try failed; the next comes at that system time. */
    public void retryAt(Instant systemTime) {
        require(State.PENDING);
        claimedBy = null;
        availableAt = systemTime;
    }

    /** It may not go out now: it is due later. That was no try. */
    public void defer(Instant later) {
        require(State.PENDING);
        dueAt = later;
        unclaim();
    }

    /** Nobody knows yet how to reach the patient. */
    public void await() {
        require(State.PENDING);
        state = State.WAITING;
        unclaim();
    }

    /** The patient can be reached now. */
    public void release() {
        require(State.WAITING);
        state = State.PENDING;
    }

    /** The session was moved while this notice had not gone out: it goes out for the new time. */
    void reschedule(NoticePlan plan) {
        if (state != State.PENDING && state != State.WAITING) {
            throw new IllegalStateException("a notice that is " + state + " can't be rescheduled");
        }
        occurrence = plan.occurrence();
        key = keyOf(occurrence, template, templateVersion, channel);
        facts = plan.facts();
        dueAt = plan.dueAt();
        usefulUntil = plan.usefulUntil();
        attempts = 0;
        claimedBy = null;
        availableAt = Instant.EPOCH;
    }

    /**
     * Somebody wants a failed notice sent again.
     *
     * @throws RuleViolation {@code only-failed-notices-are-resent} (409)
     */
    void resend() {
        if (state != State.FAILED) {
            throw RuleViolation.conflict(
                    "only-failed-notices-are-resent", "only a notice that failed can be sent again");
        }
        state = State.PENDING;
        reason = null;
        decidedAt = null;
        attempts = 0;
        availableAt = Instant.EPOCH;
    }

    public boolean isClaimedBy(String somebody) {
        return state == State.PENDING && somebody.equals(claimedBy);
    }

    private void end(State end, @Nullable String why, Instant now) {
        state = end;
        reason = why;
        decidedAt = now;
        claimedBy = null;
    }

    private void unclaim() {
        if (claimedBy != null) {
            attempts--;
        }
        claimedBy = null;
        availableAt = Instant.EPOCH;
    }

    private void require(State expected) {
        if (state != expected) {
            throw new IllegalStateException("notice " + id + " is " + state + ", not " + expected);
        }
    }

    public String id() {
        return id;
    }

    /** The version that was last saved; 0 before the first time. */
    public long version() {
        return version == null ? 0 : version;
    }

    /** Occurrence, template, version and channel in one string; unique. */
    String key() {
        return key;
    }

    public String patientId() {
        return patientId;
    }

    public Template template() {
        return Template.of(template)
                .orElseThrow(() -> new IllegalStateException("there is no template " + template + " any more"));
    }

    String templateId() {
        return template;
    }

    public int templateVersion() {
        return templateVersion;
    }

    public Channel channel() {
        return channel;
    }

    public Occurrence occurrence() {
        return occurrence;
    }

    public NoticeFacts facts() {
        return facts;
    }

    /** The rules that planned it, for example {@code notices@1}. */
    String rules() {
        return rules;
    }

    public State state() {
        return state;
    }

    /** When it is to go out, by the business clock. */
    public Instant dueAt() {
        return dueAt;
    }

    /** From then on it is useless; null: never. */
    public @Nullable Instant usefulUntil() {
        return usefulUntil;
    }

    /** Tries so far. */
    public int attempts() {
        return attempts;
    }

    /** By the system's clock: not to be tried before. */
    Instant availableAt() {
        return availableAt;
    }

    Instant plannedAt() {
        return plannedAt;
    }

    /** Why it was suppressed or failed. */
    public @Nullable String reason() {
        return reason;
    }

    /** When it was delivered, suppressed or failed. */
    @Nullable
    Instant decidedAt() {
        return decidedAt;
    }

    public @Nullable String correlationId() {
        return correlationId;
    }

    public @Nullable String causationId() {
        return causationId;
    }
}
