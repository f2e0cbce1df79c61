package clinicops.intake.instrument;

import clinicops.chassis.RuleViolation;
import clinicops.intake.instrument.Instrument.Answer;
import clinicops.intake.instrument.Instrument.Result;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One instrument, put to one patient once.
 *
 * <p>{@code required} while nothing is answered: somebody asked for it, or another instrument's answers did; {@code partial}
 * from the first answer on, each of them kept as it comes; {@code completed} once every item that must be is answered: then it
 * is scored and never changes again.
 *
 * <p>What always holds: the answers are such as this version of the instrument takes, without contradiction; there are scores
 * exactly when it is completed; an instrument that its answers open is opened once, an alert that they raise is raised once, and
 * both stay when the answer is taken back.
 */
@Document("assessments")
public class Assessment {
    @Id
    private final String id;

    @Version
    private long version;

    private final String patientId;
    private final String instrument;
    private final String instrumentVersion;
    private final @Nullable String requiredBy;
    private final Instant openedAt;
    private Mode mode;
    private @Nullable String sessionId;
    private List<Answer> answers;
    private List<ScaleScore> scores;
    private List<Opened> opened;
    private @Nullable String safetyAlertId;
    private @Nullable Instant completedAt;
    private String by;

    /** How the answers come. */
    public enum Mode {
        /** Asked by staff. */
        STAFF,
        /** Filled in by the patient, away from the clinic. */
        LINK,
        /** Asked during a session. */
        SESSION,
        /** Sent by another system. */
        IMPORT;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How far it has come. */
    public enum Status {
        REQUIRED,
        PARTIAL,
        COMPLETED;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** An assessment that this one's answers asked for. */
    public record Opened(String assessmentId, String instrument) {}

    @PersistenceCreator
    Assessment(
            String id,
            long version,
            String patientId,
            String instrument,
            String instrumentVersion,
            @Nullable String requiredBy,
            Instant openedAt,
            Mode mode,
            @Nullable String sessionId,
            List<Answer> answers,
            List<ScaleScore> scores,
            List<Opened> opened,
            @Nullable String safetyAlertId,
            @Nullable Instant completedAt,
            String by) {
        this.id = id;
        this.version = version;
        this.patientId = patientId;
        this.instrument = instrument;
        this.instrumentVersion = instrumentVersion;
        this.requiredBy = requiredBy;
        this.openedAt = openedAt;
        this.mode = mode;
        this.sessionId = sessionId;
        this.answers = answers;
        this.scores = scores;
        this.opened = opened;
        this.safetyAlertId = safetyAlertId;
        this.completedAt = completedAt;
        this.by = by;
    }

    /** @param requiredBy the assessment whose answers ask for it; null when a person does */
    static Assessment open(
            String id,
            String patientId,
            Instrument instrument,
            @Nullable String requiredBy,
            Mode mode,
            @Nullable String sessionId,
            Instant now,
            String by) {
        return new Assessment(
                id,
                0,
                patientId,
                instrument.id(),
                instrument.version(),
                requiredBy,
                now,
                mode,
                sessionId,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                by);
    }

    /** True when it may go on now: nothing is answered yet, or not so long ago that the answers are about other days. */
    boolean mayGoOn(Instrument instrument, @Nullable String session, Instant now) {
        var window = Duration.ofDays(Math.max(1, instrument.lookBackDays()));
        boolean sameSession = session == null || sessionId == null || session.equals(sessionId);
        return completedAt == null
                && sameSession
                && (answers.isEmpty() || openedAt.plus(window).isAfter(now));
    }

    /** Goes on in another way than it began. */
    void goOn(Mode as, @Nullable String session) {
        mode = as;
        if (session != null) {
            sessionId = session;
        }
    }

    /** The answers after these changes; empty text takes an answer back. */
    Map<String, String> with(Map<String, String> changes) {
        var all = new LinkedHashMap<>(answersByItem());
        changes.forEach((item, answer) -> {
            if (answer.isEmpty()) {
                all.remove(item);
            } else {
                all.put(item, answer);
            }
        });
        return all;
    }

    /**
     * Keeps answers that the instrument has found sound.
     *
     * @throws RuleViolation {@code assessment-completed} (409)
     */
    void answer(Map<String, String> all, String answeredBy) {
        if (completedAt != null) {
            throw RuleViolation.conflict(
                    "assessment-completed", "it is completed and never changes; begin another one");
        }
        var kept = new ArrayList<Answer>();
        all.forEach((item, answer) -> kept.add(new Answer(item, answer)));
        answers = List.copyOf(kept);
        by = answeredBy;
    }

    /** @throws RuleViolation {@code assessment-incomplete} */
    void complete(Result result, Instant at) {
        if (!result.missing().isEmpty()) {
            throw InstrumentEngine.incomplete(result.missing());
        }
        scores = result.scores();
        completedAt = at;
    }

    boolean hasOpened(String other) {
        return opened.stream().anyMatch(o -> o.instrument().equals(other));
    }

    void opened(Assessment other) {
        var all = new ArrayList<>(opened);
        all.add(new Opened(other.id, other.instrument));
        opened = List.copyOf(all);
    }

    void alerted(String alertId) {
        safetyAlertId = alertId;
    }

    Map<String, String> answersByItem() {
        var byItem = new LinkedHashMap<String, String>();
        answers.forEach(answer -> byItem.put(answer.item(), answer.answer()));
        return byItem;
    }

    Status status() {
        if (completedAt != null) {
            return Status.COMPLETED;
        }
        return answers.isEmpty() ? Status.REQUIRED : Status.PARTIAL;
    }

    String id() {
        return id;
    }

    long version() {
        return version;
    }

    String resource() {
        return "assessment/" + id;
    }

    String patientId() {
        return patientId;
    }

    String instrument() {
        return instrument;
    }

    String instrumentVersion() {
        return instrumentVersion;
    }

    @Nullable
    String requiredBy() {
        return requiredBy;
    }

    Mode mode() {
        return mode;
    }

    @Nullable
    String sessionId() {
        return sessionId;
    }

    /** None before it is completed. */
    List<ScaleScore> scores() {
        return scores;
    }

    List<Opened> opened() {
        return opened;
    }

    @Nullable
    String safetyAlertId() {
        return safetyAlertId;
    }

    Instant openedAt() {
        return openedAt;
    }

    @Nullable
    Instant completedAt() {
        return completedAt;
    }

    /** When it was completed. */
    Instant completion() {
        return Objects.requireNonNull(completedAt);
    }

    /** Who gave or took the last answer: a username, or {@code patient}. */
    String by() {
        return by;
    }
}
