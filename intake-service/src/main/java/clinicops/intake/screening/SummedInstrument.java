package clinicops.intake.screening;

import clinicops.intake.patient.Score;
import clinicops.intake.rulebook.Approved;
import java.time.LocalDate;
import java.util.List;

/**
 * An instrument whose score is the sum of its answers.
 *
 * @param lookBackDays the days that the answers are about, up to today
 * @param least least points of an answer
 * @param most most points of an answer
 * @param bands ranges of the sum, rising, without gaps
 * @param triggers what a single answer sets off
 */
record SummedInstrument(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        String title,
        int lookBackDays,
        int least,
        int most,
        List<Item> items,
        List<Band> bands,
        List<Trigger> triggers)
        implements Approved {

    record Item(String id, String label) {}

    record Band(int from, int to, String name) {}

    /** From {@code atLeast} points on {@code item}, the instrument {@code opens} is asked too. */
    record Trigger(String item, int atLeast, String opens) {}

    SummedInstrument {
        int next = least * items.size();
        for (Band band : bands) {
            if (band.from() != next || band.to() < band.from()) {
                throw new IllegalArgumentException(id + ": bands must follow each other without a gap");
            }
            next = band.to() + 1;
        }
        if (next != most * items.size() + 1) {
            throw new IllegalArgumentException(id + ": bands must cover every sum");
        }
        if (!items.stream()
                .map(Item::id)
                .toList()
                .containsAll(triggers.stream().map(Trigger::item).toList())) {
            throw new IllegalArgumentException(id + ": a trigger names no item");
        }
    }

    /** True when these are answers to this instrument: as many, in its range. */
    boolean fits(List<Integer> answers) {
        return answers.size() == items.size() && answers.stream().allMatch(a -> a >= least && a <= most);
    }

    Score score(List<Integer> answers) {
        int sum = answers.stream().mapToInt(Integer::intValue).sum();
        Band band = bands.stream()
                .filter(b -> sum >= b.from() && sum <= b.to())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(id + " has no band for " + sum));
        return new Score(id, version, sum, band.name());
    }

    /** True when these answers ask for that other instrument. */
    boolean opens(String instrument, List<Integer> answers) {
        var ids = items.stream().map(Item::id).toList();
        return triggers.stream()
                .filter(t -> t.opens().equals(instrument))
                .anyMatch(t -> answers.get(ids.indexOf(t.item())) >= t.atLeast());
    }
}
