package clinicops.staffweb.staff;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinicops.chassis.RuleViolation;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordPolicyTest {
    private final PasswordPolicy policy = new StaffConfiguration().passwordPolicy();

    @ParameterizedTest
    @CsvSource({
        "eleven chrs, password-too-short",
        "nora.the.nurse, password-is-username",
        "NORA.THE.NURSE, password-is-username",
        "Password1234, password-too-common",
        "aaaaaaaaaaaaaaaa, password-too-common",
        "abababababababab, password-too-common"
    })
    void refusesWhatIsGuessedFirst(String password, String rule) {
        assertThatThrownBy(() -> policy.check("nora.the.nurse", password))
                .isInstanceOfSatisfying(
                        RuleViolation.class, refused -> org.assertj.core.api.Assertions.assertThat(refused)
                                .returns(rule, RuleViolation::rule)
                                .returns("password", RuleViolation::field));
    }

    @Test
    void refusesWhatTheHashWouldCutOff() {
        assertThatThrownBy(() -> policy.check("nora", "é".repeat(36) + "ab"))
                .isInstanceOfSatisfying(
                        RuleViolation.class, refused -> org.assertj.core.api.Assertions.assertThat(refused.rule())
                                .isEqualTo("password-too-long"));
    }

    @Test
    void takesALongSentence() {
        assertThatCode(() -> new PasswordPolicy(Set.of()).check("nora", "four grey herons wade"))
                .doesNotThrowAnyException();
    }
}
