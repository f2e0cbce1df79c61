package clinicops.intake.screening;

import clinicops.intake.patient.Score;
import clinicops.intake.rulebook.Approved;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An instrument whose result is the gravest level that some answer reaches.
 *
 * @param skips which items are passed over after which answer
 * @param levels rising; the first is reached by nothing
 */
record GradedInstrument(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        String title,
        List<Item> items,
        List<Skip> skips,
        List<Level> levels)
        implements Approved {

    /** @param answers what may be answered; the first is the one that is no finding */
    record Item(String id, String label, List<String> answers) {}

    record Answer(String item, String answer) {
        boolean in(Map<String, String> answers) {
            return answer.equals(answers.get(item));
        }
    }

    /** After {@code when}, {@code items} are not asked. */
    record Skip(Answer when, List<String> items) {}

    record Level(String name, List<Answer> anyOf) {}

    /** Why answers can't be scored. {@code rule} completes the instrument's id. */
    record Flaw(String item, String rule, String message) {}

    GradedInstrument {
        for (Level level : levels) {
            for (Answer answer : level.anyOf()) {
                if (items.stream()
                        .noneMatch(
                                i -> i.id().equals(answer.item()) && i.answers().contains(answer.answer()))) {
                    throw new IllegalArgumentException(id + ": level " + level.name() + " names no answer");
                }
            }
        }
    }

    /**
     * The first thing that is wrong with these answers: an item that is missing, or a finding on an item that an earlier answer
     * passes over. Such a contradiction is never dropped: it might be the answer that matters.
     */
    Optional<Flaw> flaw(Map<String, String> answers) {
        for (Item item : items) {
            String given = answers.get(item.id());
            boolean skipped = skips.stream()
                    .anyMatch(s -> s.items().contains(item.id()) && s.when().in(answers));
            if (skipped && given != null && !given.equals(item.answers().getFirst())) {
                return Optional.of(new Flaw(
                        item.id(), "contradiction", "an earlier answer passes over this item, yet it is a finding"));
            }
            if (!skipped && given == null) {
                return Optional.of(new Flaw(item.id(), "incomplete", "this item must be answered"));
            }
            if (given != null && !item.answers().contains(given)) {
                return Optional.of(new Flaw(item.id(), "answer", "answer with one of " + item.answers()));
            }
        }
        return Optional.empty();
    }

    /** The gravest level wins; its rank is the score. */
    Score score(Map<String, String> answers) {
        for (int rank = levels.size() - 1; rank > 0; rank--) {
            Level level = levels.get(rank);
            if (level.anyOf().stream().anyMatch(a -> a.in(answers))) {
                return new Score(id, version, rank, level.name());
            }
        }
        return new Score(id, version, 0, levels.getFirst().name());
    }
}
