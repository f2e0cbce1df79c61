package clinicops.intake.patient;

import clinicops.chassis.RuleViolation;
import clinicops.intake.patient.PatientEvent.Lapse;
import clinicops.intake.patient.PatientEvent.PlanEnd;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A person on the way from a referral to a treatment plan.
 *
 * <p>A patient is {@code referred} once, by the referrer's own key. A screening scores the instruments and runs the rules: the
 * patient is then {@code screened}, {@code needs-review} or {@code excluded}; high suicide risk takes precedence over all and
 * leads to {@code awaiting-safety-review}, where nothing but a later screening leads on. Two professionals clear the patient,
 * each for a limited time; with both clearances the patient is {@code cleared}, and falls back when one of them expires. Either
 * may decline instead: {@code declined} is final for this referral. A cleared patient who consented to a drug and route gets a
 * plan from a prescriber.
 *
 * <p>What always holds:
 *
 * <ul>
 *   <li>a clearance judges one screening: a new screening makes every clearance lapse, and changed facts those that a new
 *       finding concerns;
 *   <li>nobody is medically cleared while a finding that needs review, or an exclusion that a prescriber overrode, lacks a
 *       prescriber's reason;
 *   <li>excluded, declined, awaiting a safety review, or with a safety alert that is not resolved: no clearance, no consent,
 *       no plan;
 *   <li>who was merged into another patient stays as they were until they are unmerged; the other goes on for both, with all that
 *       is kept of both, in the danger of both;
 *   <li>a plan exists only on a consent to its drug and route; withdrawing that consent ends the plan at once.
 * </ul>
 *
 * <p>One document and one version cover all of this, so each decision is made on all the facts of its moment. Every method
 * that changes something returns what happened.
 */
@Document("patients")
public class Patient {
    @Id
    private final String id;

    @Version
    private long version;

    private final Referral referral;
    private Demographics demographics;
    private SearchKeys search;
    private Contact contact;
    private @Nullable ReportedCoverage coverage;
    private PatientStatus status;
    private @Nullable Screening screening;
    private List<FindingReview> reviews;
    private List<Clearance> clearances;
    private @Nullable Decline decline;
    private List<Consent> consents;
    private @Nullable TreatmentPlan plan;
    private List<TreatmentPlan> formerPlans;
    private @Nullable Merge merge;
    private List<String> safetyAlerts;
    /** Who was merged into this patient, directly or through another. */
    private List<String> absorbed;

    @PersistenceCreator
    Patient(
            String id,
            long version,
            Referral referral,
            Demographics demographics,
            SearchKeys search,
            Contact contact,
            @Nullable ReportedCoverage coverage,
            PatientStatus status,
            @Nullable Screening screening,
            List<FindingReview> reviews,
            List<Clearance> clearances,
            @Nullable Decline decline,
            List<Consent> consents,
            @Nullable TreatmentPlan plan,
            List<TreatmentPlan> formerPlans,
            @Nullable Merge merge,
            @Nullable List<String> safetyAlerts,
            @Nullable List<String> absorbed) {
        this.id = id;
        this.version = version;
        this.referral = referral;
        this.demographics = demographics;
        this.search = search;
        this.contact = contact;
        this.coverage = coverage;
        this.status = status;
        this.screening = screening;
        this.reviews = reviews;
        this.clearances = clearances;
        this.decline = decline;
        this.consents = consents;
        this.plan = plan;
        this.formerPlans = formerPlans;
        this.merge = merge;
        this.safetyAlerts = safetyAlerts == null ? List.of() : safetyAlerts;
        this.absorbed = absorbed == null ? List.of() : absorbed;
    }

    /** A patient who has just become one, and what there is to tell of it. */
    public record Registration(Patient patient, List<PatientEvent> events) {}

