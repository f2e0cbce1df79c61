package clinicops.scheduling.resource;

import clinicops.chassis.RuleViolation;
import clinicops.scheduling.resource.Means.Kind;
import clinicops.scheduling.resource.Occupancy.MeetingTaking;
import clinicops.scheduling.resource.Occupancy.Stretch;
import clinicops.scheduling.resource.Occupancy.Taking;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The clinic's means: who and what there is, and when. What the planner offers, what a booking accepts and what a booked session
 * may keep are judged by the same rules here. Pure: what is taken is told.
 *
 * <p>A place needs, for its whole block: the clinic open, a chair in order, a nurse at work with a free seat, a prescriber at
 * work, and a pump where the route needs one. Buffers count behind the block, for chair and pump only.
 */
public final class Roster {
    static final int LONGEST_BUFFER_MINUTES = 240;
    /** No buffer behind a session is longer. */
    private static final int LONGEST_CLOSURE_DAYS = 60;

    public static final Duration LONGEST_BUFFER = Duration.ofMinutes(LONGEST_BUFFER_MINUTES);

    private final ZoneId zone;
    private final OpeningHours hours;
    private final List<Chair> chairs;
    private final List<Pump> pumps;
    private final List<Nurse> nurses;
    private final List<Prescriber> prescribers;
    private final List<Therapist> therapists;
    private final Map<String, List<Availability>> availability;
    private final Occurrences occurrences;
    private final Licences licences;
    private final Map<LocalDate, Day> days = new ConcurrentHashMap<>();

    Roster(
            ZoneId zone,
            OpeningHours hours,
            List<Chair> chairs,
            List<Pump> pumps,
            List<Nurse> nurses,
            List<Prescriber> prescribers,
            List<Availability> availability,
            Occurrences occurrences,
            Licences licences) {
        this(zone, hours, chairs, pumps, nurses, prescribers, List.of(), availability, occurrences, licences);
    }

    Roster(
            ZoneId zone,
            OpeningHours hours,
            List<Chair> chairs,
            List<Pump> pumps,
            List<Nurse> nurses,
            List<Prescriber> prescribers,
            List<Therapist> therapists,
            List<Availability> availability,
            Occurrences occurrences,
            Licences licences) {
        this.zone = zone;
        this.hours = hours;
        this.chairs = List.copyOf(chairs);
        this.pumps = List.copyOf(pumps);
        this.nurses = List.copyOf(nurses);
        this.prescribers = List.copyOf(prescribers);
        this.therapists = List.copyOf(therapists);
        this.availability = availability.stream().collect(Collectors.groupingBy(Availability::of));
        this.occurrences = occurrences;
        this.licences = licences;
    }

    /**
     * A clinic whose people work whenever it is open, and that keeps no list of pumps.
     *
     * @param zone the clinic's; opening hours and days are local to it
     */
    public Roster(
            ZoneId zone, OpeningHours hours, List<Chair> chairs, List<Nurse> nurses, List<Prescriber> prescribers) {
        this(zone, hours, chairs, List.of(), nurses, prescribers, List.of(), new Occurrences(), Licences.unknown());
    }

    public List<Chair> chairs() {
        return chairs;
    }

    public List<Nurse> nurses() {
        return nurses;
    }

    public List<Prescriber> prescribers() {
        return prescribers;
    }

    /** The clinic's day of an instant. */
    public LocalDate dayOf(Instant time) {
        return LocalDate.ofInstant(time, zone);
    }

    /** @throws RuleViolation {@code no-prescriber-cover} (409) while no prescriber is on record */
    public void requireCover() {
        if (prescribers.isEmpty()) {
            throw RuleViolation.conflict("no-prescriber-cover", "no prescriber is on the roster");
        }
    }

    /** The earliest place on a day. */
    public Optional<Place> earliestOn(LocalDate day, Instant notBefore, Block block, String patientId, Taken taken) {
        return slotsOn(day, notBefore, block, patientId, taken)
                .flatMap(slot -> slot.places().stream().limit(1))
                .findFirst();
    }

    /**
     * A moment at which a session could start.
     *
     * @param places one for each nurse who could watch; empty when something is missing
     * @param refusal what is missing: {@code patient-busy}, {@code chair-full}, {@code no-prescriber-cover}, {@code pump-missing}
     *     or {@code nurse-full}; null when nothing is
     */
    public record Slot(
            Instant startsAt, List<Place> places, @Nullable String refusal) {}

