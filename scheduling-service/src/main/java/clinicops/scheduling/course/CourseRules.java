package clinicops.scheduling.course;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.RuleViolation;
import clinicops.scheduling.course.BoosterWishes.BoosterWish;
import clinicops.scheduling.course.CourseRequests.WantedSession;
import clinicops.scheduling.protocol.Protocol;
import clinicops.scheduling.readiness.PatientFacts;
import clinicops.scheduling.readiness.Readiness;
import clinicops.scheduling.readiness.TreatmentRecord;
import clinicops.scheduling.readiness.Verdict;
import clinicops.scheduling.resource.Block;
import clinicops.scheduling.resource.Occupancy;
import clinicops.scheduling.resource.Place;
import clinicops.scheduling.resource.Roster;
import clinicops.scheduling.resource.Rosters;
import clinicops.scheduling.resource.Taken;
import clinicops.scheduling.session.CourseTerms;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The one judge of whole courses: what is suggested, held and booked passes here. */
@Component
class CourseRules {
    private final Readiness readiness;
    private final Rosters rosters;
    private final Occupancy occupancy;
    private final Protocol protocol;
    private final BusinessClock clock;
    private final BoosterWishes boosters;

    CourseRules(
            Readiness readiness,
            Rosters rosters,
            Occupancy occupancy,
            Protocol protocol,
            BusinessClock clock,
            BoosterWishes boosters) {
        this.readiness = readiness;
        this.rosters = rosters;
        this.occupancy = occupancy;
        this.protocol = protocol;
        this.clock = clock;
        this.boosters = boosters;
    }

    /**
     * What a patient's course goes by.
     *
     * @param booster what stands behind a single session; null for a course
     */
    record Grounds(
            PatientFacts facts,
            TreatmentRecord record,
            PatientFacts.Plan plan,
            CourseTerms terms,
            Block block,
            Roster roster,
            @Nullable BoosterWish booster) {
        String patientId() {
            return facts.patientId();
        }
    }

    /** @throws RuleViolation {@code no-prescriber-cover}, {@code booster-over} or the first blocker (409) */
    Grounds grounds(PatientFacts facts, @Nullable String boosterId) {
        BoosterWish booster = wish(facts, boosterId);
        TreatmentRecord record = readiness.record(facts.patientId());
        refuseIfBlocked(readiness.forBooking(facts, record, booster == null ? List.of() : List.of(earliest(booster))));
        return withoutVerdict(facts, record, booster);
    }

    private @Nullable BoosterWish wish(PatientFacts facts, @Nullable String boosterId) {
        return boosterId == null ? null : boosters.open(boosterId, facts.patientId());
    }

    private LocalDate earliest(BoosterWish booster) {
        return booster.dueFrom().isBefore(clock.today()) ? clock.today() : booster.dueFrom();
    }

    /**
     * The places that are wanted, judged for a booking: call inside its transaction, with facts that it holds.
     *
     * @throws RuleViolation the rule that a wanted session breaks, with its field
     */
    List<Place> claim(Grounds grounds, List<WantedSession> wanted) {
        List<Instant> moments = wanted.stream().map(WantedSession::startsAt).toList();
        Roster roster = grounds.roster();
        judgeDays(grounds, days(moments, roster));
        Block block = grounds.block();
        Taken taken = occupancy.taken(
                grounds.patientId(),
                moments,
                roster.meansOf(
                        wanted.stream().map(WantedSession::chairId).collect(Collectors.toSet()),
                        wanted.stream().map(WantedSession::nurseId).collect(Collectors.toSet()),
                        block),
                block.length());
        List<Place> places = new ArrayList<>();
        for (WantedSession session : wanted) {
            places.add(inSession(
                    places.size(),
                    () -> roster.claim(
                            session.startsAt(),
                            session.chairId(),
                            session.nurseId(),
                            clock.instant(),
                            block,
                            grounds.patientId(),
                            taken)));
        }
        return places;
    }