    /** @param memberId the insurance's id of the patient; null exactly when {@code coverage} is */
    public static Registration register(
            String id,
            Referral referral,
            Demographics demographics,
            Contact contact,
            @Nullable ReportedCoverage coverage,
            @Nullable String memberId) {
        Instant at = referral.receivedAt();
        var events = new ArrayList<PatientEvent>();
        events.add(new PatientEvent.Referred(id, referral));
        events.add(new PatientEvent.Registered(id, referral.id(), at));
        events.add(new PatientEvent.ContactStated(id, contact, at));
        if (coverage != null && memberId != null) {
            events.add(new PatientEvent.CoverageStated(id, coverage, memberId, at));
        }
        var patient = new Patient(
                id,
                0,
                referral,
                demographics,
                SearchKeys.of(demographics, contact),
                contact,
                coverage,
                PatientStatus.REFERRED,
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                null,
                List.of(),
                null,
                List.of(),
                List.of());
        return new Registration(patient, events);
    }

    /** Puts right who the patient is and how they are reached; the same again changes nothing. */
    public List<PatientEvent> restate(Demographics person, Contact reach, Instant at) {
        requireNotMerged();
        if (person.equals(demographics) && reach.equals(contact)) {
            return List.of();
        }
        demographics = person;
        contact = reach;
        search = SearchKeys.of(person, reach);
        return List.of(new PatientEvent.ContactStated(id, reach, at));
    }

    /**
     * Takes what the patient says of their insurance.
     *
     * @param memberIds by coverage; one whose member id did not change is left out
     */
    public List<PatientEvent> reportCoverage(
            List<ReportedCoverage> coverages, Map<ReportedCoverage, String> memberIds, Instant at) {
        requireNotMerged();
        coverage = coverages.stream()
                .min(Comparator.comparingInt(ReportedCoverage::rank))
                .orElse(null);
        return coverages.stream()
                .filter(memberIds::containsKey)
                .<PatientEvent>map(
                        c -> new PatientEvent.CoverageStated(id, c, Objects.requireNonNull(memberIds.get(c)), at))
                .toList();
    }

    /** The patient turned out to be {@code survivor}, who goes on for both. Nothing but an unmerging is possible afterwards. */
    public List<PatientEvent> mergeInto(String survivor, String by, Instant at) {
        requireNotMerged();
        merge = new Merge(survivor, by, at, status);
        status = PatientStatus.MERGED;
        return List.of(new PatientEvent.Merged(survivor, id, at));
    }

    /**
     * Takes back that the patient is {@code survivor}: stands as before.
     *
     * @throws RuleViolation {@code not-merged} (409) when the patient was not merged into that one
     */
    public List<PatientEvent> unmergeFrom(String survivor, Instant at) {
        if (merge == null || !merge.into().equals(survivor)) {
            throw RuleViolation.conflict("not-merged", "the two patients are not merged");
        }
        status = merge.before();
        merge = null;
        return List.of(new PatientEvent.Unmerged(survivor, id, at, safetyAlerts));
    }

    /**
     * Goes on for a patient who has just been merged into this one: with their ended consents and plans, and in their danger.
     * Call {@link #giveUp} before they are unmerged.
     */
    public void takeIn(Patient duplicate) {
        requireNotMerged();
        absorbed = joined(absorbed, duplicate.withAbsorbed());
        consents = joined(consents, duplicate.consents);
        formerPlans = joined(formerPlans, duplicate.formerPlans);
        safetyAlerts = joined(safetyAlerts, duplicate.safetyAlerts);
        if (duplicate.wasInDanger() && status != PatientStatus.DECLINED) {
            status = PatientStatus.AWAITING_SAFETY_REVIEW;
        }
    }

    /**
     * Lets go of what came with a patient who is about to be unmerged. An alert that was resolved meanwhile is resolved for them
     * too.
     *
     * @param others who stays merged into this patient
     * @throws RuleViolation {@code patient-merged} (409) when this patient was merged into another since
     */
    public void giveUp(Patient duplicate, List<Patient> others) {
        requireNotMerged();
        duplicate.safetyAlerts =
                duplicate.safetyAlerts.stream().filter(safetyAlerts::contains).toList();
        absorbed = without(absorbed, duplicate.withAbsorbed());
        consents = without(consents, duplicate.consents);
        formerPlans = without(formerPlans, duplicate.formerPlans);
        safetyAlerts = without(safetyAlerts, duplicate.safetyAlerts);
        boolean inDangerThemselves = screening != null && screening.suicideRisk() == SuicideRisk.HIGH;
        if (status == PatientStatus.AWAITING_SAFETY_REVIEW
                && !inDangerThemselves
                && others.stream().noneMatch(Patient::wasInDanger)) {
            status = screening == null
                    ? PatientStatus.REFERRED
                    : clearances.size() == ClearanceKind.values().length ? PatientStatus.CLEARED : standing(screening);
        }
    }