    /** Every quarter hour of the opening hours in which the block fits, in order; none when the clinic is closed. */
    public Stream<Slot> slotsOn(LocalDate day, Instant notBefore, Block block, String patientId, Taken taken) {
        DayAtHand atHand = new DayAtHand(day, block, patientId, taken);
        return of(day).open.stream().flatMap(open -> {
            Instant first = Quarter.ceiling(open.from().isBefore(notBefore) ? notBefore : open.from());
            return Stream.iterate(
                            first,
                            start -> !start.plus(block.length()).isAfter(open.until()),
                            start -> start.plus(Quarter.LENGTH))
                    .map(atHand::slot);
        });
    }

    /** Whether the clinic opens at all on a day. */
    public boolean opensOn(LocalDate day) {
        return !of(day).open.isEmpty();
    }

    /**
     * A place at that time, with as much as possible of another one: its chair, its nurse, its pump.
     *
     * @return empty when the clinic is closed or something is missing then
     */
    public Optional<Place> placeLike(Place other, Block block, String patientId, Taken taken) {
        return whenOpen(other.startsAt(), other.startsAt().plus(block.length())).isPresent()
                ? Optional.empty()
                : placeAt(other.startsAt(), block, patientId, taken, other);
    }

    /**
     * The place that was asked for; pump, prescriber and the nurse's seat are chosen here.
     *
     * @throws RuleViolation {@code quarter-hour}, {@code in-the-past}, {@code opening-hours}, {@code closed}, {@code unknown-chair},
     *     {@code unknown-nurse} (422); {@code chair-retired}, {@code chair-out-of-order}, {@code nurse-retired}, {@code nurse-away},
     *     {@code credential-expired}, {@code no-prescriber-cover}, {@code pump-missing} or {@code place-taken} (409)
     */
    public Place claim(
            Instant startsAt, String chairId, String nurseId, Instant now, Block block, String patientId, Taken taken) {
        if (!Quarter.isOn(startsAt)) {
            throw new RuleViolation("quarter-hour", "sessions start on the quarter hour").withField("startsAt");
        }
        if (startsAt.isBefore(now)) {
            throw new RuleViolation("in-the-past", "a session can't start in the past").withField("startsAt");
        }
        Instant endsAt = startsAt.plus(block.length());
        Place wanted = new Place(startsAt, endsAt, chairId, nurseId, 1, null, null);
        standing(wanted, block).ifPresent(refusal -> {
            throw refusal.violation();
        });
        if (!taken.patientIsFree(patientId, startsAt, endsAt)) {
            throw placeTaken("the patient has another session then");
        }
        if (!taken.chairIsFree(chairId, startsAt, endsAt, buffer(chairId))) {
            throw placeTaken("the chair is taken then");
        }
        Nurse nurse = nurse(nurseId).orElseThrow();
        Integer seat = freeSeat(nurse, chairId, startsAt, endsAt, taken)
                .orElseThrow(() -> placeTaken("the nurse watches as many patients as they may then"));
        Pump pump = null;
        if (needsPump(block)) {
            pump = freePump(startsAt, endsAt, taken, null).orElseThrow(() -> placeTaken("every pump is taken then"));
        }
        Prescriber cover = cover(startsAt, endsAt, null).orElseThrow();
        return new Place(startsAt, endsAt, chairId, nurseId, seat, pump == null ? null : pump.id(), cover.id());
    }

    /**
     * Whether a booked place can be kept as the clinic's means are now.
     *
     * @return the first rule that it breaks: those of {@link #claim}, {@code nurse-full} where the nurse watches fewer than
     *     before, {@code pump-out-of-order} where only its own pump is missing
     */
    public Optional<Refusal> judge(Place place, Block block) {
        Optional<Refusal> standing = standing(place, block);
        if (standing.isPresent()) {
            return standing;
        }
        if (place.seat() > nurse(place.nurseId()).orElseThrow().maxChairs()) {
            return Optional.of(Refusal.inTheWay("nurse-full", "the nurse watches fewer patients now", "nurseId"));
        }
        String pumpId = place.pumpId();
        if (pumpId != null && pumpsInOrder(place.startsAt(), place.endsAt()).noneMatch(p -> p.id().equals(pumpId))) {
            return Optional.of(Refusal.inTheWay("pump-out-of-order", "its pump is not there then", "startsAt"));
        }
        return Optional.empty();
    }

