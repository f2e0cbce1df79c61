package clinicops.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import clinicops.chassis.BusinessClock;
import clinicops.contracts.Money;
import clinicops.notification.notice.NoticeRules;
import clinicops.notification.notice.NoticeSamples;
import clinicops.notification.session.BookedSession;
import clinicops.notification.session.BookedSession.Heard;
import clinicops.notification.template.Channel;
import clinicops.notification.template.Gsm7;
import clinicops.notification.template.Language;
import clinicops.notification.template.Template;
import clinicops.notification.template.Text;
import clinicops.notification.template.Texts;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NoticeWriterTest {

    /** Parts of words that tell what is treated, with what, how badly, or for how much; in both languages. */
    private static final List<String> TELLING = List.of(
            "ketamin",
            "esketamin",
            "spravato",
            "ketalar",
            "ondansetron",
            "midazolam",
            "drug",
            "medic",
            "fármaco",
            "droga",
            "dose",
            "dosis",
            "infusi",
            "inject",
            "inyec",
            "nasal",
            "depress",
            "depres",
            "anxi",
            "ansie",
            "ptsd",
            "tept",
            "trauma",
            "pain",
            "dolor",
            "suicid",
            "mental",
            "psychiatr",
            "psiqui",
            "therap",
            "terap",
            "diagnos",
            "diagnós",
            "phq",
            "c-ssrs",
            "gad-7",
            "score",
            "punt",
            "result",
            "mood",
            "ánimo",
            "$",
            "usd",
            "dollar",
            "dólar",
            "balance",
            "saldo",
            "amount",
            "importe",
            "1,234",
            "50.00",
            "denied",
            "deneg",
            "appeal",
            "apel",
            "988");

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Instant STARTS_AT = Instant.parse("2026-05-14T15:00:00Z");
    private static final List<BookedSession> COURSE =
            List.of(session(1, STARTS_AT), session(2, STARTS_AT.plus(Duration.ofDays(4))));

    /** As long as an address of a clinic's own domain may be. */
    private static final URI LINK = URI.create("https://portal.riverside-clinic.com/p#" + "k".repeat(43));

    static Stream<Arguments> texts() {
        return Stream.of(Template.values()).flatMap(t -> t.channels().stream()
                .flatMap(c -> Stream.of(Language.values()).map(l -> Arguments.of(t, c, l))));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("texts")
    void tellsNothingOfTheTreatmentWhereOthersMayRead(Template template, Channel channel, Language language) {
        Text text = write(template, channel, language, "iv");
        String open = (channel == Channel.SMS ? text.body() : text.subject()).toLowerCase(Locale.ROOT);

        assertThat(open).isNotBlank();
        assertThat(TELLING).noneSatisfy(word -> assertThat(open).contains(word));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("texts")
    void namesNoDrugAndNoDiagnosisInABodyEither(Template template, Channel channel, Language language) {
        assertThat(write(template, channel, language, "iv").body().toLowerCase(Locale.ROOT))
                .doesNotContain("ketamin", "spravato", "depres", "ansie", "anxi", "ptsd", "psychiatr", "phq");
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("texts")
    void leavesNoGapAndNamesTheClinic(Template template, Channel channel, Language language) {
        Text text = write(template, channel, language, "iv");

        assertThat(text.body()).contains("Riverside Clinic", "555-0100").doesNotContain("{{", "}}");
        if (channel == Channel.EMAIL) {
            assertThat(text.body()).contains("Rosa");
        } else {
            assertThat(text.body()).hasSizeLessThanOrEqualTo(Texts.SMS_LIMIT).doesNotContain("Rosa");
        }
    }

    @Test
    void writesEveryTextMessageOnOneSmsEvenWithTheLongestNameAndDate() {
        NoticeWriter longest = writer("W".repeat(30), "+1 (555) 555-0100 12");
        for (Language language : Language.values()) {
            for (int day = 0; day < 366; day++) {
                Instant startsAt = STARTS_AT.plus(Duration.ofDays(day)).plus(Duration.ofMinutes(59));
                for (Template template : List.of(Template.REMINDER_24H, Template.PLACE_OFFERED)) {
                    Text text = longest.write(
                            NoticeSamples.notice(template, Channel.SMS, startsAt, "iv", startsAt),
                            language,
                            "Rosa",
                            List.of(),
                            null);

                    assertThat(text.body()).hasSizeLessThanOrEqualTo(Texts.SMS_LIMIT);
                    assertThat(Gsm7.writes(text.body())).as(text.body()).isTrue();
                }
            }
        }
    }

    @Test
    void tellsTheTimeOfTheClinicWhereverThePatientLives() {
        assertThat(write(Template.REMINDER_72H, Channel.EMAIL, Language.EN, "iv")
                        .body())
                .contains("Thursday, May 14, 2026 at 11:00 AM");
        assertThat(write(Template.REMINDER_72H, Channel.EMAIL, Language.ES, "iv")
                        .body())
                .contains("jueves 14 de mayo de 2026 a las 11:00");
    }

    @Test
    void tellsALinkAndHowLongItWorks() {
        assertThat(write(Template.PAPERWORK_LINK, Channel.EMAIL, Language.ES, null)
                        .body())
                .contains("\n" + LINK + "\n", "hasta el jueves 14 de mayo de 2026, a las 11:00");
        assertThat(write(Template.QUESTIONS_LINK, Channel.SMS, Language.EN, null)
                        .body())
                .isEqualTo("Riverside Clinic, 555-0100: some questions: " + LINK);
    }

    @Test
    void tellsALinkOfAClinicWithALongNameInOneTextMessage() {
        for (Template template : List.of(Template.PAPERWORK_LINK, Template.QUESTIONS_LINK)) {
            for (Language language : Language.values()) {
                assertThat(writer("W".repeat(30), "5".repeat(20))
                                .write(
                                        NoticeSamples.notice(template, Channel.SMS, STARTS_AT, null, STARTS_AT),
                                        language,
                                        "Rosa",
                                        List.of(),
                                        LINK)
                                .body())
                        .hasSizeLessThanOrEqualTo(Texts.SMS_LIMIT);
            }
        }
    }

    @Test
    void tellsHowToFastForTheRoute() {
        assertThat(write(Template.REMINDER_24H, Channel.EMAIL, Language.EN, "iv")
                        .body())
                .contains("Eat nothing for 6 hours", "until 2 hours before");
        assertThat(write(Template.REMINDER_24H, Channel.EMAIL, Language.ES, "nasal")
                        .body())
                .contains("durante 2 horas", "hasta 30 minutos antes");
        assertThat(write(Template.REMINDER_24H, Channel.EMAIL, Language.EN, null)
                        .body())
                .doesNotContain("Eat nothing");
    }

    @Test
    void tellsACourseInOneMail() {
        assertThat(write(Template.COURSE_BOOKED, Channel.EMAIL, Language.EN, "iv")
                        .body())
                .contains("  1. Thursday, May 14, 2026, 11:00 AM\n  2. Monday, May 18, 2026, 11:00 AM\n");
    }

    @Test
    void writesAmountsIntoTheBody() {
        assertThat(write(Template.ESTIMATE_READY, Channel.EMAIL, Language.EN, null)
                        .body())
                .contains("6 sessions is $1,234,567.89");
        assertThat(NoticeWriter.dollars(Money.usd(5))).isEqualTo("$0.05");
        assertThat(NoticeWriter.dollars(Money.usd(-123_456))).isEqualTo("-$1,234.56");
    }

    @Test
    void writesEnglishToWhoReadsALanguageThatTheClinicDoesNotWrite() {
        assertThat(Language.of("es-MX")).isEqualTo(Language.ES);
        assertThat(Language.of("fr")).isEqualTo(Language.EN);
    }

    @Test
    void refusesAClinicNameThatWouldNotFitAnSms() {
        assertThatIllegalArgumentException().isThrownBy(() -> settings("W".repeat(31), "555-0100"));
        assertThatIllegalArgumentException().isThrownBy(() -> settings("Clínica", "555-0100"));
    }

    private Text write(Template template, Channel channel, Language language, @Nullable String route) {
        return writer("Riverside Clinic", "555-0100")
                .write(
                        NoticeSamples.notice(template, channel, STARTS_AT, route, STARTS_AT),
                        language,
                        "Rosa",
                        COURSE,
                        LINK);
    }

    private static NoticeWriter writer(String clinic, String phone) {
        return new NoticeWriter(
                settings(clinic, phone), NoticeRules.read(), new BusinessClock(InstantSource.system(), NEW_YORK));
    }

    private static DeliverySettings settings(String clinic, String phone) {
        return new DeliverySettings(
                clinic,
                phone,
                "no-reply@clinic.example",
                8,
                3,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60));
    }

    private static BookedSession session(int number, Instant startsAt) {
        return BookedSession.first(
                "session-" + number,
                "course-1",
                "patient-1",
                number,
                "iv",
                startsAt,
                new Heard("event-" + number, "session-" + number, 1));
    }
}
