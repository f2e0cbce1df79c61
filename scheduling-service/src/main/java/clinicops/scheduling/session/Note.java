package clinicops.scheduling.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The session note: drafted from the session when it is over, completed by the prescriber's assessment, signed, and from then on
 * only added to.
 *
 * @param lines drafted from what is on record
 * @param dueAt by when it is to be signed; null in notes from before that was kept
 * @param assessment in the prescriber's own words; null until somebody wrote it
 * @param signedAt null until then, and no charge before
 * @param overdueSince when the clock found it unsigned after {@code dueAt}; null before
 * @param addenda after the signature, oldest first; null in notes from before they were kept
 */
public record Note(
        List<String> lines,
        Instant draftedAt,
        @Nullable Instant dueAt,
        @Nullable String assessment,
        @Nullable String signedBy,
        @Nullable Instant signedAt,
        @Nullable Instant overdueSince,
        @Nullable List<Addendum> addenda) {

    /** What somebody added after the signature. */
    public record Addendum(String text, String by, Instant at) {}

    static Note draft(List<String> lines, Instant now, Duration within) {
        return new Note(List.copyOf(lines), now, now.plus(within), null, null, null, null, List.of());
    }

    Note assessed(String words) {
        return new Note(lines, draftedAt, dueAt, words, signedBy, signedAt, overdueSince, addenda);
    }

    Note signed(String by, Instant at) {
        return new Note(lines, draftedAt, dueAt, assessment, by, at, overdueSince, addenda);
    }

    Note overdue(Instant since) {
        return new Note(lines, draftedAt, dueAt, assessment, signedBy, signedAt, since, addenda);
    }

    Note with(Addendum addendum) {
        List<Addendum> more = new ArrayList<>(addenda == null ? List.of() : addenda);
        more.add(addendum);
        return new Note(lines, draftedAt, dueAt, assessment, signedBy, signedAt, overdueSince, List.copyOf(more));
    }

    /** Something that a tablet told after the end: a line of the draft, or an addendum to what is signed. */
    Note withLate(String what, Entry entry) {
        String line = "Put on record late, at " + entry.recordedAt() + ", by " + entry.by() + ": " + what + " at "
                + entry.at() + ".";
        if (signedAt != null) {
            return with(new Addendum(line, entry.by(), entry.recordedAt()));
        }
        List<String> more = new ArrayList<>(lines);
        more.add(line);
        return new Note(List.copyOf(more), draftedAt, dueAt, assessment, signedBy, signedAt, overdueSince, addenda);
    }
}