    /** Everything that {@link #claim} looks at for these chairs and nurses: the chairs, every seat, every pump. */
    public Set<String> meansOf(Collection<String> chairIds, Collection<String> nurseIds, Block block) {
        Set<String> means = new LinkedHashSet<>();
        chairIds.forEach(id -> means.add(Stretch.chair(id)));
        nurses.stream().filter(nurse -> nurseIds.contains(nurse.id())).forEach(nurse -> IntStream.rangeClosed(
                        1, nurse.maxChairs())
                .forEach(seat -> means.add(Stretch.seat(nurse.id(), seat))));
        if (needsPump(block)) {
            pumps.forEach(pump -> means.add(Stretch.pump(pump.id())));
        }
        return means;
    }

    /** What a session occupies, buffers included. */
    public Taking taking(String sessionId, String patientId, Place place) {
        String pumpId = place.pumpId();
        Duration pumpBuffer = pumps.stream()
                .filter(pump -> pump.id().equals(pumpId))
                .findFirst()
                .map(pump -> Duration.ofMinutes(pump.bufferMinutes()))
                .orElse(Duration.ZERO);
        return new Taking(sessionId, patientId, place, buffer(place.chairId()), pumpBuffer);
    }

    // --- integration: a patient with a therapist in a room
    // -----------------------------------------------------------------

    /** @throws RuleViolation {@code unknown-therapist} (422) or {@code therapist-retired} (409) on that day */
    public Therapist therapist(String id, LocalDate day) {
        Therapist found = therapists.stream()
                .filter(therapist -> therapist.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new RuleViolation("unknown-therapist", "there is no such therapist").withField("therapistId"));
        if (!Means.isThere(found, day)) {
            throw RuleViolation.conflict("therapist-retired", "the therapist is no longer here then")
                    .withField("therapistId");
        }
        return found;
    }

    /** Ids of the therapists who sign in by this name. */
    public Set<String> therapistsOf(String username) {
        return therapists.stream()
                .filter(therapist -> username.equals(therapist.username()))
                .map(Therapist::id)
                .collect(Collectors.toSet());
    }

    /** What a meeting could take: the therapist, and every room. */
    public Set<String> meansOfMeetings(String therapistId) {
        Set<String> means = new LinkedHashSet<>();
        means.add(Stretch.therapist(therapistId));
        rooms().forEach(room -> means.add(Stretch.chair(room.id())));
        return means;
    }

    /** Free meetings that begin in a span of time, in order; of each moment one room. */
    public Stream<Meeting> meetings(
            Instant from, Instant until, Duration length, String therapistId, String patientId, Taken taken) {
        return Stream.iterate(
                        Quarter.ceiling(from), start -> !start.isAfter(until), start -> start.plus(Quarter.LENGTH))
                .flatMap(start -> meetingAt(start, length, therapistId, patientId, taken).stream());
    }

    private Optional<Meeting> meetingAt(
            Instant start, Duration length, String therapistId, String patientId, Taken taken) {
        Instant end = start.plus(length);
        if (!taken.patientIsFree(patientId, start, end)
                || !taken.therapistIsFree(therapistId, start, end)
                || whenAttending(therapistId, start, end).isPresent()) {
            return Optional.empty();
        }
        return rooms().filter(room -> whenInOrder(room, start, end).isEmpty()
                        && taken.chairIsFree(room.id(), start, end, Duration.ofMinutes(room.bufferMinutes())))
                .findFirst()
                .map(room -> new Meeting(therapistId, room.id(), start, end));
    }

    /**
     * The meeting that was asked for.
     *
     * @throws RuleViolation {@code quarter-hour}, {@code in-the-past}, or the rule of {@link #judge(Meeting)}; {@code place-taken}
     *     (409) when patient, therapist or room is taken
     */
    public Meeting claim(Meeting wanted, Instant now, String patientId, Taken taken) {
        Instant start = wanted.startsAt();
        Instant end = wanted.endsAt();
        if (!Quarter.isOn(start)) {
            throw new RuleViolation("quarter-hour", "sessions start on the quarter hour").withField("startsAt");
        }
        if (start.isBefore(now)) {
            throw new RuleViolation("in-the-past", "a session can't start in the past").withField("startsAt");
        }
        judge(wanted).ifPresent(refusal -> {
            throw refusal.violation();
        });
        if (!taken.patientIsFree(patientId, start, end)) {
            throw placeTaken("the patient has another session then");
        }
        if (!taken.therapistIsFree(wanted.therapistId(), start, end)) {
            throw placeTaken("the therapist has another patient then");
        }
        if (!taken.chairIsFree(wanted.roomId(), start, end, buffer(wanted.roomId()))) {
            throw placeTaken("the room is taken then");
        }
        return wanted;
    }

