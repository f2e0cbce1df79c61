package clinicops.intake.drug;

import clinicops.intake.rulebook.RuleBook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.springframework.stereotype.Component;

/**
 * Understands the names of drugs: generic, brand or Spanish, with strength and time of taking beside them. Only whole names
 * count. What looks alike is suggested to the person who types, never taken instead: a wrong guess could clear an interaction.
 */
@Component
public class Drugs {
    private static final int SUGGESTIONS = 5;

    private final DrugList list;
    private final Map<String, DrugList.Entry> byName = new HashMap<>();
    private final Set<String> filler;
    private final int longestName;
    private final JaroWinklerSimilarity likeness = new JaroWinklerSimilarity();

    public Drugs(RuleBook book) {
        list = book.read("drugs", DrugList.class);
        for (var drug : list.drugs()) {
            names(drug).forEach(name -> byName.put(name, drug));
        }
        filler = Set.copyOf(list.fillerWords());
        longestName = byName.keySet().stream()
                .mapToInt(name -> words(name).size())
                .max()
                .orElse(1);
    }

    /** Version of the list that {@link #normalise} goes by. */
    public String version() {
        return list.version();
    }

    /** Understands one name as it was given. */
    public Drug normalise(String given) {
        var words = words(given);
        var found = new LinkedHashSet<DrugList.Entry>();
        var unknown = new ArrayList<String>();
        for (int at = 0; at < words.size(); ) {
            int taken = longestNameAt(words, at, found);
            if (taken == 0) {
                String word = words.get(at);
                if (!filler.contains(word) && !word.matches("[\\d.,/%-]+(mg|mcg|g|ml)?")) {
                    unknown.add(word);
                }
                taken = 1;
            }
            at += taken;
        }
        return new Drug(
                given.strip(),
                !found.isEmpty() && unknown.isEmpty(),
                found.stream().flatMap(d -> d.ingredients().stream()).distinct().toList(),
                found.stream().flatMap(d -> d.classes().stream()).distinct().toList(),
                found.stream()
                        .map(DrugList.Entry::rxcui)
                        .filter(id -> !id.isEmpty())
                        .toList());
    }

    /** Drugs of the list, one name of which begins so; by name. */
    List<DrugList.Entry> beginning(String start, int most) {
        String plain = String.join(" ", words(start));
        return list.drugs().stream()
                .filter(d -> names(d).anyMatch(name -> name.startsWith(plain)))
                .sorted(Comparator.comparing(DrugList.Entry::name))
                .limit(most)
                .toList();
    }

    /** How many words from {@code at} on are a name; 0 when none is. */
    private int longestNameAt(List<String> words, int at, Set<DrugList.Entry> found) {
        for (int length = Math.min(longestName, words.size() - at); length > 0; length--) {
            var drug = byName.get(String.join(" ", words.subList(at, at + length)));
            if (drug != null) {
                found.add(drug);
                return length;
            }
        }
        return 0;
    }

    /** Names of the list that look like one that is not on it; the likeliest first. */
    List<String> suggestions(String given) {
        String unknown = words(given).stream()
                .filter(word -> !filler.contains(word) && !byName.containsKey(word))
                .collect(Collectors.joining(" "));
        record Likely(String name, double likeness) {}
        return byName.keySet().stream()
                .map(name -> new Likely(name, likeness.apply(name, unknown)))
                .filter(l -> l.likeness() >= list.suggestFrom())
                .sorted(Comparator.comparingDouble(Likely::likeness).reversed())
                .map(Likely::name)
                .limit(SUGGESTIONS)
                .toList();
    }

    private static Stream<String> names(DrugList.Entry drug) {
        return Stream.concat(Stream.of(drug.name()), drug.otherNames().stream());
    }

    private static List<String> words(String text) {
        return Stream.of(text.strip().toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}.%-]+"))
                .map(word -> word.replaceAll("^[.-]+|[.-]+$", ""))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
