package clinicops.intake.referral;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.intake.patient.Language;
import clinicops.intake.patient.ReportedCoverage;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferralRulesTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-03-02");

    @Test
    void readsASoundRow() {
        var row = judge(sound()).row();

        assertThat(row).isNotNull();
        assertThat(row.importKey()).isEqualTo("gp-office|17");
        assertThat(row.contact().phone()).isEqualTo("+12125550123");
        assertThat(row.contact().language()).isEqualTo(Language.ES);
        assertThat(row.coverage()).isEqualTo(new ReportedCoverage(1, "ACME", "Gold"));
        assertThat(row.memberId()).isEqualTo("M-77");
    }

    @Test
    void withoutPayerThePatientPaysThemselves() {
        var fields = sound();
        fields.putAll(Map.of("payer_code", "", "plan", "", "member_id", ""));

        var row = judge(fields).row();

        assertThat(row).isNotNull();
        assertThat(row.coverage()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "system,,missing",
                "id,has space,format",
                "id,a|b,format",
                "given_name,,missing",
                "birth_date,1985-02-30,date",
                "birth_date,01/02/1985,date",
                "birth_date,+10000-01-01,date",
                "birth_date,2026-03-03,in-the-future",
                "birth_date,1825-01-01,too-long-ago",
                "sex,f,unknown-code",
                "email,not an address,format",
                "email,,needed-for-email-ok",
                "phone,12345,phone",
                "phone,call me,phone",
                "phone,,needed-for-sms-ok",
                "zone,Eastern,unknown-zone",
                "language,fr,unknown-code",
                "email_ok,perhaps,unknown-code",
                "indication,boredom,unknown-code",
                "urgency,now,unknown-code",
                "referred_on,2026-03-03,in-the-future",
                "payer_code,,needed-for-plan",
                "member_id,,needed-for-payer"
            })
    void saysWhichFieldBreaksWhichRule(String field, String value, String rule) {
        var fields = sound();
        fields.put(field, value == null ? "" : value);

        var result = judge(fields);

        assertThat(result.row()).isNull();
        assertThat(result.errors())
                .extracting(ReferralRules.RowError::field, ReferralRules.RowError::rule)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(field, rule));
    }

    @Test
    void saysEverythingThatIsWrongAtOnceAndRepeatsNothingOfIt() {
        var fields = sound();
        fields.put("given_name", "x".repeat(101));
        fields.put("family_name", "Mu\uFFFDoz");
        fields.put("sex", "secret");

        var errors = judge(fields).errors();

        assertThat(errors)
                .extracting(ReferralRules.RowError::rule)
                .containsExactly("too-long", "encoding", "unknown-code");
        assertThat(errors.toString()).doesNotContain("Mu").doesNotContain("secret");
    }

    private static ReferralRules.Result judge(Map<String, String> fields) {
        return ReferralRules.judge(SentReferral.row(2, fields), TODAY, "US");
    }

    private static Map<String, String> sound() {
        var fields = new LinkedHashMap<String, String>();
        String[] values = {
            "gp-office",
            "17",
            "Ana",
            "Núñez",
            "1985-06-01",
            "female",
            "ana@example.org",
            "(212) 555-0123",
            "America/New_York",
            "es",
            "yes",
            "yes",
            "depression",
            "routine",
            "2026-02-27",
            "ACME",
            "Gold",
            "M-77"
        };
        for (int i = 0; i < values.length; i++) {
            fields.put(ReferralRules.COLUMNS.get(i), values[i]);
        }
        return fields;
    }
}
