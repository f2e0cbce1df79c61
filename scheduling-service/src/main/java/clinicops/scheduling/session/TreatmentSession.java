package clinicops.scheduling.session;

import clinicops.chassis.RuleViolation;
import clinicops.contracts.Money;
import clinicops.contracts.SchedulingEvent;
import clinicops.outbox.Ids;
import clinicops.scheduling.protocol.Protocol;
import clinicops.scheduling.readiness.PatientFacts;
import clinicops.scheduling.readiness.PaymentSource;
import clinicops.scheduling.readiness.TreatmentRecord;
import clinicops.scheduling.readiness.Verdict;
import clinicops.scheduling.resource.Place;
import clinicops.scheduling.session.Dosing.Device;
import clinicops.scheduling.session.Dosing.DoseOrder;
import clinicops.scheduling.session.Dosing.Draw;
import clinicops.scheduling.session.Dosing.DrugsReview;
import clinicops.scheduling.session.Dosing.Injection;
import clinicops.scheduling.session.Dosing.IvAttempt;
import clinicops.scheduling.session.Dosing.PumpSetting;
import clinicops.scheduling.session.Dosing.SecondCheck;
import clinicops.scheduling.session.Dosing.Surroundings;
import clinicops.scheduling.session.Dosing.Titration;
import clinicops.scheduling.session.Dosing.Weighed;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One treatment session, from its place in the diary to the signed note.
 *
 * <p>It is <em>booked</em> with its course, may be moved, cancelled or missed. The patient <em>checks in</em> on the day; the
 * pre-dose gate makes them <em>ready to dose</em> or <em>holds</em> them: two rechecks within half an hour, then the session
 * is cancelled without fee. A dose is ordered from measured weight, drawn by one person and checked by a second, then runs
 * (<em>dosing</em>); it is finished or <em>stopped</em>. The patient <em>recovers</em> and is <em>discharged</em> through the
 * discharge gate, to an escort. Whoever is in the clinic may leave against advice or be transferred at any time. Neither this
 * nor a stop, a rescue drug, an effect or a call for help is ever refused: from a tablet that had no network they come late, at
 * their own time, and are put on record whatever the session is by then; sent again they are the same entry. At the end a note is drafted; the prescriber's signature on it allows charges.
 *
 * <p>Invariants: no dose without a passed gate, an order, a draw, a check by a second person and an escort; no dose above the
 * range of the plan that is in force when it starts; no discharge before the observation time unless a prescriber overrides with a reason. Every method answers
 * with the events that the other services are told; names and phone numbers never are among them.
 */
@Document("sessions")
public final class TreatmentSession {
    @Id
    private final String id;

    @Version
    private long version;

    private final String courseId;
    private final String patientId;
    private final int number;
    private final String drug;
    private final String route;
    private final CourseTerms terms;
    private Place place;
    private String listKey;
    private SessionState state = SessionState.BOOKED;

    private @Nullable Escort escort;
    private @Nullable EscortCode escortCode;
    private @Nullable Instant noShowSince;
    private @Nullable Instant checkedInAt;
    private @Nullable Gate gate;
    private @Nullable Hold hold;
    private @Nullable Weighed weighed;
    private @Nullable DrugsReview drugsReview;
    private @Nullable Surroundings surroundings;
    private List<IvAttempt> ivAttempts = new ArrayList<>();
    private @Nullable DoseOrder order;
    private List<Titration> titrations = new ArrayList<>();
    private @Nullable Draw draw;
    private @Nullable SecondCheck secondCheck;
    private List<PumpSetting> pumpSettings = new ArrayList<>();
    private @Nullable Injection injection;
    private List<Device> devices = new ArrayList<>();
    private @Nullable PaymentSource paidBy;
    private @Nullable Instant doseStartedAt;
    private @Nullable Instant doseEndedAt;
    /** The patient left while the dose ran. */
    private boolean brokenOff;

    private List<Stop> stops = new ArrayList<>();
    private List<Rescue> rescues = new ArrayList<>();
    private List<AdverseEvent> adverseEvents = new ArrayList<>();
    private List<Exit> exits = new ArrayList<>();
    private @Nullable Ending ending;
    private @Nullable SessionFee fee;
    private @Nullable Discharge discharge;
    private @Nullable Note note;
    /** When it is due and whose it is, while nobody signed it: the signing queue. */
    private @Nullable String noteQueueKey;

    /** Who takes the patient home. Stays in scheduling's database. */
    public record Escort(String name, String phone, String relation, Instant namedAt) {}

    /** By which the escort is known at the door; the code itself is kept nowhere. */
    record EscortCode(String hash, int wrongTries, Instant issuedAt) {}

    /**
     * What the pre-dose gate found.
     *
     * @param vitals the baseline that recovery is measured against
     * @param softHolds findings that were weighed
     * @param rules versions of the numbers that were applied
     * @param overridden rules that were not met and that a prescriber lets pass; null in records from before that was kept
     */
    public record Gate(
            TreatmentRecord.Answers answers,
            TreatmentRecord.@Nullable Reading vitals,
            List<String> blockers,
            List<String> softHolds,
            List<String> rules,
            String by,
            Instant at,
            @Nullable List<String> overridden) {}

    /** @param recheckUntil after it the session is cancelled without fee */
    public record Hold(Instant heldAt, Instant recheckUntil, int rechecksLeft) {}

    public record Stop(String reason, SessionState during, String by, Instant at) {}

    public record Rescue(String drug, BigDecimal amountMg, String by, Instant at) {}

