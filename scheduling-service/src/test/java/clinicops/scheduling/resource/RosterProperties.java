package clinicops.scheduling.resource;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.scheduling.resource.Availability.Effect;
import clinicops.scheduling.resource.Availability.Reason;
import clinicops.scheduling.resource.Chair.PlaceKind;
import clinicops.scheduling.resource.Credential.CredentialKind;
import clinicops.scheduling.resource.Occupancy.Taking;
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
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Any clinic, with leave, shifts, closures, things out of order, buffers, few pumps and old certificates, filled to the brim. */
class RosterProperties {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Block INFUSION = new Block(Duration.ofMinutes(135), true);
    private static final Block SPRAY = new Block(Duration.ofMinutes(160), false);

    /** Around either change of the clocks, or in a quiet winter. */
    private static LocalDate firstDay(Random random) {
        return List.of(LocalDate.of(2026, 10, 29), LocalDate.of(2027, 3, 11), LocalDate.of(2027, 1, 11))
                .get(random.nextInt(3));
    }

    private static Availability said(Random random, String of, Effect effect, LocalDate from) {
        LocalDate first = from.plusDays(random.nextInt(5));
        boolean recurs = random.nextInt(3) == 0;
        int fromMinute = random.nextBoolean() ? 0 : 15 * random.nextInt(60);
        int untilMinute = random.nextBoolean() ? Availability.WHOLE_DAY : fromMinute + 15 * (1 + random.nextInt(30));
        return new Availability(
                "a" + random.nextLong(),
                1,
                of,
                effect,
                first,
                recurs ? null : first.plusDays(random.nextInt(3)),
                fromMinute,
                Math.min(untilMinute, Availability.WHOLE_DAY),
                recurs
                        ? "FREQ=WEEKLY;BYDAY="
                                + List.of("MO", "TU,TH", "SA,SU,MO").get(random.nextInt(3))
                        : null,
                Reason.OTHER);
    }

    @Property(tries = 200)
    void whatIsOfferedMayBeBookedAndKeptAndNothingIsGivenTwice(@ForAll long seed) {
        Random random = new Random(seed);
        LocalDate from = firstDay(random);
        List<Chair> chairs = IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(i -> new Chair("c" + i, 1, "C" + i, PlaceKind.ROOM, 10 * random.nextInt(4), null))
                .toList();
        List<Pump> pumps = IntStream.range(0, random.nextInt(3))
                .mapToObj(i -> new Pump("u" + i, 1, "U" + i, 5 * random.nextInt(4), null))
                .toList();
        List<Nurse> nurses = IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(i -> new Nurse(
                        "n" + i,
                        1,
                        "nurse" + i,
                        "N" + i,
                        1 + random.nextInt(2),
                        random.nextInt(4) == 0 ? from.plusDays(4) : null))
                .toList();
        List<Availability> said = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            String nurse = "nurse/n" + random.nextInt(3);
            said.add(
                    switch (random.nextInt(6)) {
                        case 0 -> said(random, "clinic", Effect.CLOSED, from);
                        case 1 -> said(random, "clinic", Effect.OPEN, from);
                        case 2 -> said(random, nurse, Effect.AWAY, from);
                        case 3 -> said(random, nurse, Effect.WORKS, from);
                        case 4 -> said(random, "pump/u0", Effect.OUT_OF_ORDER, from);
                        default -> said(random, "chair/c0", Effect.OUT_OF_ORDER, from);
                    });
        }
        Roster roster = new Roster(
                NEW_YORK,
                new OpeningHours(
                        OpeningHours.ID,
                        1,
                        Arrays.stream(DayOfWeek.values())
                                .map(day -> OpenDay.of(day, LocalTime.of(7, 30), LocalTime.of(19, 0)))
                                .toList()),
                chairs,
                pumps,
                nurses,
                List.of(new Prescriber("p", 1, "paula", "Paula", null)),
                said,
                new Occurrences(),
                Licences.of(
                        new CredentialTerms("c", "t", "t", "t", from, 60, List.of(CredentialKind.BLS), List.of()),
                        List.of(new Credential("x", 1, "nurse0", CredentialKind.BLS, null, from.plusDays(3)))));

        Instant now = from.atStartOfDay(NEW_YORK).toInstant();
        List<Taking> taken = new ArrayList<>();
        for (int patient = 0; patient < 40; patient++) {
            Block block = random.nextBoolean() ? INFUSION : SPRAY;
            String patientId = "p" + patient % 7;
            Optional<Place> offered =
                    roster.earliestOn(from.plusDays(random.nextInt(6)), now, block, patientId, Taken.of(taken));
            if (offered.isEmpty()) {
                continue;
            }
            Place place = offered.get();
            assertThat(roster.judge(place, block)).as("kept").isEmpty();
            Place claimed = roster.claim(
                    place.startsAt(), place.chairId(), place.nurseId(), now, block, patientId, Taken.of(taken));
            assertThat(claimed).as("booked").isEqualTo(place);
            assertThat(roster.placeLike(place, block, patientId, Taken.of(taken)))
                    .contains(place);
            taken.add(roster.taking("session" + taken.size(), patientId, place));
        }
        taken.forEach(one -> taken.stream()
                .filter(other -> other != one && touches(one.place(), other.place(), Duration.ZERO))
                .forEach(other -> {
                    assertThat(other.patientId()).isNotEqualTo(one.patientId());
                    assertThat(other.place().nurseId() + other.place().seat())
                            .isNotEqualTo(one.place().nurseId() + one.place().seat());
                }));
        taken.forEach(one -> taken.stream()
                .filter(other -> other != one
                        && !other.place().startsAt().isBefore(one.place().startsAt()))
                .forEach(other -> {
                    var taking = roster.taking("s", "p", one.place());
                    if (other.place().chairId().equals(one.place().chairId())) {
                        assertThat(touches(one.place(), other.place(), taking.chairBuffer()))
                                .isFalse();
                    }
                    String pump = one.place().pumpId();
                    if (pump != null && pump.equals(other.place().pumpId())) {
                        assertThat(touches(one.place(), other.place(), taking.pumpBuffer()))
                                .isFalse();
                    }
                }));
    }

    private static boolean touches(Place one, Place other, Duration buffer) {
        return one.startsAt().isBefore(other.endsAt().plus(buffer))
                && other.startsAt().isBefore(one.endsAt().plus(buffer));
    }
}
