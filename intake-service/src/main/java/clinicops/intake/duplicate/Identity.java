package clinicops.intake.duplicate;

import clinicops.intake.patient.Contact;
import clinicops.intake.patient.Demographics;
import clinicops.intake.patient.Patient;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.codec.language.DoubleMetaphone;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * By what a person is told from others. Two identities are compared only when they share a key; each key survives one kind of
 * slip: a name written as it sounds, given and family name swapped, digits of the birth date swapped, a new family name, a new
 * phone.
 *
 * @param given without accents, case and punctuation
 * @param family likewise
 * @param pending which change was not compared with the others yet; null when all were
 */
@Document("identities")
record Identity(
        @Id String patientId,
        String given,
        String family,
        LocalDate birthDate,
        @Nullable String phone,
        @Nullable String email,
        Set<String> keys,
        @Nullable String pending) {
    private static final int SOUND_LENGTH = 6;

    static Identity of(Patient patient, @Nullable String pending) {
        return of(patient.id(), patient.demographics(), patient.contact(), pending);
    }

    static Identity of(String id, Demographics who, Contact reach, @Nullable String pending) {
        String given = who.searchableGivenName();
        String family = who.searchableFamilyName();
        String email = reach.email() == null ? null : reach.email().toLowerCase(Locale.ROOT);
        return new Identity(
                id,
                given,
                family,
                who.birthDate(),
                reach.phone(),
                email,
                keys(given, family, who.birthDate(), reach.phone(), email),
                pending);
    }

    private static Set<String> keys(
            String given, String family, LocalDate born, @Nullable String phone, @Nullable String email) {
        var keys = new LinkedHashSet<String>();
        for (String sound : List.of(sound(given), sound(family))) {
            keys.add("y:" + sound + born.getYear());
            keys.add("d:" + sound + born);
        }
        keys.add("s:" + sound(family) + digitsInOrder(born));
        if (phone != null) {
            keys.add("p:" + phone);
        }
        if (email != null) {
            keys.add("e:" + email);
        }
        return keys;
    }

    /** How a name sounds; a name that has no sound in Latin script is kept as it is written. */
    private static String sound(String name) {
        var metaphone = new DoubleMetaphone();
        metaphone.setMaxCodeLen(SOUND_LENGTH);
        String sound = metaphone.doubleMetaphone(name);
        return (sound == null || sound.isEmpty() ? name : sound) + "|";
    }

    /** The same for all dates that differ by the order of their digits only. */
    static String digitsInOrder(LocalDate day) {
        return day.toString()
                .chars()
                .filter(Character::isDigit)
                .sorted()
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
