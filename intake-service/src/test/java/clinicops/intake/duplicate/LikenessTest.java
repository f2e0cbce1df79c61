package clinicops.intake.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.intake.duplicate.Likeness.Reason;
import clinicops.intake.patient.Contact;
import clinicops.intake.patient.Demographics;
import clinicops.intake.patient.Language;
import clinicops.intake.patient.Sex;
import clinicops.intake.rulebook.RuleBook;
import java.time.LocalDate;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LikenessTest {
    private static final DuplicateTerms TERMS = new RuleBook().read("duplicates", DuplicateTerms.class);
    private static final Identity ANA = person("Ana", "Núñez", "1985-06-01", "+12125550123");

    @Test
    void theSamePersonTwiceIsCertain() {
        assertThat(likeness(person("ANA", "Nunez", "1985-06-01", "+12125550123"))
                        .score())
                .isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void seesThroughOneSlip() {
        assertThat(probable(person("Ana", "Nunes", "1985-06-01", null))).isTrue();
        assertThat(probable(person("Núñez", "Ana", "1985-06-01", null))).isTrue();
        assertThat(probable(person("Ana", "Núñez", "1985-01-06", "+12125550123")))
                .isTrue();
        assertThat(probable(person("Ana", "Núñez", "1958-06-01", "+12125550123")))
                .isTrue();
        assertThat(probable(person("Ana", "Núñez", "1985-06-01", "+13055550199")))
                .isTrue();
    }

    @Test
    void tellsFamilyMembersApart() {
        assertThat(probable(person("Luis", "Núñez", "1985-06-01", "+12125550123")))
                .isFalse();
        assertThat(probable(person("Ana", "Núñez", "2010-03-07", "+12125550123")))
                .isFalse();
        assertThat(probable(person("Ana", "Núñez", "1991-11-23", null))).isFalse();
    }

    @Test
    void saysWhatSpeaksForIt() {
        assertThat(likeness(person("Nunez", "Ana", "1985-01-06", "+12125550123"))
                        .reasons())
                .containsExactly(Reason.SAME_NAME, Reason.SWAPPED_NAMES, Reason.BIRTH_DATE_SLIP, Reason.SAME_PHONE);
    }

    @Test
    void whoIsProbableSharesAKey() {
        for (Identity other : new Identity[] {
            person("Ana", "Nunes", "1985-06-01", null),
            person("Núñez", "Ana", "1985-06-01", null),
            person("Ana", "Núñez", "1958-06-01", "+12125550123")
        }) {
            assertThat(Collections.disjoint(ANA.keys(), other.keys())).isFalse();
        }
    }

    private static boolean probable(Identity other) {
        return likeness(other).probable(TERMS);
    }

    private static Likeness likeness(Identity other) {
        var there = Likeness.of(ANA, other, TERMS);
        assertThat(Likeness.of(other, ANA, TERMS))
                .describedAs("the same from either side")
                .isEqualTo(there);
        return there;
    }

    private static Identity person(String given, String family, String born, @Nullable String phone) {
        return Identity.of(
                given + family + born,
                new Demographics(given, family, LocalDate.parse(born), Sex.FEMALE),
                new Contact(null, phone, "America/New_York", Language.ES, false, false),
                null);
    }
}