    private boolean wasInDanger() {
        return merge != null && merge.before() == PatientStatus.AWAITING_SAFETY_REVIEW;
    }

    private List<String> withAbsorbed() {
        return joined(List.of(id), absorbed);
    }

    /** @throws RuleViolation {@code patient-merged} (409) when another patient goes on in this one's place */
    public void requireNotMerged() {
        if (merge != null) {
            throw RuleViolation.conflict("patient-merged", "the patient was merged into another; that one goes on");
        }
    }

    /** Takes a new screening; whatever was decided on the one before no longer holds. */
    public List<PatientEvent> screen(Screening taken) {
        requireNotMerged();
        if (status == PatientStatus.DECLINED) {
            throw RuleViolation.conflict("patient-declined", "treatment was declined; a new referral is needed");
        }
        var events = new ArrayList<PatientEvent>();
        events.add(new PatientEvent.Screened(id, taken));
        events.addAll(lapse(clearances, Lapse.SCREENED_AGAIN, taken.completedAt()));
        reviews = List.of();
        screening = taken;
        if (taken.suicideRisk() == SuicideRisk.HIGH) {
            status = PatientStatus.AWAITING_SAFETY_REVIEW;
            return events;
        }
        status = standing(taken);
        if (status == PatientStatus.EXCLUDED) {
            events.add(new PatientEvent.Excluded(id, taken.rulesWith(Outcome.EXCLUDED), taken.completedAt()));
            endPlan(PlanEnd.DECLINED, taken.completedAt()).ifPresent(events::add);
        }
        return events;
    }

    /**
     * Takes what the rules say now of changed facts. A finding that nobody weighed yet makes the clearances lapse that it
     * concerns; one that excludes makes both lapse and ends the plan. What the rules no longer hold against the patient opens
     * the way again.
     */
    public List<PatientEvent> rejudge(List<Finding> findings, String ruleSetVersion, Instant now) {
        Screening before = screening;
        if (before == null || status == PatientStatus.DECLINED || status == PatientStatus.MERGED) {
            return List.of();
        }
        Screening judged = before.judged(findings, ruleSetVersion);
        var raised = judged.raisedSince(before);
        reviews = reviews.stream()
                .filter(r -> raised.stream().noneMatch(f -> f.rule().equals(r.rule())))
                .toList();
        screening = judged;
        var events = new ArrayList<PatientEvent>();
        if (before.outcome() != judged.outcome()) {
            events.add(new PatientEvent.Screened(id, judged));
        }
        boolean wasExcluded = status == PatientStatus.EXCLUDED;
        PatientStatus found = standing(judged);
        var lost = clearances.stream()
                .filter(c -> found == PatientStatus.EXCLUDED
                        || raised.stream().anyMatch(f -> f.concerns().contains(c.kind())))
                .toList();
        events.addAll(lapse(lost, Lapse.FACTS_CHANGED, now));
        if (status != PatientStatus.AWAITING_SAFETY_REVIEW
                && !(status == PatientStatus.CLEARED && clearances.size() == ClearanceKind.values().length)) {
            status = found;
        }
        if (status == PatientStatus.EXCLUDED && !wasExcluded) {
            events.add(new PatientEvent.Excluded(id, judged.rulesWith(Outcome.EXCLUDED), now));
            endPlan(PlanEnd.DECLINED, now).ifPresent(events::add);
        }
        return events;
    }

    /**
     * Records a prescriber's reason to go on in spite of a rule that excludes. With no other exclusion left, the patient needs
     * review.
     */
    public List<PatientEvent> override(FindingReview reviewed) {
        Screening basis = status == PatientStatus.EXCLUDED ? Objects.requireNonNull(screening) : judgeable();
        Finding finding = basis.findings().stream()
                .filter(f -> f.rule().equals(reviewed.rule()) && f.outcome() == Outcome.EXCLUDED)
                .findFirst()
                .orElseThrow(() -> new RuleViolation("finding-excludes-not", "no finding of that rule excludes"));
        if (finding.clearableBy() == null) {
            throw new RuleViolation("finding-not-overridable", "nobody may override this rule; the facts must change");
        }
        keepReview(reviewed);
        status = standing(basis);
        return List.of();
    }