    /**
     * An effect on the patient. A serious one blocks the next dose until a prescriber reviewed it; one that is more than mild and
     * goes on keeps the patient here.
     *
     * @param onset when it began; null in records from before it was asked, then {@code at}
     * @param endedAt null while it goes on
     * @param done what was done about it; null when nobody said
     */
    public record AdverseEvent(
            String id,
            String effect,
            String severity,
            String by,
            Instant at,
            @Nullable Instant onset,
            @Nullable Instant endedAt,
            @Nullable String done,
            @Nullable String reviewedBy,
            @Nullable Instant reviewedAt,
            @Nullable String conclusion) {
        boolean waitsForReview() {
            return severity.equals("serious") && reviewedAt == null;
        }

        /** A closed review says how it ended. */
        boolean goesOn() {
            return endedAt == null && reviewedAt == null && !severity.equals("mild");
        }

        AdverseEvent ended(Instant end, @Nullable String whatWasDone) {
            return new AdverseEvent(
                    id, effect, severity, by, at, onset, end, whatWasDone, reviewedBy, reviewedAt, conclusion);
        }

        AdverseEvent reviewed(String reviewer, Instant when, String finding) {
            return new AdverseEvent(id, effect, severity, by, at, onset, endedAt, done, reviewer, when, finding);
        }
    }

    /** How the session ended, when not by discharge. */
    public record Ending(String reason, Instant at) {}

    /**
     * What the discharge gate was told.
     *
     * @param aldrete the five parts, 0-2 each: activity, breathing, circulation, consciousness, SpO2
     * @param failed rules that were not met and overridden
     */
    public record Discharge(
            Aldrete aldrete,
            int moaas,
            boolean dissociationOver,
            boolean walksSteadily,
            @Nullable Boolean ivOut,
            boolean instructionsGiven,
            boolean cssrsHigh,
            boolean escortPresent,
            @Nullable String escortIdSeenBy,
            @Nullable Handover handover,
            List<String> failed,
            @Nullable String overrideReason,
            String rules,
            String by,
            Instant at) {}

    /**
     * To whom the patient was handed over.
     *
     * @param by {@code code}: the escort told the code; {@code id}: somebody saw their ID
     * @param seenBy who did; null when the code was enough
     * @param to the escort's name
     */
    public record Handover(String by, @Nullable String seenBy, String to, Instant at) {}

    /** Modified Aldrete score: five parts of 0 to 2. */
    public record Aldrete(int activity, int breathing, int circulation, int consciousness, int spo2) {
        int sum() {
            return activity + breathing + circulation + consciousness + spo2;
        }
    }

    public TreatmentSession(
            String id,
            String courseId,
            String patientId,
            int number,
            String drug,
            String route,
            CourseTerms terms,
            Place place) {
        this.id = id;
        this.courseId = courseId;
        this.patientId = patientId;
        this.number = number;
        this.drug = drug;
        this.route = route;
        this.terms = terms;
        this.place = place;
        this.listKey = listKey(place, id);
    }

    /** What the others are told of a new session. */
    public SchedulingEvent booked() {
        return new SchedulingEvent.SessionBooked(
                id,
                courseId,
                patientId,
                number,
                drug,
                route,
                place.startsAt(),
                place.endsAt(),
                place.chairId(),
                place.nurseId());
    }

    /** @param codeHash of the code that the escort is given */
    List<SchedulingEvent> nameEscort(String name, String phone, String relation, String codeHash, Instant now) {
        if (state.over()) {
            throw wrongState("an escort can't be named any more");
        }
        escort = new Escort(name, phone, relation, now);
        escortCode = new EscortCode(codeHash, 0, now);
        return List.of(new SchedulingEvent.EscortNamed(id, patientId, now));
    }

    /** A new code for the same escort; the one before is void. */
    List<SchedulingEvent> renewEscortCode(String codeHash, Instant now) {
        if (state.over()) {
            throw wrongState("no escort is waited for any more");
        }
        if (escort == null) {
            throw RuleViolation.conflict("escort-missing", "nobody is named who takes the patient home");
        }
        escortCode = new EscortCode(codeHash, 0, now);
        return List.of();
    }

    List<SchedulingEvent> move(Place to) {
        require("only a booked session can be moved", SessionState.BOOKED);
        Place former = place;
        place = to;
        listKey = listKey(to, id);
        noShowSince = null;
        if (!former.startsAt().equals(to.startsAt())) {
            return List.of(new SchedulingEvent.SessionMoved(
                    id,
                    courseId,
                    patientId,
                    former.startsAt(),
                    to.startsAt(),
                    to.endsAt(),
                    to.chairId(),
                    to.nurseId()));
        }
        if (former.chairId().equals(to.chairId()) && former.nurseId().equals(to.nurseId())) {
            return List.of();
        }
        // the clinic's own news: the patient comes when they would have come
        return List.of(new SchedulingEvent.SessionPlaceChanged(
                id,
                courseId,
                patientId,
                to.startsAt(),
                to.endsAt(),
                former.chairId(),
                to.chairId(),
                former.nurseId(),
                to.nurseId()));
    }

    /** @param payerClasses of the patient's coverages; null while they are not known */
    List<SchedulingEvent> cancel(
            String reason, CancellationPolicy policy, @Nullable Collection<String> payerClasses, Instant now) {
        require(
                "once the dose began a session can't be cancelled",
                SessionState.BOOKED,
                SessionState.CHECKED_IN,
                SessionState.HELD,
                SessionState.READY_TO_DOSE);
        CancellationPolicy.Cost cost = costOfCancelling(reason, policy, payerClasses, now);
        return Stream.concat(cancelled(reason, now).stream(), charge(cost, policy, now).stream())
                .toList();
    }

    CancellationPolicy.Cost costOfCancelling(
            String reason, CancellationPolicy policy, @Nullable Collection<String> payerClasses, Instant now) {
        return policy.ofCancelling(place.startsAt(), reason, checkedInAt != null, payerClasses, now);
    }

    private Optional<SchedulingEvent> charge(CancellationPolicy.Cost cost, CancellationPolicy policy, Instant now) {
        if (cost.cents() == 0) {
            return Optional.empty();
        }
        SessionFee due =
                new SessionFee(Ids.next(), cost.kind(), Money.usd(cost.cents()), policy.reference(), now, null);
        fee = due;
        return Optional.of(new SchedulingEvent.SessionFeeDue(
                due.id(), id, patientId, due.kind(), due.amount(), due.policy(), now));
    }

