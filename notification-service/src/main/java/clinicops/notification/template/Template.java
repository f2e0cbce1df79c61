package clinicops.notification.template;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The notices that the clinic knows, each with its topic, its current version and the channels it goes out on. The texts
 * are class path resources, one a language and channel. A text is never edited once a notice of that version may have been
 * planned: a new text is a new version, and the former one stays as long as notices of it wait.
 */
public enum Template {
    /** The clinic has the referral and will be in touch. */
    WELCOME(Topic.ACCOUNT, Channel.EMAIL),
    /** A good-faith estimate is ready; only the body tells the amount. */
    ESTIMATE_READY(Topic.MONEY, Channel.EMAIL),
    AUTHORIZATION_GRANTED(Topic.MONEY, Channel.EMAIL),
    AUTHORIZATION_DENIED(Topic.MONEY, Channel.EMAIL),
    /** All sessions of a course in one mail. */
    COURSE_BOOKED(Topic.APPOINTMENT, Channel.EMAIL),
    SESSION_MOVED(Topic.APPOINTMENT, Channel.EMAIL),
    SESSION_CANCELLED(Topic.APPOINTMENT, Channel.EMAIL),
    /** A place that became free is kept for the patient for some minutes. */
    PLACE_OFFERED(Topic.APPOINTMENT, Channel.EMAIL, Channel.SMS),
    REMINDER_72H(Topic.REMINDER, Channel.EMAIL),
    /** With the preparation: fasting, clothes, escort. */
    REMINDER_24H(Topic.REMINDER, Channel.EMAIL, Channel.SMS),
    REMINDER_2H(Topic.REMINDER, Channel.EMAIL),
    /** Nobody is named yet to take the patient home. */
    ESCORT_REQUEST(Topic.REMINDER, Channel.EMAIL),
    /** What to do and not to do on the day of the session. */
    AFTER_SESSION(Topic.CARE, Channel.EMAIL),
    /** Mood check-in on the next day. */
    CHECK_IN(Topic.CARE, Channel.EMAIL),
    /** A link to the patient's paperwork. */
    PAPERWORK_LINK(Topic.ACCOUNT, Channel.EMAIL, Channel.SMS),
    /** A link to questions about how the patient is; which ones, the message does not tell. */
    QUESTIONS_LINK(Topic.CARE, Channel.EMAIL, Channel.SMS),
    STATEMENT(Topic.MONEY, Channel.EMAIL),
    PAYMENT_RECEIVED(Topic.MONEY, Channel.EMAIL);

    private final Topic topic;
    private final List<Channel> channels;

    Template(Topic topic, Channel... channels) {
        this.topic = topic;
        this.channels = List.of(channels);
    }

    /** Its name on the wire and in file names, for example {@code reminder-24h}. */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    public Topic topic() {
        return topic;
    }

    /** The version that new notices are planned with. */
    public int version() {
        return 1;
    }

    public List<Channel> channels() {
        return channels;
    }

    /** The template of that id; empty when there is none. */
    public static Optional<Template> of(String id) {
        return Arrays.stream(values()).filter(t -> t.id().equals(id)).findFirst();
    }
}
