package clinicops.scheduling.resource;

import clinicops.chassis.RuleViolation;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The clinic's means: who and what there is, and when it is open. What the planner offers and what a booking accepts are
 * judged by the same two methods here.
 *
 * @param zone the clinic's; opening hours and days are local to it
 */
public record Roster(
        ZoneId zone, OpeningHours hours, List<Chair> chairs, List<Nurse> nurses, List<Prescriber> prescribers) {
    public Roster {
        chairs = List.copyOf(chairs);
        nurses = List.copyOf(nurses);
        prescribers = List.copyOf(prescribers);
    }

    /** The clinic's day of an instant. */
    public LocalDate dayOf(Instant time) {
        return LocalDate.ofInstant(time, zone);
    }

    /** @throws RuleViolation {@code no-prescriber-cover} (409) while no prescriber is rostered */
    public void requireCover() {
        if (prescribers.isEmpty()) {
            throw RuleViolation.conflict("no-prescriber-cover", "no prescriber is on the roster");
        }
    }

    /**
     * The earliest place on a day.
     *
     * @param length the chair block
     */
    public Optional<Place> earliestOn(
            LocalDate day, Instant notBefore, Duration length, String patientId, Taken taken) {
        return hours.on(day, zone).flatMap(open -> {
            Taken thatDay = taken.during(open.from(), open.until());
            Instant first = Quarter.ceiling(open.from().isBefore(notBefore) ? notBefore : open.from());
            for (Instant start = first; !start.plus(length).isAfter(open.until()); start = start.plus(Quarter.LENGTH)) {
                Optional<Place> place = placeAt(start, start.plus(length), patientId, thatDay);
                if (place.isPresent()) {
                    return place;
                }
            }
            return Optional.empty();
        });
    }

    /**
     * The place that was asked for.
     *
     * @throws RuleViolation {@code quarter-hour}, {@code in-the-past}, {@code opening-hours}, {@code unknown-chair},
     *     {@code unknown-nurse} (422) or {@code place-taken} (409)
     */
    public Place claim(
            Instant startsAt,
            String chairId,
            String nurseId,
            Instant now,
            Duration length,
            String patientId,
            Taken taken) {
        if (!Quarter.isOn(startsAt)) {
            throw new RuleViolation("quarter-hour", "sessions start on the quarter hour").withField("startsAt");
        }
        if (startsAt.isBefore(now)) {
            throw new RuleViolation("in-the-past", "a session can't start in the past").withField("startsAt");
        }
        Instant endsAt = startsAt.plus(length);
        boolean open = hours.on(dayOf(startsAt), zone)
                .filter(day -> !startsAt.isBefore(day.from()) && !endsAt.isAfter(day.until()))
                .isPresent();
        if (!open) {
            throw new RuleViolation("opening-hours", "the chair block has to lie within the opening hours")
                    .withField("startsAt");
        }
        if (chairs.stream().noneMatch(chair -> chair.id().equals(chairId))) {
            throw new RuleViolation("unknown-chair", "there is no such chair").withField("chairId");
        }
        Nurse nurse = nurses.stream()
                .filter(n -> n.id().equals(nurseId))
                .findFirst()
                .orElseThrow(() -> new RuleViolation("unknown-nurse", "there is no such nurse").withField("nurseId"));
        if (!taken.patientIsFree(patientId, startsAt, endsAt)) {
            throw placeTaken("the patient has another session then");
        }
        if (!taken.chairIsFree(chairId, startsAt, endsAt)) {
            throw placeTaken("the chair is taken then");
        }
        return freeSeat(nurse, startsAt, endsAt, taken)
                .map(seat -> new Place(startsAt, endsAt, chairId, nurseId, seat, null, null))
                .orElseThrow(() -> placeTaken("the nurse watches as many patients as they may then"));
    }

    /** Somebody was faster. */
    public static RuleViolation placeTaken(String why) {
        return RuleViolation.conflict("place-taken", why).withField("startsAt");
    }

    private Optional<Place> placeAt(Instant startsAt, Instant endsAt, String patientId, Taken taken) {
        if (!taken.patientIsFree(patientId, startsAt, endsAt)) {
            return Optional.empty();
        }
        return chairs.stream()
                .filter(chair -> taken.chairIsFree(chair.id(), startsAt, endsAt))
                .findFirst()
                .flatMap(chair -> nurses.stream()
                        .flatMap(nurse -> freeSeat(nurse, startsAt, endsAt, taken)
                                .map(seat -> new Place(startsAt, endsAt, chair.id(), nurse.id(), seat, null, null))
                                .stream())
                        .findFirst());
    }

    private static Optional<Integer> freeSeat(Nurse nurse, Instant startsAt, Instant endsAt, Taken taken) {
        for (int seat = 1; seat <= nurse.maxChairs(); seat++) {
            if (taken.seatIsFree(nurse.id(), seat, startsAt, endsAt)) {
                return Optional.of(seat);
            }
        }
        return Optional.empty();
    }
}
