package clinicops.intake.patient;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search compares with.
 *
 * @param names without accents, case and punctuation: given before family, and family before given
 * @param birthDate ISO day
 * @param phone digits of the number, the last first, so that its end is found like the beginning of a word; null without a number
 */
public record SearchKeys(
        List<String> names, LocalDate birthDate, @Nullable String phone) {
    static SearchKeys of(Demographics person, Contact reach) {
        String phone = reach.phone();
        return new SearchKeys(person.searchNames(), person.birthDate(), phone == null ? null : lastFirst(phone));
    }

    /** The digits of a number, in whatever way it is written, the last first. */
    static String lastFirst(String phone) {
        return new StringBuilder(phone.replaceAll("[^0-9]", "")).reverse().toString();
    }
}