    /** Takes a clearance back; what rests on it stops at once. */
    public List<PatientEvent> revoke(ClearanceKind kind, Instant now) {
        var given = clearances.stream().filter(c -> c.kind() == kind).toList();
        if (given.isEmpty()) {
            throw RuleViolation.conflict("clearance-not-there", "there is no such clearance to revoke");
        }
        var events = lapse(given, Lapse.REVOKED, now);
        fallBack();
        return events;
    }

    /**
     * Records a professional's clearance.
     *
     * @param reviewed what a prescriber has to say to findings that need review; adds to what was said before
     */
    public List<PatientEvent> clear(Clearance given, List<FindingReview> reviewed) {
        Screening basis = judgeable();
        review(basis, reviewed);
        if (given.kind() == ClearanceKind.MEDICAL) {
            requireAllReviewed(basis);
        }
        clearances = replaced(clearances, given);
        Instant now = given.givenAt();
        var valid = clearances.stream().filter(c -> c.validAt(now)).toList();
        if (valid.size() < ClearanceKind.values().length) {
            return List.of();
        }
        status = PatientStatus.CLEARED;
        LocalDate until = valid.stream()
                .map(Clearance::validUntil)
                .min(LocalDate::compareTo)
                .orElseThrow();
        boolean pregnancyPossible = basis.history().pregnancy() != Pregnancy.NOT_APPLICABLE;
        return List.of(new PatientEvent.Cleared(id, now, until, pregnancyPossible));
    }

    /** Records that a professional refuses treatment. */
    public List<PatientEvent> decline(Decline refusal) {
        judgeable();
        decline = refusal;
        clearances = List.of();
        status = PatientStatus.DECLINED;
        var events = new ArrayList<PatientEvent>();
        events.add(new PatientEvent.Declined(id, refusal.kind(), refusal.declinedAt()));
        endPlan(PlanEnd.DECLINED, refusal.declinedAt()).ifPresent(events::add);
        return events;
    }

    /** Lets go of clearances whose time is over; nothing happens when there is none such. */
    public List<PatientEvent> lapseClearances(Instant now) {
        var expired = clearances.stream().filter(c -> !c.validAt(now)).toList();
        if (expired.isEmpty()) {
            return List.of();
        }
        var events = expired.stream()
                .flatMap(c -> lapse(List.of(c), Lapse.EXPIRED, c.expiresAt()).stream())
                .toList();
        if (expired.stream().anyMatch(c -> c.kind() == ClearanceKind.MEDICAL)) {
            reviews = List.of();
        }
        fallBack();
        return events;
    }

    /** Records a signature. The same text signed again changes nothing. */
    public List<PatientEvent> sign(Consent signed) {
        judgeable();
        var before = consentTo(signed.drug(), signed.route());
        if (before.filter(c -> c.textVersion().equals(signed.textVersion())).isPresent()) {
            return List.of();
        }
        var kept = new ArrayList<Consent>();
        for (Consent consent : consents) {
            kept.add(
                    before.filter(consent::equals).isPresent()
                            ? consent.endedAt(signed.signedAt(), signed.witnessedBy(), null)
                            : consent);
        }
        kept.add(signed);
        consents = List.copyOf(kept);
        return List.of(new PatientEvent.ConsentSigned(id, signed));
    }

    /** Takes back every consent to a route. Never refused for any state of the patient. */
    public List<PatientEvent> withdrawConsent(Route route, String recordedBy, @Nullable String reason, Instant now) {
        var kept = new ArrayList<Consent>();
        var events = new ArrayList<PatientEvent>();
        boolean planLosesConsent = false;
        for (Consent consent : consents) {
            if (!consent.holds() || consent.route() != route) {
                kept.add(consent);
                continue;
            }
            Consent withdrawn = consent.endedAt(now, recordedBy, reason);
            kept.add(withdrawn);
            events.add(new PatientEvent.ConsentWithdrawn(id, withdrawn, now));
            planLosesConsent |= plan != null
                    && consent.isFor(plan.terms().drug(), plan.terms().route());
        }
        consents = List.copyOf(kept);
        if (planLosesConsent) {
            endPlan(PlanEnd.CONSENT_WITHDRAWN, now).ifPresent(events::add);
        }
        return events;
    }

