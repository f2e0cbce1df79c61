package clinicops.intake.drug;

import clinicops.intake.rulebook.Approved;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;

/**
 * The drugs that the clinic's rules know.
 *
 * @param suggestFrom likeness (Jaro-Winkler, 0 to 1) from which a name is suggested for one that is not on the list
 * @param fillerWords words of strength, form and time of taking, which say nothing of what is taken
 */
record DrugList(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        double suggestFrom,
        List<String> fillerWords,
        List<InteractionClass> classes,
        List<Entry> drugs)
        implements Approved {

    record InteractionClass(String id, ClassName name) {}

    record ClassName(String en, String es) {}

    /**
     * @param otherNames brands, other spellings, Spanish names
     * @param classes empty when no interaction with ketamine is known
     * @param rxcui RxNorm concept id of the ingredient; empty when it is not sure
     */
    record Entry(String name, List<String> ingredients, List<String> otherNames, List<String> classes, String rxcui) {}

    DrugList {
        var known = classes.stream().map(InteractionClass::id).toList();
        var names = new HashSet<String>();
        for (Entry drug : drugs) {
            if (!known.containsAll(drug.classes())) {
                throw new IllegalArgumentException(drug.name() + " is of an unknown class");
            }
            if (!names.add(drug.name()) || !drug.otherNames().stream().allMatch(names::add)) {
                throw new IllegalArgumentException(drug.name() + " shares a name with another drug");
            }
        }
    }
}