    /**
     * Whether a meeting can be, whoever else is there.
     *
     * @return the first rule that it breaks: {@code opening-hours}, {@code closed}, {@code unknown-therapist}, {@code
     *     therapist-retired}, {@code therapist-away}, {@code unknown-room}, {@code chair-retired} or {@code chair-out-of-order}
     */
    public Optional<Refusal> judge(Meeting meeting) {
        Instant from = meeting.startsAt();
        Instant until = meeting.endsAt();
        return whenOpen(from, until)
                .or(() -> whenAttending(meeting.therapistId(), from, until))
                .or(() -> rooms().filter(room -> room.id().equals(meeting.roomId()))
                        .findFirst()
                        .map(room -> whenInOrder(room, from, until))
                        .orElseGet(
                                () -> Optional.of(Refusal.unsound("unknown-room", "there is no such room", "roomId"))))
                .map(refusal -> refusal.field().equals("chairId") ? refusal.of("roomId") : refusal);
    }

    private Optional<Refusal> whenAttending(String therapistId, Instant from, Instant until) {
        LocalDate day = dayOf(from);
        Optional<Therapist> found = therapists.stream()
                .filter(therapist -> therapist.id().equals(therapistId))
                .findFirst();
        if (found.isEmpty()) {
            return Optional.of(Refusal.unsound("unknown-therapist", "there is no such therapist", "therapistId"));
        }
        if (!Means.isThere(found.get(), day)) {
            return Optional.of(
                    Refusal.inTheWay("therapist-retired", "the therapist is no longer here then", "therapistId"));
        }
        return Span.covers(of(day).atWork(Kind.THERAPIST.named(therapistId)), from, until)
                ? Optional.empty()
                : Optional.of(Refusal.inTheWay(
                        "therapist-away", "the therapist is not at work all that time", "therapistId"));
    }

    private Stream<Chair> rooms() {
        return chairs.stream().filter(chair -> chair.kind() == Chair.PlaceKind.ROOM);
    }

    /** What a meeting occupies, the room's buffer included. */
    public MeetingTaking taking(String integrationId, String patientId, Meeting meeting) {
        return new MeetingTaking(integrationId, patientId, meeting, buffer(meeting.roomId()));
    }

    /** Somebody was faster. */
    public static RuleViolation placeTaken(String why) {
        return RuleViolation.conflict("place-taken", why).withField("startsAt");
    }

    /** What is wrong with a place whoever else is there. */
    private Optional<Refusal> standing(Place place, Block block) {
        Instant from = place.startsAt();
        Instant until = place.endsAt();
        return whenOpen(from, until)
                .or(() -> chair(place.chairId())
                        .map(chair -> whenInOrder(chair, from, until))
                        .orElseGet(() ->
                                Optional.of(Refusal.unsound("unknown-chair", "there is no such chair", "chairId"))))
                .or(() -> nurse(place.nurseId())
                        .map(nurse -> whenAtWork(nurse, from, until))
                        .orElseGet(() ->
                                Optional.of(Refusal.unsound("unknown-nurse", "there is no such nurse", "nurseId"))))
                .or(() -> cover(from, until, null).isPresent()
                        ? Optional.empty()
                        : Optional.of(Refusal.inTheWay(
                                "no-prescriber-cover", "no prescriber is there for the whole session", "startsAt")))
                .or(() -> needsPump(block)
                                && pumpsInOrder(from, until).findAny().isEmpty()
                        ? Optional.of(Refusal.inTheWay("pump-missing", "no infusion pump is in order then", "startsAt"))
                        : Optional.empty());
    }