    /** The clinic does without the fee. */
    List<SchedulingEvent> waiveFee(String reason, String by, Instant now) {
        SessionFee due = fee;
        if (due == null) {
            throw RuleViolation.conflict("no-fee", "nothing is due for this session");
        }
        if (due.waiver() != null) {
            throw RuleViolation.conflict("fee-waived", "the fee is waived already");
        }
        fee = due.waived(new SessionFee.FeeWaiver(reason, by, now));
        return List.of(new SchedulingEvent.SessionFeeWaived(due.id(), id, patientId, now));
    }

    /** The patient withdrew consent: what is booked is cancelled, a patient in the clinic is stopped by the gate. */
    List<SchedulingEvent> withdrawConsent(Instant now) {
        require("only a booked session is cancelled by a withdrawal", SessionState.BOOKED);
        return cancelled("consent-withdrawn", now);
    }

    /** @param payerClasses of the patient's coverages; null while they are not known */
    List<SchedulingEvent> miss(CancellationPolicy policy, @Nullable Collection<String> payerClasses, Instant now) {
        require("only a booked session can be missed", SessionState.BOOKED);
        if (now.isBefore(place.startsAt())) {
            throw RuleViolation.conflict("not-yet-due", "the session has not begun yet");
        }
        state = SessionState.NO_SHOW;
        ending = new Ending("no-show", now);
        return Stream.concat(
                        Stream.of(new SchedulingEvent.SessionMissed(id, courseId, patientId, place.startsAt(), now)),
                        charge(policy.ofMissing(payerClasses), policy, now).stream())
                .toList();
    }

    /** @param sessionDay the clinic's day of the session */
    List<SchedulingEvent> checkIn(LocalDate sessionDay, LocalDate today, Instant now) {
        require("only a booked patient can check in", SessionState.BOOKED);
        if (!sessionDay.equals(today)) {
            throw RuleViolation.conflict("not-today", "the session is on " + sessionDay);
        }
        state = SessionState.CHECKED_IN;
        checkedInAt = now;
        return List.of(new SchedulingEvent.PatientCheckedIn(id, patientId, now));
    }

    /**
     * The pre-dose gate, or a recheck of a held patient.
     *
     * @param verdict on these answers, today's facts and the last vital signs
     */
    List<SchedulingEvent> passGate(
            TreatmentRecord.Answers answers,
            TreatmentRecord.@Nullable Reading vitals,
            Verdict verdict,
            List<String> overridden,
            Protocol protocol,
            String by,
            Instant now) {
        require("the gate comes after check-in and before the dose", SessionState.CHECKED_IN, SessionState.HELD);
        Hold held = hold;
        if (state == SessionState.HELD && held != null && now.isAfter(held.recheckUntil())) {
            throw RuleViolation.conflict("recheck-time-over", "the time for rechecks is over");
        }
        gate = new Gate(
                answers,
                vitals,
                verdict.rules(),
                verdict.softHolds(),
                List.of(
                        protocol.vitals().header().reference(),
                        protocol.fasting().header().reference()),
                by,
                now,
                overridden);
        weighed = null;
        if (verdict.clear()) {
            state = SessionState.READY_TO_DOSE;
            hold = null;
            return List.of();
        }
        if (state == SessionState.CHECKED_IN || held == null) {
            state = SessionState.HELD;
            hold = new Hold(
                    now,
                    now.plus(protocol.times().recheckWindow()),
                    protocol.times().rechecks());
            return List.of(new SchedulingEvent.SessionHeld(id, patientId, verdict.rules(), now));
        }
        if (held.rechecksLeft() <= 1) {
            return cancelled("held", now);
        }
        hold = new Hold(held.heldAt(), held.recheckUntil(), held.rechecksLeft() - 1);
        return List.of();
    }

    /** The clock: nobody made the held patient ready in time. */
    List<SchedulingEvent> endHold(Instant now) {
        require("only a held session is ended by the clock", SessionState.HELD);
        Hold held = hold;
        if (held == null || !now.isAfter(held.recheckUntil())) {
            throw RuleViolation.conflict("not-yet-due", "there is still time for a recheck");
        }
        return cancelled("held", now);
    }

    /**
     * Orders the dose from measured weight, or the one that the plan fixes. Voids what was drawn and set for the order before.
     *
     * @param known the last weight that this clinic measured
     */
    List<SchedulingEvent> orderDose(
            Dosing.Wish wish,
            Optional<Dosing.Weight> known,
            PatientFacts.Plan plan,
            Protocol protocol,
            String by,
            LocalDate today,
            Instant now) {
        require(
                "a dose is ordered between check-in and start",
                SessionState.CHECKED_IN,
                SessionState.HELD,
                SessionState.READY_TO_DOSE);
        order = Dosing.order(wish, known, plan, route, protocol, by, today, now);
        titrations.clear();
        undraw();
        return List.of();
    }

    private void undraw() {
        draw = null;
        secondCheck = null;
        pumpSettings.clear();
    }

    private DoseOrder ordered() {
        DoseOrder ordered = order;
        if (ordered == null) {
            throw RuleViolation.conflict("order-missing", "no dose is ordered yet");
        }
        return ordered;
    }

    /** What the patient is to get: as ordered, or as titrated last. Null before the order. */
    @Nullable
    BigDecimal doseMg() {
        DoseOrder ordered = order;
        return ordered == null
                ? null
                : titrations.isEmpty() ? ordered.doseMg() : titrations.getLast().doseMg();
    }

    private BigDecimal doseToGive() {
        ordered();
        return Objects.requireNonNull(doseMg());
    }

    private boolean infused(Protocol protocol) {
        return protocol.times().of(route).needsPump();
    }

    private boolean byDevice(Protocol protocol) {
        return protocol.vials().deviceOf(route).isPresent();
    }

    private void requireRoute(boolean right, String what) {
        if (!right) {
            throw new RuleViolation("not-for-this-route", what);
        }
    }

