package clinicops.intake.instrument;

import clinicops.chassis.RuleViolation;
import clinicops.intake.instrument.Instrument.Result;
import clinicops.intake.patient.Sex;
import clinicops.intake.rulebook.Approved;
import clinicops.intake.rulebook.RuleBook;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * Scores every questionnaire of the clinic. All of their versions stay on the class path, so that what was answered once can be
 * read, and scored again, under the version of its day.
 */
@Component
public class InstrumentEngine {
    private final Map<String, Map<String, Instrument>> byVersion = new LinkedHashMap<>();
    private final Map<String, Instrument> current = new LinkedHashMap<>();

    InstrumentEngine(RuleBook book) {
        var index = book.read("instrument/instruments", "instruments", Index.class);
        for (Index.Entry entry : index.instruments()) {
            var versions = new TreeMap<String, Instrument>();
            for (String version : entry.versions()) {
                var file = "instrument/" + entry.instrument() + "/" + version;
                Instrument read = book.read(file, entry.instrument(), Instrument.class);
                if (!read.version().equals(version)) {
                    throw new IllegalStateException(file + " is another version");
                }
                versions.put(version, read);
                current.put(entry.instrument(), read);
            }
            byVersion.put(entry.instrument(), versions);
        }
        for (Instrument instrument : current.values()) {
            if (!current.keySet().containsAll(instrument.mayOpen())) {
                throw new IllegalStateException(instrument.id() + " opens an instrument that is not there");
            }
        }
    }

    /** @param instruments in the order of the clinic's lists; of the versions the last is in use */
    record Index(
            String id, String version, String source, String approver, LocalDate effectiveFrom, List<Entry> instruments)
            implements Approved {
        record Entry(String instrument, List<String> versions) {}
    }

    /** The version in use of each instrument. */
    public List<Instrument> all() {
        return List.copyOf(current.values());
    }

    /** The version in use. */
    public Optional<Instrument> current(String instrument) {
        return Optional.ofNullable(current.get(instrument));
    }

    public Optional<Instrument> of(String instrument, String version) {
        return Optional.ofNullable(byVersion.get(instrument)).map(versions -> versions.get(version));
    }

    /** Versions of an instrument, oldest first; none when there is no such instrument. */
    public List<String> versions(String instrument) {
        return List.copyOf(Objects.requireNonNullElse(byVersion.get(instrument), Map.<String, Instrument>of())
                .keySet());
    }

    /**
     * Scores complete answers.
     *
     * @param answers code of the answer by item; an item that an earlier answer passes over is left out
     * @param sex some cuts differ by it
     * @throws RuleViolation {@code instrument-unknown}, {@code item-unknown}, {@code answer-unknown}, {@code
     *     answer-contradiction}, {@code assessment-incomplete}
     */
    public Result score(String instrument, String version, Map<String, String> answers, Sex sex) {
        Result result = look(instrument, version, answers, sex);
        if (!result.missing().isEmpty()) {
            throw incomplete(result.missing());
        }
        return result;
    }

    /** As {@link #score}, but answers may still be missing: then there are no scores yet. */
    public Result look(String instrument, String version, Map<String, String> answers, Sex sex) {
        Instrument questions = of(instrument, version).orElseThrow(() -> unknown("instrument"));
        questions.flaw(answers).ifPresent(flaw -> {
            throw new RuleViolation(flaw.rule(), flaw.message()).withField("answers." + flaw.item());
        });
        return questions.result(answers, sex);
    }

    static RuleViolation incomplete(List<String> missing) {
        return new RuleViolation("assessment-incomplete", "must still be answered: " + String.join(", ", missing))
                .withField("answers." + missing.getFirst());
    }

    static RuleViolation unknown(String field) {
        return new RuleViolation("instrument-unknown", "there is no such instrument, or no such version of it")
                .withField(field);
    }
}