    private Optional<Refusal> whenOpen(Instant from, Instant until) {
        Day day = of(dayOf(from));
        if (Span.covers(day.open, from, until)) {
            return Optional.empty();
        }
        return Optional.of(
                Span.covers(day.usuallyOpen, from, until)
                        ? Refusal.unsound("closed", "the clinic is closed then", "startsAt")
                        : Refusal.unsound(
                                "opening-hours", "the chair block has to lie within the opening hours", "startsAt"));
    }

    private Optional<Refusal> whenInOrder(Chair chair, Instant from, Instant until) {
        if (!Means.isThere(chair, dayOf(from))) {
            return Optional.of(Refusal.inTheWay("chair-retired", "the chair is no more then", "chairId"));
        }
        return isInOrder(Kind.CHAIR.named(chair.id()), from, until)
                ? Optional.empty()
                : Optional.of(Refusal.inTheWay("chair-out-of-order", "the chair is out of order then", "chairId"));
    }

    private Optional<Refusal> whenAtWork(Nurse nurse, Instant from, Instant until) {
        LocalDate day = dayOf(from);
        if (!Means.isThere(nurse, day)) {
            return Optional.of(Refusal.inTheWay("nurse-retired", "the nurse is no longer here then", "nurseId"));
        }
        if (licences.hasExpired(Kind.NURSE, nurse.username(), day)) {
            return Optional.of(Refusal.inTheWay(
                    "credential-expired", "a credential that the nurse needs has expired by then", "nurseId"));
        }
        return Span.covers(of(day).atWork(Kind.NURSE.named(nurse.id())), from, until)
                ? Optional.empty()
                : Optional.of(Refusal.inTheWay("nurse-away", "the nurse is not at work all that time", "nurseId"));
    }

    private Optional<Prescriber> cover(Instant from, Instant until, @Nullable String rather) {
        LocalDate day = dayOf(from);
        return prescribers.stream()
                .filter(prescriber -> Means.isThere(prescriber, day)
                        && !licences.hasExpired(Kind.PRESCRIBER, prescriber.username(), day)
                        && Span.covers(of(day).atWork(Kind.PRESCRIBER.named(prescriber.id())), from, until))
                .min(Comparator.comparing(prescriber -> !prescriber.id().equals(rather)));
    }

    private boolean needsPump(Block block) {
        return block.pump() && !pumps.isEmpty();
    }

    private Stream<Pump> pumpsInOrder(Instant from, Instant until) {
        LocalDate day = dayOf(from);
        return pumps.stream()
                .filter(pump -> Means.isThere(pump, day) && isInOrder(Kind.PUMP.named(pump.id()), from, until));
    }

    private boolean isInOrder(String means, Instant from, Instant until) {
        return of(dayOf(from)).without(means).stream()
                .noneMatch(gone -> gone.from().isBefore(until) && gone.until().isAfter(from));
    }

    private Duration buffer(String chairId) {
        return Duration.ofMinutes(chair(chairId).map(Chair::bufferMinutes).orElse(0));
    }

    private Optional<Chair> chair(String id) {
        return chairs.stream().filter(chair -> chair.id().equals(id)).findFirst();
    }

    private Optional<Nurse> nurse(String id) {
        return nurses.stream().filter(nurse -> nurse.id().equals(id)).findFirst();
    }

    private Optional<Place> placeAt(
            Instant startsAt, Block block, String patientId, Taken taken, @Nullable Place rather) {
        Instant endsAt = startsAt.plus(block.length());
        if (!taken.patientIsFree(patientId, startsAt, endsAt)) {
            return Optional.empty();
        }
        Optional<Chair> chair = chairs.stream()
                .filter(c -> whenInOrder(c, startsAt, endsAt).isEmpty()
                        && taken.chairIsFree(c.id(), startsAt, endsAt, Duration.ofMinutes(c.bufferMinutes())))
                .min(Comparator.comparing(c -> rather == null || !c.id().equals(rather.chairId())));
        if (chair.isEmpty()) {
            return Optional.empty();
        }
        Optional<Prescriber> cover = cover(startsAt, endsAt, rather == null ? null : rather.prescriberId());
        if (cover.isEmpty()) {
            return Optional.empty();
        }
        Optional<Pump> pump = Optional.empty();
        if (needsPump(block)) {
            pump = freePump(startsAt, endsAt, taken, rather == null ? null : rather.pumpId());
            if (pump.isEmpty()) {
                return Optional.empty();
            }
        }
        String pumpId = pump.map(Pump::id).orElse(null);
        return nurses.stream()
                .filter(nurse -> whenAtWork(nurse, startsAt, endsAt).isEmpty())
                .flatMap(nurse -> freeSeat(nurse, chair.get().id(), startsAt, endsAt, taken)
                        .map(seat -> new Place(
                                startsAt,
                                endsAt,
                                chair.get().id(),
                                nurse.id(),
                                seat,
                                pumpId,
                                cover.get().id()))
                        .stream())
                .min(Comparator.comparing(
                        place -> rather == null || !place.nurseId().equals(rather.nurseId())));
    }