    /** Places that are held already: everything is judged again but whether they are free. */
    void judgeHeld(Grounds grounds, List<Place> places) {
        judgeDays(grounds, days(places.stream().map(Place::startsAt).toList(), grounds.roster()));
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            inSession(i, () -> {
                if (place.startsAt().isBefore(clock.instant())) {
                    throw new RuleViolation("in-the-past", "a session can't start in the past").withField("startsAt");
                }
                grounds.roster().judge(place, grounds.block()).ifPresent(refusal -> {
                    throw refusal.violation();
                });
                return place;
            });
        }
    }

    /** For places whose days are not known yet; {@link #claim} asks for the verdict on the days themselves. */
    Grounds held(String patientId, @Nullable String boosterId) {
        PatientFacts facts = readiness.hold(patientId);
        TreatmentRecord record = readiness.record(patientId);
        if (facts.activePlan().isEmpty()) {
            refuseIfBlocked(readiness.forBooking(facts, record, List.of()));
        }
        return withoutVerdict(facts, record, wish(facts, boosterId));
    }

    /** First day on which another dose may be given; empty before the first dose. */
    Optional<LocalDate> firstDay(Grounds grounds) {
        return Stream.concat(
                        firstDay(grounds.record(), grounds.terms()).stream(),
                        Stream.ofNullable(grounds.booster()).map(this::earliest))
                .max(LocalDate::compareTo);
    }

    private static Optional<LocalDate> firstDay(TreatmentRecord record, CourseTerms terms) {
        return record.lastDose().map(last -> last.plusDays(terms.gapDays()));
    }

    /** First day on which the clearance no longer holds; null when it has no end, or none is there. */
    @Nullable
    LocalDate clearedUntil(PatientFacts facts) {
        return facts.clearance().map(PatientFacts.Clearance::validUntil).orElse(null);
    }

    /** @throws RuleViolation the first blocker on these days (409) */
    void judgeReadiness(Grounds grounds, List<LocalDate> days) {
        refuseIfBlocked(readiness.forBooking(grounds.facts(), grounds.record(), days));
    }

    private Grounds withoutVerdict(PatientFacts facts, TreatmentRecord record, @Nullable BoosterWish booster) {
        Roster roster = rosters.present();
        roster.requireCover();
        PatientFacts.Plan plan = facts.activePlan().orElseThrow();
        CourseTerms terms = terms(plan);
        return new Grounds(
                facts,
                record,
                plan,
                booster == null ? terms : terms.ofBooster(),
                Block.of(protocol.times().of(plan.route())),
                roster,
                booster);
    }

    private void judgeDays(Grounds grounds, List<LocalDate> days) {
        judgeReadiness(grounds, days);
        grounds.terms().check(days);
        firstDay(grounds.record(), grounds.terms())
                .filter(first -> days.getFirst().isBefore(first))
                .ifPresent(first -> {
                    throw new RuleViolation("session-gap", "the first session is too near the last dose")
                            .withField("sessions");
                });
        BoosterWish booster = grounds.booster();
        if (booster != null && days.getFirst().isBefore(booster.dueFrom())) {
            throw new RuleViolation("booster-too-early", "the booster is due from " + booster.dueFrom() + " on")
                    .withField("sessions");
        }
    }

    private static Place inSession(int index, Supplier<Place> place) {
        try {
            return place.get();
        } catch (RuleViolation refused) {
            throw refused.field() == null ? refused : refused.withField("sessions[" + index + "]." + refused.field());
        }
    }

    private static List<LocalDate> days(List<Instant> moments, Roster roster) {
        return moments.stream().map(roster::dayOf).toList();
    }

    private static void refuseIfBlocked(Verdict verdict) {
        verdict.refusal().ifPresent(refusal -> {
            throw refusal;
        });
    }

    private static CourseTerms terms(PatientFacts.Plan plan) {
        return new CourseTerms(
                plan.planId(),
                plan.revision(),
                plan.sessions(),
                plan.minGapDays(),
                plan.courseMinDays(),
                plan.courseMaxDays(),
                plan.maxGapDays());
    }
}
