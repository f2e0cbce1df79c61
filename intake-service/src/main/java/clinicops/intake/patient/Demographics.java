package clinicops.intake.patient;

import java.text.Normalizer;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Locale;

/** Who the patient is. intake-service alone keeps this; others get it sealed, or ask here. */
public record Demographics(String givenName, String familyName, LocalDate birthDate, Sex sex) {

    /** Completed years of age on a day. */
    public int ageOn(LocalDate day) {
        return Period.between(birthDate, day).getYears();
    }

    /** Without accents, case and punctuation. */
    public String searchableGivenName() {
        return searchable(givenName);
    }

    /** Without accents, case and punctuation. */
    public String searchableFamilyName() {
        return searchable(familyName);
    }

    /** What a search by the beginning of a name compares with: either name, or both in either order. */
    List<String> searchNames() {
        String given = searchable(givenName);
        String family = searchable(familyName);
        return List.of(given + " " + family, family + " " + given);
    }

    /** Without accents, case and punctuation, so that "Núñez" is found by "nunez". */
    static String searchable(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