    /** What is taken of each of the clinic's means, looked up once for many moments. */
    private final class DayAtHand {
        private final Block block;
        private final Taken taken;
        private final long[] ofPatient;
        private final List<long[]> ofChairs;
        private final List<List<long[]>> ofSeats;
        /** Hours of those at work that day, as nurses and prescribers are listed; none of those who are not. */
        private final List<List<Span>> nursesAtWork;

        private final List<List<Span>> prescribersAtWork;

        DayAtHand(LocalDate day, Block block, String patientId, Taken taken) {
            this.block = block;
            nursesAtWork = nurses.stream()
                    .map(nurse -> hours(Kind.NURSE, nurse, nurse.username(), day))
                    .toList();
            prescribersAtWork = prescribers.stream()
                    .map(prescriber -> hours(Kind.PRESCRIBER, prescriber, prescriber.username(), day))
                    .toList();
            this.taken = taken;
            ofPatient = taken.of(Stretch.patient(patientId));
            ofChairs = chairs.stream()
                    .map(chair -> taken.of(Stretch.chair(chair.id())))
                    .toList();
            ofSeats = nurses.stream()
                    .map(nurse -> IntStream.rangeClosed(1, nurse.maxChairs())
                            .mapToObj(seat -> taken.of(Stretch.seat(nurse.id(), seat)))
                            .toList())
                    .toList();
        }

        Slot slot(Instant startsAt) {
            Instant endsAt = startsAt.plus(block.length());
            if (!Taken.isFree(ofPatient, startsAt, endsAt)) {
                return refused(startsAt, "patient-busy");
            }
            Prescriber cover = prescriber(startsAt, endsAt);
            if (cover == null) {
                return refused(startsAt, "no-prescriber-cover");
            }
            int chair = chair(startsAt, endsAt);
            if (chair < 0) {
                return refused(startsAt, "chair-full");
            }
            Optional<Pump> pump = needsPump(block) ? freePump(startsAt, endsAt, taken, null) : Optional.empty();
            if (needsPump(block) && pump.isEmpty()) {
                return refused(startsAt, "pump-missing");
            }
            List<Place> places = new ArrayList<>();
            for (int n = 0; n < nurses.size(); n++) {
                Nurse nurse = nurses.get(n);
                int seat = seat(ofSeats.get(n), chair, startsAt, endsAt);
                if (seat > 0 && Span.covers(nursesAtWork.get(n), startsAt, endsAt)) {
                    places.add(new Place(
                            startsAt,
                            endsAt,
                            chairs.get(chair).id(),
                            nurse.id(),
                            seat,
                            pump.map(Pump::id).orElse(null),
                            cover.id()));
                }
            }
            return places.isEmpty() ? refused(startsAt, "nurse-full") : new Slot(startsAt, places, null);
        }

        private List<Span> hours(Kind kind, Means person, String username, LocalDate day) {
            return Means.isThere(person, day) && !licences.hasExpired(kind, username, day)
                    ? of(day).atWork(kind.named(person.id()))
                    : List.of();
        }

        private @Nullable Prescriber prescriber(Instant startsAt, Instant endsAt) {
            for (int p = 0; p < prescribersAtWork.size(); p++) {
                if (Span.covers(prescribersAtWork.get(p), startsAt, endsAt)) {
                    return prescribers.get(p);
                }
            }
            return null;
        }

        /** Its number in the list; below 0 when none is free. */
        private int chair(Instant startsAt, Instant endsAt) {
            for (int c = 0; c < ofChairs.size(); c++) {
                Chair chair = chairs.get(c);
                if (Taken.isFree(ofChairs.get(c), startsAt, endsAt.plus(Duration.ofMinutes(chair.bufferMinutes())))
                        && whenInOrder(chair, startsAt, endsAt).isEmpty()) {
                    return c;
                }
            }
            return -1;
        }

