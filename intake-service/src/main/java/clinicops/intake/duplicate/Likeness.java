package clinicops.intake.duplicate;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/**
 * How much two identities look like one person.
 *
 * @param score 0 to 1
 * @param reasons what speaks for it
 */
record Likeness(double score, Set<Reason> reasons) {
    private static final JaroWinklerSimilarity SIMILARITY = new JaroWinklerSimilarity();

    /** What two identities agree in. */
    enum Reason {
        SAME_NAME,
        SIMILAR_NAME,
        /** One's given name is the other's family name. */
        SWAPPED_NAMES,
        SAME_BIRTH_DATE,
        /** One slip of the keyboard apart. */
        BIRTH_DATE_SLIP,
        SAME_PHONE,
        SAME_EMAIL;

        /** As it travels: kebab-case. */
        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static Likeness of(Identity one, Identity other, DuplicateTerms terms) {
        var reasons = EnumSet.noneOf(Reason.class);
        double straight = names(one.given(), other.given(), one.family(), other.family(), terms);
        double swapped = names(one.given(), other.family(), one.family(), other.given(), terms);
        double name = Math.max(straight, swapped);
        if (name >= terms.sameName()) {
            reasons.add(Reason.SAME_NAME);
        } else if (name > 0) {
            reasons.add(Reason.SIMILAR_NAME);
        }
        if (swapped > straight) {
            reasons.add(Reason.SWAPPED_NAMES);
        }
        var weights = terms.weights();
        double score = weights.name() * name;
        if (one.birthDate().equals(other.birthDate())) {
            reasons.add(Reason.SAME_BIRTH_DATE);
            score += weights.birthDate();
        } else if (slip(one.birthDate(), other.birthDate())) {
            reasons.add(Reason.BIRTH_DATE_SLIP);
            score += weights.birthDateSlip();
        }
        if (one.phone() != null && one.phone().equals(other.phone())) {
            reasons.add(Reason.SAME_PHONE);
            score += weights.phone();
        }
        if (one.email() != null && one.email().equals(other.email())) {
            reasons.add(Reason.SAME_EMAIL);
            score += weights.email();
        }
        return new Likeness(Math.round(score * 1000) / 1000.0, reasons);
    }

    boolean probable(DuplicateTerms terms) {
        return score >= terms.probable();
    }

    private static double names(
            String given, String otherGiven, String family, String otherFamily, DuplicateTerms terms) {
        return (similarity(given, otherGiven, terms) + similarity(family, otherFamily, terms)) / 2;
    }

    private static double similarity(String name, String other, DuplicateTerms terms) {
        double similarity = SIMILARITY.apply(name, other);
        return similarity < terms.nameFloor() ? 0 : similarity;
    }

    /** True when the digits stand in another order, or one of them differs. */
    private static boolean slip(LocalDate one, LocalDate other) {
        if (Identity.digitsInOrder(one).equals(Identity.digitsInOrder(other))) {
            return true;
        }
        String first = one.toString();
        String second = other.toString();
        int differences = 0;
        for (int i = 0; i < Math.min(first.length(), second.length()); i++) {
            differences += first.charAt(i) == second.charAt(i) ? 0 : 1;
        }
        return first.length() == second.length() && differences == 1;
    }
}