    /**
     * Records a prescriber's plan: the next revision of the present one, or a new plan for another drug or route. The same
     * terms again change nothing.
     *
     * @param newPlanId used when a new plan begins
     * @param currentText version of the consent text that is in force for the drug and route
     */
    public List<PatientEvent> approvePlan(
            String newPlanId,
            PlanTerms terms,
            String currentText,
            String limitsVersion,
            String prescriber,
            Instant now) {
        judgeable();
        if (status != PatientStatus.CLEARED || clearances.stream().anyMatch(c -> !c.validAt(now))) {
            throw new RuleViolation("clearance-needed", "both clearances must be valid before a plan is made");
        }
        Consent consent = consentTo(terms.drug(), terms.route())
                .orElseThrow(() ->
                        new RuleViolation("consent-needed", "the patient has not consented to this drug and route"));
        if (!consent.textVersion().equals(currentText)) {
            throw new RuleViolation("consent-outdated", "the consent text has changed since; it must be signed again");
        }
        var events = new ArrayList<PatientEvent>();
        String planId = newPlanId;
        int revision = 1;
        if (plan != null) {
            if (plan.terms().equals(terms)) {
                return List.of();
            }
            if (consent.isFor(plan.terms().drug(), plan.terms().route())) {
                planId = plan.id();
                revision = plan.revision() + 1;
                formerPlans = appended(formerPlans, plan);
            } else {
                endPlan(PlanEnd.REPLACED, now).ifPresent(events::add);
            }
        }
        plan = new TreatmentPlan(planId, revision, terms, limitsVersion, prescriber, now);
        events.add(new PatientEvent.PlanApproved(id, plan));
        return events;
    }

    /** Marks the patient as perhaps in danger, until this alert is resolved. The alert itself tells of it. */
    public void flagForSafety(String alertId) {
        if (!safetyAlerts.contains(alertId)) {
            safetyAlerts = appended(safetyAlerts, alertId);
        }
    }

    /** This alert is resolved; the mark stays while another is not. */
    public void liftSafetyFlag(String alertId) {
        safetyAlerts =
                safetyAlerts.stream().filter(alert -> !alert.equals(alertId)).toList();
    }

    private Screening judgeable() {
        if (screening == null) {
            throw new RuleViolation("screening-needed", "the patient has not been screened yet");
        }
        return switch (status) {
            case AWAITING_SAFETY_REVIEW ->
                throw new RuleViolation(
                        "safety-review-open", "the patient may be in danger; the safety review comes first");
            case EXCLUDED -> throw new RuleViolation("patient-excluded", "a rule excludes treatment");
            case DECLINED -> throw new RuleViolation("patient-declined", "treatment was declined");
            case MERGED ->
                throw RuleViolation.conflict("patient-merged", "the patient was merged into another; that one goes on");
            case REFERRED, SCREENED, NEEDS_REVIEW, CLEARED -> {
                if (safetyFlag()) {
                    throw new RuleViolation(
                            "safety-review-open", "the patient may be in danger; resolve the safety alert first");
                }
                yield screening;
            }
        };
    }

    private void review(Screening basis, List<FindingReview> reviewed) {
        for (FindingReview review : reviewed) {
            if (!basis.rulesToWeigh().contains(review.rule())) {
                throw new RuleViolation("finding-needs-no-review", "no finding of that rule needs review")
                        .withField("reviewed");
            }
            keepReview(review);
        }
    }

    private void keepReview(FindingReview review) {
        var kept = new ArrayList<>(reviews);
        kept.removeIf(r -> r.rule().equals(review.rule()));
        kept.add(review);
        reviews = List.copyOf(kept);
    }

    private boolean isReviewed(String rule) {
        return reviews.stream().anyMatch(r -> r.rule().equals(rule));
    }

    private void requireAllReviewed(Screening basis) {
        var missing =
                basis.rulesToWeigh().stream().filter(rule -> !isReviewed(rule)).toList();
        if (!missing.isEmpty()) {
            throw new RuleViolation(
                            "findings-reviewed",
                            "a prescriber must review, with a reason: " + String.join(", ", missing))
                    .withField("reviewed");
        }
    }