        /** From 1, in the order in which {@link #freeSeat} looks; 0 when the nurse has none left. */
        private static int seat(List<long[]> seats, int chair, Instant startsAt, Instant endsAt) {
            for (int i = chair; i < chair + seats.size(); i++) {
                int seat = i % seats.size();
                if (Taken.isFree(seats.get(seat), startsAt, endsAt)) {
                    return seat + 1;
                }
            }
            return 0;
        }

        private static Slot refused(Instant startsAt, String rule) {
            return new Slot(startsAt, List.of(), rule);
        }
    }

    private Optional<Pump> freePump(Instant startsAt, Instant endsAt, Taken taken, @Nullable String rather) {
        return pumpsInOrder(startsAt, endsAt)
                .filter(pump -> taken.pumpIsFree(pump.id(), startsAt, endsAt, Duration.ofMinutes(pump.bufferMinutes())))
                .min(Comparator.comparing(pump -> !pump.id().equals(rather)));
    }

    /** Beginning at a seat that neighbouring chairs don't share: desks that book them at one moment are not in each other's way. */
    private Optional<Integer> freeSeat(Nurse nurse, String chairId, Instant startsAt, Instant endsAt, Taken taken) {
        int first = IntStream.range(0, chairs.size())
                .filter(i -> chairs.get(i).id().equals(chairId))
                .findFirst()
                .orElse(0);
        return IntStream.range(first, first + nurse.maxChairs())
                .map(i -> i % nurse.maxChairs() + 1)
                .filter(seat -> taken.seatIsFree(nurse.id(), seat, startsAt, endsAt))
                .boxed()
                .findFirst();
    }

    /** A stretch of a day in which the clinic is open. */
    public record Open(Instant from, Instant until) {}

    /** When the clinic is open on a day, closures taken out. */
    public List<Open> openOn(LocalDate day) {
        return of(day).open.stream()
                .map(span -> new Open(span.from(), span.until()))
                .toList();
    }

    public boolean isOpenOn(LocalDate day) {
        return !of(day).open.isEmpty();
    }

    /** The n-th day after that one on which the clinic is open; a clinic that never opens counts every day. */
    public LocalDate businessDayAfter(LocalDate day, int businessDays) {
        LocalDate found = day;
        for (int left = businessDays; left > 0; left--) {
            LocalDate next = found.plusDays(1);
            while (!isOpenOn(next) && next.isBefore(found.plusDays(LONGEST_CLOSURE_DAYS))) {
                next = next.plusDays(1);
            }
            found = isOpenOn(next) ? next : found.plusDays(1);
        }
        return found;
    }

    private Day of(LocalDate day) {
        return days.computeIfAbsent(day, Day::new);
    }

    /** One day, each question answered once. */
    private final class Day {
        private final LocalDate date;
        private final List<Span> usuallyOpen;
        private final List<Span> open;
        private final Map<String, List<Span>> working = new ConcurrentHashMap<>();
        private final Map<String, List<Span>> gone = new ConcurrentHashMap<>();

        Day(LocalDate date) {
            this.date = date;
            List<Span> asAlways = new ArrayList<>(hours.on(date, zone).stream().toList());
            asAlways.addAll(spans(Availability.CLINIC, true));
            usuallyOpen = Span.union(asAlways);
            open = Span.minus(usuallyOpen, spans(Availability.CLINIC, false));
        }

        private List<Span> spans(String of, boolean given) {
            return availability.getOrDefault(of, List.of()).stream()
                    .filter(rule -> rule.effect().gives() == given && rule.holdsOn(date, occurrences))
                    .map(rule -> rule.on(date, zone))
                    .toList();
        }

        /** A person works in their hours, or whenever the clinic is open if none are on record, and not while away. */
        List<Span> atWork(String person) {
            return working.computeIfAbsent(person, p -> {
                boolean ownHours = availability.getOrDefault(p, List.of()).stream()
                        .anyMatch(rule -> rule.effect() == Availability.Effect.WORKS);
                return Span.minus(ownHours ? Span.union(spans(p, true)) : open, spans(p, false));
            });
        }

        /** When a thing is out of order. */
        List<Span> without(String thing) {
            return gone.computeIfAbsent(thing, t -> spans(t, false));
        }
    }
}
