package clinicops.intake.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinicops.chassis.RuleViolation;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-03-02");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1985-06-01",
                "1985/6/1",
                "6/1/1985",
                "06/01/1985",
                "6-1-85",
                "6/1/85",
                "19850601",
                "06011985",
                "1 Jun 1985",
                "june 1, 1985",
                "JUN 1 1985"
            })
    void readsABirthDateAsPeopleWriteIt(String typed) {
        assertThat(Search.of(typed, TODAY)).isEqualTo(new Search(Search.By.BIRTH_DATE, "1985-06-01"));
    }

    @ParameterizedTest
    @CsvSource({
        "(212) 555-0123, 3210555212",
        "+1 212 555 0123, 32105552121",
        "0123, 3210",
        "555-0123, 3210555",
        "0044 20 7946 0000, 000064970244",
        "020 7946 0000, 0000649702"
    })
    void readsAPhoneNumberFromItsEnd(String typed, String lastFirst) {
        assertThat(Search.of(typed, TODAY)).isEqualTo(new Search(Search.By.PHONE, lastFirst));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Núñez", "nunez", " NUNEZ "})
    void readsAName(String typed) {
        assertThat(Search.of(typed, TODAY)).isEqualTo(new Search(Search.By.NAME, "nunez"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "12", "--", "?!"})
    void refusesWhatTellsNobodyApart(String typed) {
        assertThatThrownBy(() -> Search.of(typed, TODAY)).isInstanceOf(RuleViolation.class);
    }
}