    /**
     * Another dose inside the ordered range. The pump runs as before until its new setting is checked by a second person.
     *
     * @param plan in force; null when there is none any more, then the order alone limits the dose
     */
    List<SchedulingEvent> titrate(
            BigDecimal mgPerKg, PatientFacts.@Nullable Plan plan, Protocol protocol, String by, Instant now) {
        require("an infusion is titrated when the gate is passed", SessionState.READY_TO_DOSE, SessionState.DOSING);
        requireRoute(infused(protocol), "only an infusion is titrated");
        DoseOrder ordered = ordered();
        if (state == SessionState.DOSING
                && !pumpSettings.isEmpty()
                && pumpSettings.getLast().check() == null) {
            throw RuleViolation.conflict(
                    "second-check-missing", "a second person has to check the pump's last setting first");
        }
        BigDecimal present = titrations.isEmpty()
                ? ordered.doseMgPerKg()
                : titrations.getLast().doseMgPerKg();
        if (plan != null && mgPerKg.compareTo(present) > 0 && mgPerKg.compareTo(plan.doseHighMgPerKg()) > 0) {
            Dosing.requireInForce(ordered, plan);
        }
        titrations.add(Dosing.titrate(mgPerKg, ordered, draw, protocol, by, now));
        if (state == SessionState.READY_TO_DOSE) {
            pumpSettings.clear();
        }
        return List.of();
    }

    /** The drug is drawn up; voids the check and the pump's setting. */
    List<SchedulingEvent> drawDrug(Dosing.Drawn drawn, Protocol protocol, String by, Instant now) {
        require("the drug is drawn when the gate is passed", SessionState.READY_TO_DOSE);
        requireRoute(!byDevice(protocol), "by this route the dose comes in devices: nothing is drawn");
        DoseOrder ordered = ordered();
        Draw judged = Dosing.draw(drawn, ordered, doseToGive(), route, protocol, by, now);
        undraw();
        draw = judged;
        return List.of();
    }

    private Draw drawn() {
        Draw drawn = draw;
        if (drawn == null) {
            throw RuleViolation.conflict("draw-missing", "nothing is drawn yet");
        }
        return drawn;
    }

    /** What the pump is set to. While the dose runs, the setting before it goes on until a second person has checked this one. */
    List<SchedulingEvent> setPump(
            BigDecimal volumeMl, BigDecimal rateMlPerH, Protocol protocol, String by, Instant now) {
        require("the pump is set when the gate is passed", SessionState.READY_TO_DOSE, SessionState.DOSING);
        requireRoute(infused(protocol), "by this route no pump is needed");
        PumpSetting setting =
                Dosing.pumpSetting(volumeMl, rateMlPerH, doseToGive(), drawn().mgPerMl(), route, protocol, by, now);
        if (state == SessionState.READY_TO_DOSE) {
            pumpSettings.clear();
        } else {
            pumpSettings.removeIf(before -> before.check() == null);
        }
        pumpSettings.add(setting);
        return List.of();
    }

    /** A second person compares syringe and pump with the order: whatever of them nobody has checked yet. */
    List<SchedulingEvent> check(String by, Instant now) {
        require("draw and pump are checked around the dose", SessionState.READY_TO_DOSE, SessionState.DOSING);
        Draw drawn = drawn();
        boolean drawOpen = secondCheck == null;
        boolean pumpOpen = !pumpSettings.isEmpty() && pumpSettings.getLast().check() == null;
        if (drawOpen && drawn.by().equals(by)) {
            throw new RuleViolation("second-person", "who drew the drug can't be the one who checks it");
        }
        if (pumpOpen && pumpSettings.getLast().by().equals(by)) {
            throw new RuleViolation("second-person", "who set the pump can't be the one who checks it");
        }
        if (!drawOpen && !pumpOpen) {
            throw RuleViolation.conflict("nothing-to-check", "draw and pump are checked already");
        }
        if (drawOpen) {
            secondCheck = new SecondCheck(by, now);
        }
        if (pumpOpen) {
            pumpSettings.set(pumpSettings.size() - 1, pumpSettings.getLast().checked(by, now));
        }
        return List.of();
    }

    List<SchedulingEvent> tryIvLine(
            String site, int gauge, boolean success, Protocol protocol, String by, Instant now) {
        require(
                "an IV line is laid between check-in and the dose's end",
                SessionState.CHECKED_IN,
                SessionState.HELD,
                SessionState.READY_TO_DOSE,
                SessionState.DOSING);
        requireRoute(protocol.discharge().withIvLine().contains(route), "by this route no line is needed");
        ivAttempts.add(new IvAttempt(site, gauge, success, by, now));
        return List.of();
    }

    List<SchedulingEvent> setSurroundings(String music, boolean mask, String light, String by, Instant now) {
        require(
                "set and setting are noted while the patient is here",
                SessionState.CHECKED_IN,
                SessionState.HELD,
                SessionState.READY_TO_DOSE,
                SessionState.DOSING,
                SessionState.RECOVERING,
                SessionState.STOPPED);
        surroundings = new Surroundings(music, mask, light, by, now);
        return List.of();
    }

    /** A clinician weighed pressures above the soft limit and says why the dose may be given. */
    List<SchedulingEvent> weigh(String why, String by, Instant now) {
        require("a soft hold is weighed when the gate is passed", SessionState.READY_TO_DOSE);
        weighed = new Weighed(why, by, now);
        return List.of();
    }

    /** A prescriber looked at the drugs that changed. */
    List<SchedulingEvent> reviewDrugs(String conclusion, String by, Instant now) {
        require(
                "changed drugs are reviewed before the dose",
                SessionState.CHECKED_IN,
                SessionState.HELD,
                SessionState.READY_TO_DOSE);
        drugsReview = new DrugsReview(conclusion, by, now);
        return List.of();
    }

