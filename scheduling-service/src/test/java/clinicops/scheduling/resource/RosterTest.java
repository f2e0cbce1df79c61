package clinicops.scheduling.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinicops.chassis.RuleViolation;
import clinicops.scheduling.resource.Availability.Effect;
import clinicops.scheduling.resource.Availability.Reason;
import clinicops.scheduling.resource.Credential.CredentialKind;
import clinicops.scheduling.resource.OpeningHours.OpenDay;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the clinic can give, and what it can keep. */
class RosterTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 30);
    private static final Instant NOW =
            MONDAY.minusDays(30).atStartOfDay(NEW_YORK).toInstant();
    private static final Block INFUSION = new Block(Duration.ofMinutes(135), true);
    private static final Block SPRAY = new Block(Duration.ofMinutes(160), false);

    private final List<Chair> chairs = new ArrayList<>(List.of(Chair.of("c1", "Chair 1"), Chair.of("c2", "Chair 2")));
    private final List<Pump> pumps = new ArrayList<>();
    private final List<Nurse> nurses = new ArrayList<>(
            List.of(new Nurse("n1", 1, "nora", "Nora", 1, null), new Nurse("n2", 1, "nick", "Nick", 1, null)));
    private final List<Prescriber> prescribers =
            new ArrayList<>(List.of(new Prescriber("p1", 1, "paula", "Paula", null)));
    private final List<Availability> said = new ArrayList<>();
    private final List<Credential> credentials = new ArrayList<>();

    private Roster roster() {
        CredentialTerms terms = new CredentialTerms(
                "credentials",
                "t",
                "test",
                "test",
                MONDAY,
                60,
                List.of(CredentialKind.LICENSE, CredentialKind.BLS),
                List.of(CredentialKind.DEA));
        return new Roster(
                NEW_YORK,
                new OpeningHours(
                        OpeningHours.ID,
                        1,
                        Arrays.stream(DayOfWeek.values())
                                .map(day -> OpenDay.of(day, LocalTime.of(8, 0), LocalTime.of(18, 0)))
                                .toList()),
                chairs,
                pumps,
                nurses,
                prescribers,
                said,
                new Occurrences(),
                Licences.of(terms, credentials));
    }

    private void say(
            String of,
            Effect effect,
            LocalDate first,
            @Nullable LocalDate last,
            int fromHour,
            int untilHour,
            @Nullable String rrule) {
        said.add(new Availability(
                "a" + said.size(), 1, of, effect, first, last, 60 * fromHour, 60 * untilHour, rrule, Reason.OTHER));
    }

    private static Instant at(LocalDate day, int hour, int minute) {
        return day.atTime(hour, minute).atZone(NEW_YORK).toInstant();
    }

    private Place claim(Instant startsAt, String chair, String nurse, Block block, Taken taken) {
        return roster().claim(startsAt, chair, nurse, NOW, block, "patient", taken);
    }

    /** By another patient. */
    private Taken taken(Place place) {
        return Taken.of(List.of(roster().taking("session", "other", place)));
    }

    private void refused(String rule, Instant startsAt) {
        assertThatThrownBy(() -> claim(startsAt, "c1", "n1", INFUSION, Taken.none()))
                .isInstanceOfSatisfying(
                        RuleViolation.class, e -> assertThat(e.rule()).isEqualTo(rule));
        // the same judge for what is booked already
        Place kept = new Place(startsAt, startsAt.plus(INFUSION.length()), "c1", "n1", 1, null, null);
        assertThat(roster().judge(kept, INFUSION)).map(Refusal::rule).contains(rule);
    }

    private Place earliest(LocalDate day, Block block, Taken taken) {
        return roster().earliestOn(day, NOW, block, "patient", taken).orElseThrow();
    }

    @Test
    void aClosureRefusesWhatTheHoursWouldAllow() {
        say("clinic", Effect.CLOSED, MONDAY, MONDAY, 12, 24, null);

        refused("closed", at(MONDAY, 10, 0));
        refused("opening-hours", at(MONDAY, 7, 0));
        assertThat(claim(at(MONDAY, 9, 45), "c1", "n1", INFUSION, Taken.none()).endsAt())
                .isEqualTo(at(MONDAY, 12, 0));
        say("clinic", Effect.CLOSED, MONDAY, MONDAY, 0, 24, null);
        assertThat(roster().earliestOn(MONDAY, NOW, INFUSION, "patient", Taken.none()))
                .isEmpty();
    }

    @Test
    void extraHoursOpenAnEveningAndJoinTheDay() {
        say("clinic", Effect.OPEN, MONDAY, MONDAY, 18, 21, null);

        assertThat(claim(at(MONDAY, 17, 0), "c1", "n1", INFUSION, Taken.none()).endsAt())
                .isEqualTo(at(MONDAY, 19, 15));
        refused("opening-hours", at(MONDAY.plusDays(1), 17, 0));
    }

    @Test
    void aNurseOnLeaveIsReplacedByAnother() {
        say("nurse/n1", Effect.AWAY, MONDAY.minusDays(3), MONDAY.plusDays(3), 0, 24, null);

        refused("nurse-away", at(MONDAY, 9, 0));
        assertThat(earliest(MONDAY, INFUSION, Taken.none()).nurseId()).isEqualTo("n2");
        assertThat(earliest(MONDAY.plusDays(4), INFUSION, Taken.none()).nurseId())
                .isEqualTo("n1");
    }

    @Test
    void whoHasWorkingHoursWorksByThemAlone() {
        say("nurse/n1", Effect.WORKS, MONDAY.minusDays(60), null, 8, 13, "FREQ=WEEKLY;BYDAY=MO,WE");

        assertThat(claim(at(MONDAY, 10, 45), "c1", "n1", INFUSION, Taken.none()).nurseId())
                .isEqualTo("n1");
        refused("nurse-away", at(MONDAY, 11, 0));
        refused("nurse-away", at(MONDAY.plusDays(1), 9, 0));
    }

    @Test
    void aPrescriberCoversTheWholeBlockAlone() {
        prescribers.add(new Prescriber("p2", 1, "peter", "Peter", null));
        say("prescriber/p1", Effect.WORKS, MONDAY, MONDAY, 8, 12, null);
        say("prescriber/p2", Effect.WORKS, MONDAY, MONDAY, 12, 18, null);

        refused("no-prescriber-cover", at(MONDAY, 11, 0));
        assertThat(claim(at(MONDAY, 9, 0), "c1", "n1", INFUSION, Taken.none()).prescriberId())
                .isEqualTo("p1");
        assertThat(claim(at(MONDAY, 12, 0), "c1", "n1", INFUSION, Taken.none()).prescriberId())
                .isEqualTo("p2");
    }

    @Test
    void anInfusionTakesAPumpOnceTheClinicKeepsAListAndASprayNone() {
        assertThat(earliest(MONDAY, INFUSION, Taken.none()).pumpId()).isNull();
        pumps.add(new Pump("u1", 1, "Pump 1", 0, null));

        Place first = earliest(MONDAY, INFUSION, Taken.none());
        assertThat(first.pumpId()).isEqualTo("u1");
        Taken taken = taken(first);
        assertThat(earliest(MONDAY, INFUSION, taken).startsAt())
                .isEqualTo(first.endsAt().plusSeconds(0));
        assertThat(earliest(MONDAY, SPRAY, taken).startsAt()).isEqualTo(first.startsAt());
        assertThat(earliest(MONDAY, SPRAY, taken).pumpId()).isNull();

        say("pump/u1", Effect.OUT_OF_ORDER, MONDAY, MONDAY, 0, 24, null);
        refused("pump-missing", at(MONDAY, 9, 0));
        pumps.add(new Pump("u2", 1, "Pump 2", 0, null));
        assertThat(roster().judge(first, INFUSION)).map(Refusal::rule).contains("pump-out-of-order");
    }

    @Test
    void buffersKeepChairAndPumpFreeBehindASession() {
        chairs.set(0, new Chair("c1", 1, "Chair 1", Chair.PlaceKind.CHAIR, 20, null));
        chairs.remove(1);
        Place first = earliest(MONDAY, INFUSION, Taken.none());
        Taken taken = taken(first);

        assertThat(earliest(MONDAY, INFUSION, taken).startsAt()).isEqualTo(at(MONDAY, 10, 45));
        Instant tooLate = first.startsAt().plus(Duration.ofMinutes(150));
        Taken later = taken(new Place(tooLate, tooLate.plus(INFUSION.length()), "c1", "n2", 1, null, null));
        assertThatThrownBy(() -> claim(first.startsAt(), "c1", "n1", INFUSION, later))
                .isInstanceOf(RuleViolation.class);
    }

    @Test
    void aChairOutOfOrderOrRetiredIsNotGivenAndBreaksWhatIsBooked() {
        say("chair/c1", Effect.OUT_OF_ORDER, MONDAY, MONDAY, 0, 24, null);

        refused("chair-out-of-order", at(MONDAY, 9, 0));
        assertThat(earliest(MONDAY, INFUSION, Taken.none()).chairId()).isEqualTo("c2");
        chairs.set(0, new Chair("c1", 1, "Chair 1", Chair.PlaceKind.CHAIR, 0, MONDAY));
        refused("chair-retired", at(MONDAY, 9, 0));
        assertThat(claim(at(MONDAY.minusDays(1), 9, 0), "c1", "n1", INFUSION, Taken.none()))
                .isNotNull();
    }

    @Test
    void whoseCredentialHasExpiredIsNotRosteredFromThatDayOn() {
        credentials.add(new Credential("x", 1, "nora", CredentialKind.BLS, null, MONDAY));

        assertThat(claim(at(MONDAY, 9, 0), "c1", "n1", INFUSION, Taken.none())).isNotNull();
        refused("credential-expired", at(MONDAY.plusDays(1), 9, 0));
        // a nurse needs no DEA registration, a prescriber does
        credentials.set(0, new Credential("x", 1, "nora", CredentialKind.DEA, null, MONDAY));
        assertThat(claim(at(MONDAY.plusDays(1), 9, 0), "c1", "n1", INFUSION, Taken.none()))
                .isNotNull();
        credentials.set(0, new Credential("x", 1, "paula", CredentialKind.DEA, null, MONDAY));
        refused("no-prescriber-cover", at(MONDAY.plusDays(1), 9, 0));
    }

    @Test
    void aNurseWhoWatchesFewerNowLosesTheSeatsBeyond() {
        Place second = new Place(at(MONDAY, 9, 0), at(MONDAY, 11, 15), "c1", "n1", 2, null, null);

        assertThat(roster().judge(second, INFUSION)).map(Refusal::rule).contains("nurse-full");
    }

    @Test
    void aRepairAtTheSameTimeChangesOnlyWhatItMust() {
        Place booked = claim(at(MONDAY, 9, 0), "c2", "n1", INFUSION, Taken.none());
        say("nurse/n1", Effect.AWAY, MONDAY, MONDAY, 0, 24, null);

        assertThat(roster().placeLike(booked, INFUSION, "patient", Taken.none()))
                .hasValueSatisfying(repair -> {
                    assertThat(repair.startsAt()).isEqualTo(booked.startsAt());
                    assertThat(repair.chairId()).isEqualTo("c2");
                    assertThat(repair.nurseId()).isEqualTo("n2");
                });
        say("clinic", Effect.CLOSED, MONDAY, MONDAY, 0, 24, null);
        assertThat(roster().placeLike(booked, INFUSION, "patient", Taken.none()))
                .isEmpty();
    }

    // --- the days on which the clocks change

    private static final LocalDate FORWARD = LocalDate.of(2027, 3, 14);
    private static final LocalDate BACK = LocalDate.of(2026, 11, 1);

    private static void checked(LocalDate day, int fromMinute, int untilMinute, @Nullable String rrule) {
        new Availability(
                        "a",
                        0,
                        "clinic",
                        Effect.CLOSED,
                        day,
                        rrule == null ? day : null,
                        fromMinute,
                        untilMinute,
                        rrule,
                        Reason.OTHER)
                .check(NEW_YORK, MONDAY);
    }

    private static void refusedTime(String rule, String field, LocalDate day, int fromMinute, int untilMinute) {
        assertThatThrownBy(() -> checked(day, fromMinute, untilMinute, null))
                .isInstanceOfSatisfying(RuleViolation.class, e -> {
                    assertThat(e.rule()).isEqualTo(rule);
                    assertThat(e.field()).isEqualTo(field);
                });
    }

    @Test
    void onASingleDayATimeThatTheClocksSkipOrShowTwiceIsRefused() {
        refusedTime("time-in-gap", "from", FORWARD, 150, 600);
        refusedTime("time-in-gap", "until", FORWARD, 0, 150);
        refusedTime("time-twice", "from", BACK, 90, 600);
        refusedTime("time-twice", "until", BACK, 0, 90);
        checked(FORWARD, 0, 600, null);
        checked(FORWARD, 180, 600, null);
        checked(BACK, 120, 600, null);
        checked(FORWARD, 150, 600, "FREQ=DAILY");
    }

    @Test
    void aRecurrenceGivesLessAndTakesMoreOnSuchADay() {
        Availability works =
                new Availability("a", 0, "nurse/n", Effect.WORKS, BACK, null, 90, 600, "FREQ=DAILY", Reason.OTHER);
        Availability away =
                new Availability("a", 0, "nurse/n", Effect.AWAY, BACK, null, 90, 600, "FREQ=DAILY", Reason.OTHER);

        assertThat(works.on(BACK, NEW_YORK).from()).isEqualTo(Instant.parse("2026-11-01T06:30:00Z"));
        assertThat(away.on(BACK, NEW_YORK).from()).isEqualTo(Instant.parse("2026-11-01T05:30:00Z"));
        Instant jump = Instant.parse("2027-03-14T07:00:00Z");
        Availability night =
                new Availability("a", 0, "nurse/n", Effect.AWAY, BACK, null, 150, 600, "FREQ=DAILY", Reason.OTHER);
        assertThat(night.on(FORWARD, NEW_YORK).from()).isEqualTo(jump);
    }
}