    private List<PatientEvent> lapse(List<Clearance> lost, Lapse why, Instant at) {
        clearances = clearances.stream().filter(c -> !lost.contains(c)).toList();
        return lost.stream()
                .<PatientEvent>map(c -> new PatientEvent.ClearanceLapsed(id, c.kind(), why, at))
                .toList();
    }

    private void fallBack() {
        if (status == PatientStatus.CLEARED) {
            status = standing(Objects.requireNonNull(screening));
        }
    }

    private Optional<PatientEvent> endPlan(PlanEnd why, Instant at) {
        if (plan == null) {
            return Optional.empty();
        }
        var ended = new PatientEvent.PlanEnded(id, plan.id(), why, at);
        formerPlans = appended(formerPlans, plan);
        plan = null;
        return Optional.of(ended);
    }

    /** Where the rules alone leave the patient. */
    private PatientStatus standing(Screening basis) {
        if (basis.rulesWith(Outcome.EXCLUDED).stream().anyMatch(rule -> !isReviewed(rule))) {
            return PatientStatus.EXCLUDED;
        }
        return basis.outcome() == Outcome.CLEARED ? PatientStatus.SCREENED : PatientStatus.NEEDS_REVIEW;
    }

    private static List<Clearance> replaced(List<Clearance> clearances, Clearance given) {
        return Arrays.stream(ClearanceKind.values())
                .flatMap(kind -> kind == given.kind()
                        ? Stream.of(given)
                        : clearances.stream().filter(c -> c.kind() == kind))
                .toList();
    }

    private static <T> List<T> joined(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).distinct().toList();
    }

    private static <T> List<T> without(List<T> all, List<T> gone) {
        return all.stream().filter(each -> !gone.contains(each)).toList();
    }

    private static <T> List<T> appended(List<T> list, T last) {
        var longer = new ArrayList<>(list);
        longer.add(last);
        return List.copyOf(longer);
    }

    /** The consent to a drug and route that holds now. */
    public Optional<Consent> consentTo(String drug, Route route) {
        return consents.stream()
                .filter(Consent::holds)
                .filter(c -> c.isFor(drug, route))
                .findFirst();
    }

    /** True when some consent to the route holds. */
    public boolean consentsTo(Route route) {
        return consents.stream().anyMatch(c -> c.holds() && c.route() == route);
    }

    public String id() {
        return id;
    }

    /** Grows with every change; the ETag of the patient, and the sequence of its events. */
    public long version() {
        return version;
    }

    /** The patient's name in the audit. */
    public String resource() {
        return "patient/" + id;
    }

    public Referral referral() {
        return referral;
    }

    public Demographics demographics() {
        return demographics;
    }

    public Contact contact() {
        return contact;
    }

    /** What a search compares with. */
    public SearchKeys search() {
        return search;
    }

    /** Into whom the patient was merged; null when they stand for themselves. */
    public @Nullable Merge merge() {
        return merge;
    }

    public @Nullable ReportedCoverage coverage() {
        return coverage;
    }

    public PatientStatus status() {
        return status;
    }

    /** The latest screening; null before the first. */
    public @Nullable Screening screening() {
        return screening;
    }

    public List<FindingReview> reviews() {
        return List.copyOf(reviews);
    }

    public List<Clearance> clearances() {
        return List.copyOf(clearances);
    }

    public @Nullable Decline decline() {
        return decline;
    }

    public List<Consent> consents() {
        return List.copyOf(consents);
    }

    /** The plan in force; null when there is none. */
    public @Nullable TreatmentPlan plan() {
        return plan;
    }

    /** Who was merged into this patient, directly or through another: what is known of them is known of this one. */
    public List<String> absorbed() {
        return List.copyOf(absorbed);
    }

    /**
     * True from the raising of a safety alert until every alert of the patient is resolved; while merged into another, that one
     * is flagged.
     */
    public boolean safetyFlag() {
        return merge == null && !safetyAlerts.isEmpty();
    }

    /** Revisions and plans before the present one, oldest first. */
    public List<TreatmentPlan> formerPlans() {
        return List.copyOf(formerPlans);
    }
}