    /**
     * @param verdict whether the patient may be treated, judged anew at this moment
     * @param last the reading that it was judged by
     * @param plan in force; null when there is none, which the verdict says
     * @param site of an injection into a muscle; null for other routes
     */
    List<SchedulingEvent> startDose(
            Verdict verdict,
            PatientFacts.@Nullable Plan plan,
            TreatmentRecord.@Nullable Reading last,
            @Nullable String site,
            Protocol protocol,
            String by,
            Instant now) {
        require("the dose starts when the gate is passed", SessionState.READY_TO_DOSE);
        DoseOrder ordered = ordered();
        if (!byDevice(protocol)) {
            drawn();
            if (infused(protocol) && pumpSettings.isEmpty()) {
                throw RuleViolation.conflict("pump-setting-missing", "the pump is not set yet");
            }
            if (secondCheck == null
                    || (infused(protocol) && pumpSettings.getLast().check() == null)) {
                throw RuleViolation.conflict(
                        "second-check-missing", "a second person has to check the draw and the pump");
            }
        }
        if (escort == null) {
            throw RuleViolation.conflict("escort-missing", "nobody is named who takes the patient home");
        }
        verdict.refusal().ifPresent(refusal -> {
            throw refusal;
        });
        if (plan != null) {
            Dosing.requireInForce(ordered, plan);
        }
        Weighed judged = weighed;
        if (!verdict.softHolds().isEmpty()
                && (judged == null || (last != null && judged.at().isBefore(last.takenAt())))) {
            throw RuleViolation.conflict(
                    "soft-hold-not-weighed",
                    "a clinician has to weigh and record: " + String.join(", ", verdict.softHolds()));
        }
        if (!byDevice(protocol) && !infused(protocol)) {
            if (site == null) {
                throw new RuleViolation("injection-site-missing", "say into which muscle").withField("site");
            }
            injection = new Injection(site, drawn().volumeMl(), by, now);
        }
        paidBy = Objects.requireNonNull(verdict.payment(), "a clear verdict names what pays");
        doseStartedAt = now;
        state = SessionState.DOSING;
        return List.of(new SchedulingEvent.SessionStarted(id, courseId, patientId, drug, route, doseToGive(), now));
    }

    /** The patient used a nasal device. The dose ends with the last one. */
    List<SchedulingEvent> useDevice(String ndc, String lot, Protocol protocol, String by, Instant now) {
        require("devices are used while the dose runs", SessionState.DOSING);
        Protocol.Device device = protocol.vials()
                .deviceOf(route)
                .orElseThrow(() ->
                        new RuleViolation("not-for-this-route", "by this route the dose does not come in devices"));
        int wanted = Dosing.devices(doseToGive(), device);
        if (devices.size() >= wanted) {
            throw RuleViolation.conflict("device-count", "all " + wanted + " devices of this dose are used");
        }
        if (!devices.isEmpty()) {
            Instant earliest = devices.getLast().at().plus(device.gap());
            if (now.isBefore(earliest)) {
                throw RuleViolation.conflict(
                        "device-gap",
                        "from one device to the next " + device.gap().toMinutes() + " min: not before " + earliest);
            }
        }
        devices.add(new Device(ndc, lot, device.mg(), by, now));
        return List.of();
    }

    /**
     * Whether an entry is on record already. What can't be refused is sent until an answer comes, so it may come twice.
     *
     * @param what its code, see {@link Exit}
     * @throws RuleViolation {@code entry-exists} (409) when something else is on record under the same id
     */
    boolean knows(Entry entry, SessionAction action, String what) {
        return exits.stream()
                .filter(exit -> exit.entryId().equals(entry.id()))
                .findFirst()
                .map(known -> {
                    if (!known.action().equals(action.path()) || !known.what().equals(what)) {
                        throw RuleViolation.conflict(
                                        "entry-exists", "something else is on record under this id already")
                                .withField("entryId");
                    }
                    return true;
                })
                .orElse(false);
    }

    private void onRecord(Entry entry, SessionAction action, String what) {
        exits.add(Exit.of(entry, action, what, state));
        Note drafted = note;
        if (state.over() && drafted != null) {
            note = drafted.withLate(action.path() + (what.isEmpty() ? "" : " (" + what + ")"), entry);
        }
    }

    /**
     * Stop works in every phase, and of a tablet that had no network also after it. A running dose is interrupted, at its own
     * time. One that was ended in the meantime is known to have ended earlier. Before the dose it takes the patient back to where
     * the gate has to be passed again. Otherwise it is put on record.
     */
    List<SchedulingEvent> stop(String reason, Entry entry) {
        requireCame();
        Instant started = doseStartedAt;
        Instant ended = doseEndedAt;
        boolean ran = started != null
                && !entry.at().isBefore(started)
                && (ended == null || entry.at().isBefore(ended));
        onRecord(entry, SessionAction.STOP, reason);
        stops.add(new Stop(reason, ran ? SessionState.DOSING : state, entry.by(), entry.at()));
        switch (state) {
            case DOSING -> {
                doseEndedAt = ended(entry);
                state = SessionState.STOPPED;
                return List.of(new SchedulingEvent.SessionStopped(id, patientId, reason, doseEndedAt));
            }
            case STOPPED, RECOVERING -> {
                if (ran) {
                    doseEndedAt = ended(entry);
                    return List.of(new SchedulingEvent.SessionStopped(id, patientId, reason, doseEndedAt));
                }
                return List.of();
            }
            case READY_TO_DOSE -> {
                state = SessionState.CHECKED_IN;
                order = null;
                weighed = null;
                titrations.clear();
                undraw();
                return List.of();
            }
            default -> {
                return List.of();
            }
        }
    }

    /**
     * A dose that runs ends when the entry says; of devices with the last one. An entry from before the dose can't have ended it:
     * its clock is off, or it waited on a tablet while another began the dose. Then it ran until the entry came in, so that
     * nobody counts less than was given, and the time of watching does not begin too early.
     */
    private Instant ended(Entry entry) {
        if (!devices.isEmpty()) {
            return devices.getLast().at();
        }
        return entry.at().isBefore(Objects.requireNonNull(doseStartedAt)) ? entry.recordedAt() : entry.at();
    }

    /** Help is called for whoever sits there, in whatever state. */
    List<SchedulingEvent> callForHelp(Entry entry) {
        onRecord(entry, SessionAction.CALL_FOR_HELP, "");
        return List.of(new SchedulingEvent.HelpCalled(id, patientId, entry.at()));
    }

