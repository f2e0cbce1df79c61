package clinicops.intake.referral;

import clinicops.intake.instrument.SentAnswers;
import clinicops.intake.referral.ReferralRules.RowError;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One referral as somebody sent it, before any rule was asked; the same for every form of import. */
sealed interface SentReferral {
    /** Where it stands in what was sent: the line of a file, the entry of a Bundle. */
    int line();

    /** Nothing of it can be judged. */
    record Unreadable(int line, List<RowError> errors) implements SentReferral {}

    /**
     * @param texts by column, as {@link ReferralRules#COLUMNS} names them; a column that is not there is empty
     * @param places how the sender calls a column; a column that is not there is called by its own name
     * @param refused what its form already showed to be wrong
     * @param answers to questionnaires that came with it
     * @param unread columns that could not be read for one of these reasons; no rule complains of them once more
     */
    record Row(
            int line,
            Map<String, String> texts,
            Map<String, String> places,
            List<SentAnswers> answers,
            List<RowError> refused,
            Set<String> unread)
            implements SentReferral {
        public Row {
            if (refused.isEmpty() && !unread.isEmpty()) {
                throw new IllegalArgumentException("a column is unread for no reason");
            }
        }

        String text(String column) {
            return texts.getOrDefault(column, "");
        }

        String place(String column) {
            return places.getOrDefault(column, column);
        }
    }

    /** A row that calls its columns as we do. */
    static Row row(int line, Map<String, String> texts) {
        return new Row(line, texts, Map.of(), List.of(), List.of(), Set.of());
    }

    static Unreadable unreadable(int line, String field, String rule, String message) {
        return new Unreadable(line, List.of(new RowError(field, rule, message)));
    }
}
