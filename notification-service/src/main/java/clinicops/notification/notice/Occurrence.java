package clinicops.notification.notice;

import org.jspecify.annotations.Nullable;

/**
 * What a notice is about: there is at most one notice per occurrence, template, version and channel.
 *
 * @param id the session's, course's, estimate's ... id
 * @param turn tells the times apart that the same thing happened: id of the event that booked or moved the session; null
 *     for what happens once
 */
public record Occurrence(Kind kind, String id, @Nullable String turn) {

    /** What kind of thing it is. */
    public enum Kind {
        PATIENT,
        ESTIMATE,
        AUTHORIZATION,
        COURSE,
        SESSION,
        STATEMENT,
        PAYMENT,
        LINK,
        OFFER
    }

    static Occurrence once(Kind kind, String id) {
        return new Occurrence(kind, id, null);
    }

    static Occurrence ofSession(String sessionId, String turn) {
        return new Occurrence(Kind.SESSION, sessionId, turn);
    }
}