    /** The dose ended, or the patient goes on from an interrupted dose to recovery. */
    List<SchedulingEvent> finishDose(Protocol protocol, Instant now) {
        require("only a dose that began can be finished", SessionState.DOSING, SessionState.STOPPED);
        if (state == SessionState.DOSING) {
            Optional<Protocol.Device> device = protocol.vials().deviceOf(route);
            if (device.isPresent()) {
                int wanted = Dosing.devices(doseToGive(), device.get());
                if (devices.size() < wanted) {
                    throw RuleViolation.conflict(
                            "device-count",
                            devices.size() + " of " + wanted + " devices are used; stop to end the dose early");
                }
            }
            doseEndedAt = devices.isEmpty() ? now : devices.getLast().at();
        }
        state = SessionState.RECOVERING;
        return List.of();
    }

    List<SchedulingEvent> giveRescueDrug(String rescueDrug, BigDecimal amountMg, Entry entry) {
        requireCame();
        onRecord(entry, SessionAction.RESCUE, rescueDrug(rescueDrug, amountMg));
        rescues.add(new Rescue(rescueDrug, amountMg, entry.by(), entry.at()));
        return List.of(new SchedulingEvent.RescueDrugGiven(id, patientId, rescueDrug, amountMg, entry.at()));
    }

    /** What a rescue drug is on record as. */
    static String rescueDrug(String rescueDrug, BigDecimal amountMg) {
        return rescueDrug + " " + amountMg.stripTrailingZeros().toPlainString() + " mg";
    }

    /** Effects may also be reported after the patient left. */
    List<SchedulingEvent> recordAdverseEvent(String effect, String severity, @Nullable Instant onset, Entry entry) {
        requireCame();
        onRecord(entry, SessionAction.ADVERSE_EVENT, effect(effect, severity));
        Instant began = onset == null || onset.isAfter(entry.at()) ? entry.at() : onset;
        adverseEvents.add(new AdverseEvent(
                entry.id(), effect, severity, entry.by(), entry.at(), began, null, null, null, null, null));
        return List.of(
                new SchedulingEvent.AdverseEventRecorded(entry.id(), id, patientId, effect, severity, entry.at()));
    }

    /** What an effect is on record as. */
    static String effect(String effect, String severity) {
        return effect + ", " + severity;
    }

    /** An effect is over. */
    List<SchedulingEvent> endEffect(String adverseEventId, Instant endedAt, @Nullable String done, Instant now) {
        AdverseEvent event = adverseEvent(adverseEventId);
        Instant onset = event.onset() == null ? event.at() : event.onset();
        if (event.endedAt() != null) {
            throw RuleViolation.conflict("effect-ended", "the effect is over already");
        }
        if (endedAt.isBefore(onset) || endedAt.isAfter(now)) {
            throw new RuleViolation("effect-end", "an effect ends after its onset and not in the future")
                    .withField("endedAt");
        }
        adverseEvents.set(adverseEvents.indexOf(event), event.ended(endedAt, done));
        return List.of();
    }

    /** A prescriber closes the review of an adverse event. */
    List<SchedulingEvent> reviewAdverseEvent(String adverseEventId, String conclusion, String by, Instant now) {
        AdverseEvent event = adverseEvent(adverseEventId);
        if (event.reviewedAt() != null) {
            throw RuleViolation.conflict("review-closed", "the adverse event was reviewed already");
        }
        adverseEvents.set(adverseEvents.indexOf(event), event.reviewed(by, now, conclusion));
        return List.of();
    }

    private AdverseEvent adverseEvent(String adverseEventId) {
        return adverseEvents.stream()
                .filter(event -> event.id().equals(adverseEventId))
                .findFirst()
                .orElseThrow(() -> new RuleViolation("unknown-adverse-event", "the session has no such adverse event")
                        .withField("adverseEventId"));
    }

    /**
     * Lets the patient go, to their escort.
     *
     * @param told what the nurse found; what was not met and the handover are filled in here
     * @param codeRight the escort told the right code
     * @param seen vital signs since check-in
     * @param overridable rules that a prescriber may let pass at all
     * @param overridden rules that a prescriber lets pass in this session, each with who and why
     * @param overrideReason a prescriber's reason to let the patient go nevertheless; null when nobody overrides
     */
    List<SchedulingEvent> discharge(
            Discharge told,
            boolean codeRight,
            DischargeFailure.Seen seen,
            Protocol protocol,
            Set<String> overridable,
            Map<String, String> overridden,
            @Nullable String overrideReason,
            Instant now) {
        require("only a patient after the dose is discharged", SessionState.RECOVERING, SessionState.STOPPED);
        Instant started = Objects.requireNonNull(doseStartedAt);
        Instant ended = Objects.requireNonNull(doseEndedAt);
        List<DischargeFailure> failures =
                DischargeFailure.of(told, codeRight, seen, this, ended, protocol.discharge(), now);
        List<DischargeFailure> open = failures.stream()
                .filter(failure -> !overridden.containsKey(failure.rule()))
                .filter(failure -> overrideReason == null || !overridable.contains(failure.rule()))
                .toList();
        if (!open.isEmpty()) {
            DischargeFailure first = open.getFirst();
            RuleViolation refusal = new RuleViolation(
                    first.rule(),
                    open.stream().map(f -> f.rule() + ": " + f.why()).collect(Collectors.joining("; ")));
            throw first.field() == null ? refusal : refusal.withField(first.field());
        }
        Escort with = escort;
        discharge = new Discharge(
                told.aldrete(),
                told.moaas(),
                told.dissociationOver(),
                told.walksSteadily(),
                told.ivOut(),
                told.instructionsGiven(),
                told.cssrsHigh(),
                told.escortPresent(),
                told.escortIdSeenBy(),
                told.escortPresent() && with != null
                        ? new Handover(
                                codeRight ? "code" : "id", codeRight ? null : told.escortIdSeenBy(), with.name(), now)
                        : null,
                failures.stream().map(DischargeFailure::rule).toList(),
                failures.isEmpty() ? null : why(failures, overridden, overrideReason),
                protocol.discharge().header().reference(),
                told.by(),
                now);
        state = SessionState.DISCHARGED;
        draft(now, protocol, seen.readings());
        return List.of(new SchedulingEvent.SessionCompleted(
                id,
                courseId,
                patientId,
                number,
                drug,
                route,
                ndc(),
                givenMg(protocol),
                Objects.requireNonNull(checkedInAt),
                started,
                ended,
                now,
                otherDrugs()));
    }

    private static String why(
            List<DischargeFailure> failures, Map<String, String> overridden, @Nullable String overrideReason) {
        return Stream.concat(
                        Stream.ofNullable(overrideReason),
                        failures.stream().flatMap(failure -> Stream.ofNullable(overridden.get(failure.rule()))))
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private List<SchedulingEvent.GivenDrug> otherDrugs() {
        return rescues.stream()
                .map(r -> new SchedulingEvent.GivenDrug(r.drug(), r.amountMg(), r.at()))
                .toList();
    }

    /** What a patient got who leaves before discharge; null when no dose had begun. */
    private SchedulingEvent.@Nullable GivenDose given(Protocol protocol) {
        Instant started = doseStartedAt;
        Instant ended = doseEndedAt;
        return started == null || ended == null
                ? null
                : new SchedulingEvent.GivenDose(
                        courseId, drug, route, ndc(), givenMg(protocol), started, ended, otherDrugs());
    }

    /** Never refused to a patient who came. After another end it is put on record. */
    List<SchedulingEvent> leaveAgainstAdvice(Protocol protocol, List<VitalsAnswer> readings, Entry entry) {
        return leave(SessionAction.LEAVE_AGAINST_ADVICE, SessionState.LEFT_AGAINST_ADVICE, protocol, readings, entry)
                ? List.of(new SchedulingEvent.PatientLeftAgainstAdvice(id, patientId, entry.at(), given(protocol)))
                : List.of();
    }

    /** To a hospital; never refused for a patient who came. After another end it is put on record. */
    List<SchedulingEvent> transfer(Protocol protocol, List<VitalsAnswer> readings, Entry entry) {
        return leave(SessionAction.TRANSFER, SessionState.TRANSFERRED, protocol, readings, entry)
                ? List.of(new SchedulingEvent.PatientTransferred(id, patientId, entry.at(), given(protocol)))
                : List.of();
    }

    private Note noteOrRefuse() {
        Note drafted = note;
        if (drafted == null) {
            throw RuleViolation.conflict("note-missing", "the note is drafted when the session is over");
        }
        return drafted;
    }

    private Note unsignedNote() {
        Note drafted = noteOrRefuse();
        if (drafted.signedAt() != null) {
            throw RuleViolation.conflict("note-signed", "the note is signed already");
        }
        return drafted;
    }

    /** The prescriber's own words; what was drafted stays. */
    List<SchedulingEvent> assess(String assessment) {
        note = unsignedNote().assessed(assessment);
        return List.of();
    }

    List<SchedulingEvent> signNote(String by, Instant now) {
        note = unsignedNote().signed(by, now);
        noteQueueKey = null;
        return List.of(new SchedulingEvent.NoteSigned(id, patientId, by, now));
    }

    /** What is signed is only added to. */
    List<SchedulingEvent> addToNote(String text, String by, Instant now) {
        Note signed = noteOrRefuse();
        if (signed.signedAt() == null) {
            throw RuleViolation.conflict("note-not-signed", "write it into the note: it is not signed yet");
        }
        note = signed.with(new Note.Addendum(text, by, now));
        return List.of();
    }

    /** The clock: nobody signed in time. */
    List<SchedulingEvent> noteOverdue(Instant now) {
        Note unsigned = unsignedNote();
        Instant due = unsigned.dueAt();
        if (due == null || now.isBefore(due) || unsigned.overdueSince() != null) {
            throw RuleViolation.conflict("not-yet-due", "the note is not overdue, or known to be");
        }
        note = unsigned.overdue(now);
        return List.of(new SchedulingEvent.NoteOverdue(id, patientId, due));
    }

    /** @return whether the session ends by it, rather than having ended before */
    private boolean leave(
            SessionAction action, SessionState end, Protocol protocol, List<VitalsAnswer> readings, Entry entry) {
        requireCame();
        boolean here = state.patientIsHere();
        onRecord(entry, action, "");
        if (here) {
            if (state == SessionState.DOSING) {
                doseEndedAt = ended(entry);
                brokenOff = true;
            }
            state = end;
            ending = new Ending(end.code(), entry.at());
            draft(entry.at(), protocol, readings);
        }
        return here;
    }

    private List<SchedulingEvent> cancelled(String reason, Instant now) {
        state = SessionState.CANCELLED;
        ending = new Ending(reason, now);
        return List.of(new SchedulingEvent.SessionCancelled(id, courseId, patientId, place.startsAt(), reason, now));
    }

    /**
     * What went in. Devices count whole, an injection goes in at once, a pump whose setting was changed by its rates; otherwise an
     * interrupted infusion counts by the share of its time that it ran. Rounded down like a dose.
     */
    private BigDecimal givenMg(Protocol protocol) {
        if (byDevice(protocol)) {
            return devices.stream().map(Device::mg).reduce(BigDecimal.ZERO, BigDecimal::add);
        }
        Instant started = doseStartedAt;
        BigDecimal dose = started == null ? BigDecimal.ZERO : doseAtStart(started);
        Instant ended = doseEndedAt;
        Draw drawn = draw;
        if (!infused(protocol) || started == null || ended == null || drawn == null) {
            return dose;
        }
        if (pumpSettings.stream().filter(setting -> setting.check() != null).count() > 1) {
            return Dosing.infused(pumpSettings, drawn.mgPerMl(), started, ended, protocol.dose());
        }
        boolean interrupted = brokenOff || stops.stream().anyMatch(stop -> stop.during() == SessionState.DOSING);
        if (!interrupted) {
            return dose;
        }
        Duration planned = protocol.times().of(route).dose();
        BigDecimal ran = BigDecimal.valueOf(
                Math.min(planned.toSeconds(), Duration.between(started, ended).toSeconds()));
        return Dosing.roundedDown(
                dose.multiply(ran).divide(BigDecimal.valueOf(planned.toSeconds()), 6, RoundingMode.DOWN),
                protocol.dose());
    }

    /** What a later titration asked for counts only by the pump's setting that a second person checked. */
    private BigDecimal doseAtStart(Instant started) {
        return titrations.stream()
                .filter(titration -> !titration.at().isAfter(started))
                .reduce((_, later) -> later)
                .map(Titration::doseMg)
                .orElseGet(() -> ordered().doseMg());
    }

    /** National Drug Code of the vial or of the devices; null when none was scanned. */
    private @Nullable String ndc() {
        return draw != null
                ? draw.ndc()
                : devices.isEmpty() ? null : devices.getFirst().ndc();
    }

    private void draft(Instant now, Protocol protocol, List<VitalsAnswer> readings) {
        Note drafted = Note.draft(
                NoteDraft.of(this, givenMg(protocol), readings, now),
                now,
                protocol.times().noteSignedWithin());
        note = drafted;
        noteQueueKey = drafted.dueAt() + "|" + id;
    }

    private void require(String otherwise, SessionState... allowed) {
        if (!Arrays.asList(allowed).contains(state)) {
            throw wrongState(otherwise);
        }
    }

    private void requireCame() {
        if (checkedInAt == null) {
            throw wrongState("the patient was not there");
        }
    }

    private RuleViolation wrongState(String why) {
        return RuleViolation.conflict("session-state", why + "; the session is " + state.code());
    }

    /** Sorts lists by start; unique. */
    private static String listKey(Place place, String id) {
        return place.startsAt() + "|" + id;
    }

    /** As the monitor sees it. */
    public AtBedside atBedside() {
        return new AtBedside(
                id,
                version,
                patientId,
                route,
                new AtBedside.Seat(place.chairId(), place.nurseId()),
                state,
                checkedInAt,
                gate == null ? null : new AtBedside.Baseline(gate.vitals()),
                doseStartedAt,
                doseEndedAt,
                discharge == null ? null : new AtBedside.End(discharge.at()),
                ending == null ? null : new AtBedside.End(ending.at()));
    }

    /** As the drug log follows it. A device is used at once; a syringe is given when the dose has ended. */
    public DrugUse drugUse(Protocol protocol) {
        List<DrugUse.Taken> taken = new ArrayList<>();
        Draw drawn = draw;
        if (drawn != null) {
            taken.add(new DrugUse.Taken(drawn.ndc(), drawn.lot(), drawn.mg(), drawn.by(), drawn.at()));
        }
        devices.forEach(device ->
                taken.add(new DrugUse.Taken(device.ndc(), device.lot(), device.mg(), device.by(), device.at())));
        BigDecimal given = devices.isEmpty()
                ? doseEndedAt == null ? null : givenMg(protocol)
                : devices.stream().map(Device::mg).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new DrugUse(
                List.copyOf(taken),
                given,
                doseStartedAt,
                rescues.stream()
                        .map(rescue ->
                                new DrugUse.RescueGiven(rescue.drug(), rescue.amountMg(), rescue.by(), rescue.at()))
                        .toList());
    }

    public String id() {
        return id;
    }

    public long version() {
        return version;
    }

    public String courseId() {
        return courseId;
    }

    public String patientId() {
        return patientId;
    }

    public int number() {
        return number;
    }

    public String drug() {
        return drug;
    }

    public String route() {
        return route;
    }

    public CourseTerms terms() {
        return terms;
    }

    public Place place() {
        return place;
    }

    String listKey() {
        return listKey;
    }

    public SessionState state() {
        return state;
    }

    @Nullable
    Escort escort() {
        return escort;
    }

    @Nullable
    EscortCode escortCode() {
        return escortCode;
    }

    @Nullable
    Instant noShowSince() {
        return noShowSince;
    }

    @Nullable
    Instant checkedInAt() {
        return checkedInAt;
    }

    @Nullable
    Gate gate() {
        return gate;
    }

    @Nullable
    Hold hold() {
        return hold;
    }

    @Nullable
    DoseOrder order() {
        return order;
    }

    @Nullable
    Draw draw() {
        return draw;
    }

    @Nullable
    SecondCheck secondCheck() {
        return secondCheck;
    }

    /** Drugs that changed stand in the way until a prescriber reviewed them. */
    TreatmentRecord.@Nullable Answers judged(TreatmentRecord.@Nullable Answers answers) {
        return answers == null || drugsReview == null || !answers.drugsChanged()
                ? answers
                : new TreatmentRecord.Answers(
                        answers.solidsHours(),
                        answers.liquidsHours(),
                        answers.pregnancyTestPositive(),
                        false,
                        answers.decongestantHours(),
                        answers.pregnancyTested());
    }

    @Nullable
    Weighed weighed() {
        return weighed;
    }

    @Nullable
    DrugsReview drugsReview() {
        return drugsReview;
    }

    @Nullable
    Surroundings surroundings() {
        return surroundings;
    }

    List<IvAttempt> ivAttempts() {
        return List.copyOf(ivAttempts);
    }

    List<Titration> titrations() {
        return List.copyOf(titrations);
    }

    List<PumpSetting> pumpSettings() {
        return List.copyOf(pumpSettings);
    }

    @Nullable
    Injection injection() {
        return injection;
    }

    List<Device> devices() {
        return List.copyOf(devices);
    }

    @Nullable
    PaymentSource paidBy() {
        return paidBy;
    }

    public @Nullable Instant doseStartedAt() {
        return doseStartedAt;
    }

    @Nullable
    Instant doseEndedAt() {
        return doseEndedAt;
    }

    List<Stop> stops() {
        return List.copyOf(stops);
    }

    List<Rescue> rescues() {
        return List.copyOf(rescues);
    }

    public List<AdverseEvent> adverseEvents() {
        return List.copyOf(adverseEvents);
    }

    List<Exit> exits() {
        return List.copyOf(exits);
    }

    boolean openReview() {
        return adverseEvents.stream().anyMatch(AdverseEvent::waitsForReview);
    }

    @Nullable
    SessionFee fee() {
        return fee;
    }

    @Nullable
    Ending ending() {
        return ending;
    }

    @Nullable
    Discharge discharge() {
        return discharge;
    }

    public boolean noteSigned() {
        Note drafted = note;
        return drafted != null && drafted.signedAt() != null;
    }

    @Nullable
    String noteQueueKey() {
        return noteQueueKey;
    }

    @Nullable
    Note note() {
        return note;
    }
}
