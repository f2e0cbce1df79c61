package clinicops.scheduling.readiness;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What scheduling has heard of one patient from intake and billing: the little that decides whether they may be booked and
 * treated. Nothing here originates in scheduling, so it can be rebuilt from the topics.
 *
 * <p>Every part remembers which version of which aggregate it came from and ignores older news, so that a late replay
 * (ConsentSigned after ConsentWithdrawn) changes nothing. Parts of one kind guard themselves one by one: news of the consent
 * for one route never hides late news of another's.
 */
@Document("patient_facts")
public final class PatientFacts {
    @Id
    private final String patientId;

    @Version
    private long version;

    private @Nullable Clearance clearance;
    private @Nullable Plan plan;
    private List<Consent> consents = new ArrayList<>();
    private List<Coverage> coverages = new ArrayList<>();
    private List<Payer> payers = new ArrayList<>();
    private List<ReportedCoverage> reportedCoverages = new ArrayList<>();
    /** Whether payers were listened to from the beginning; null in facts from before they were. */
    private final @Nullable Boolean payersFromTheStart;

    private @Nullable Referral referral;
    private List<Authorization> authorizations = new ArrayList<>();
    private List<SelfPay> selfPay = new ArrayList<>();
    private List<String> endedPlans = new ArrayList<>();
    private List<SafetyAlert> safetyAlerts = new ArrayList<>();
    private @Nullable PregnancyTest pregnancyTest;
    private @Nullable Merge merge;
    /** When each service told something of the patient last. */
    private Map<String, Instant> heardFrom = new HashMap<>();

    /** Where a part was heard: aggregate, its version, and when it happened. */
    public record Heard(String subject, long sequence, Instant at) {
        boolean isOlderThan(Heard other) {
            return subject.equals(other.subject) ? sequence < other.sequence : at.isBefore(other.at);
        }
    }

    /**
     * @param validUntil first day on which the clearance no longer holds; null unless cleared
     * @param pregnancyPossible whether pregnancy tests apply; null when not told
     */
    public record Clearance(
            Standing standing,
            @Nullable LocalDate validUntil,
            @Nullable Boolean pregnancyPossible,
            Heard heard) {}

    /** Where the clearance stands. */
    public enum Standing {
        CLEARED,
        LAPSED,
        DECLINED
    }

    public record Consent(String drug, String route, boolean signed, Heard heard) {}

    /**
     * The latest approved plan.
     *
     * @param doseLowMgPerKg least dose that may be ordered, mg per kg of measured weight; 0 for a fixed dose
     * @param doseHighMgPerKg the cap; 0 for a fixed dose
     * @param fixedDoseMg mg whatever the weight, neither more nor less; null when the dose goes by weight
     * @param sessions in the clinic; zero for tablets at home alone
     * @param maxGapDays most days between two sessions; null when only the course's length limits them
     * @param boosters when a single session after the course may follow; null when none is planned
     */
    public record Plan(
            String planId,
            int revision,
            String drug,
            String route,
            BigDecimal doseLowMgPerKg,
            BigDecimal doseHighMgPerKg,
            @Nullable BigDecimal fixedDoseMg,
            int sessions,
            int minGapDays,
            int courseMinDays,
            int courseMaxDays,
            @Nullable Integer maxGapDays,
            @Nullable BoosterDays boosters,
            Heard heard) {}

    /** Days after the last dose: a booster is given not before the first and not after the second. */
    public record BoosterDays(int from, int to) {}

    /**
     * Who insures the patient under one coverage: commercial, medicare, medicaid ...
     *
     * @param rank 1 is the primary one; null, as the code, in facts from before they were kept
     */
    public record Payer(
            String coverageId,
            @Nullable Integer rank,
            @Nullable String payerCode,
            String payerClass,
            Heard heard) {
        private boolean isOf(ReportedCoverage reported) {
            return rank != null
                    && rank == reported.rank()
                    && reported.payerCode().equals(payerCode);
        }
    }

    /** What the patient says of their insurance; billing tells the payer's class when it knows the payer. */
    public record ReportedCoverage(int rank, String payerCode, Heard heard) {}

    /** The last referral. {@code urgency}: routine, urgent. */
    public record Referral(String urgency, Heard heard) {}

    public record Coverage(String coverageId, boolean active, boolean authorizationRequired, Heard heard) {}

    /** {@code units} sessions from {@code validFrom} to {@code validTo}, both inclusive; 0 when the payer denied. */
    public record Authorization(
            String authorizationId, int units, LocalDate validFrom, LocalDate validTo, Heard heard) {}

    public record SelfPay(String estimateId, int sessions, Heard heard) {}

    /** @param open not resolved: somebody may be in danger */
    public record SafetyAlert(String alertId, boolean open, Heard heard) {}

    /** The last one of the work-up; {@code takenAt} may lie long before it was heard. */
    public record PregnancyTest(boolean positive, Instant takenAt, Heard heard) {}

    /** @param into who goes on for this patient; null when the merging was undone */
    public record Merge(@Nullable String into, Heard heard) {}

    public PatientFacts(String patientId) {
        this(patientId, true);
    }

    @PersistenceCreator
    PatientFacts(String patientId, @Nullable Boolean payersFromTheStart) {
        this.patientId = patientId;
        this.payersFromTheStart = payersFromTheStart;
    }

    public String patientId() {
        return patientId;
    }

    public Optional<Clearance> clearance() {
        return Optional.ofNullable(clearance);
    }

    /** The plan that is in force. */
    public Optional<Plan> activePlan() {
        return Optional.ofNullable(plan).filter(p -> !endedPlans.contains(p.planId()));
    }

    /** Whether the patient agrees to this drug by this route. */
    public boolean consents(String drug, String route) {
        return consent(drug, route).filter(Consent::signed).isPresent();
    }

    Optional<Consent> consent(String drug, String route) {
        return consents.stream().filter(sameConsent(drug, route)).findFirst();
    }

    /**
     * Of all coverages on file, whichever pays first: none for a patient without insurance. Empty while it is not known of every
     * coverage: billing does not know the payer yet, or told of it before anybody here listened.
     */
    public Optional<Set<String>> payerClasses() {
        boolean known = (Boolean.TRUE.equals(payersFromTheStart) || !payers.isEmpty())
                && reportedCoverages.stream()
                        .allMatch(reported -> payers.stream().anyMatch(payer -> payer.isOf(reported)))
                && coverages.stream().allMatch(coverage -> payers.stream()
                        .anyMatch(payer -> payer.coverageId().equals(coverage.coverageId())));
        return known
                ? Optional.of(payers.stream().map(Payer::payerClass).collect(Collectors.toUnmodifiableSet()))
                : Optional.empty();
    }

    /** How urgent the referral called it; empty when no referral was heard. */
    public Optional<String> urgency() {
        return Optional.ofNullable(referral).map(Referral::urgency);
    }

    List<Coverage> coverages() {
        return List.copyOf(coverages);
    }

    List<Authorization> authorizations() {
        return List.copyOf(authorizations);
    }

    List<SelfPay> selfPay() {
        return List.copyOf(selfPay);
    }

    /** Alerts that nobody has resolved, the oldest first. */
    List<SafetyAlert> openAlerts() {
        return safetyAlerts.stream()
                .filter(SafetyAlert::open)
                .sorted(Comparator.comparing(alert -> alert.heard().at()))
                .toList();
    }

    /** Whether a safety alert is not resolved. */
    public boolean inDanger() {
        return !openAlerts().isEmpty();
    }

    Optional<PregnancyTest> pregnancyTest() {
        return Optional.ofNullable(pregnancyTest);
    }

    /** Present while this record is a duplicate of another. */
    Optional<Merge> mergedAway() {
        return Optional.ofNullable(merge).filter(m -> m.into() != null);
    }

    /** When that service told something of the patient last; null when it never did. */
    @Nullable
    Instant heardFrom(String service) {
        return heardFrom.get(service);
    }

    void heardFrom(String service, Instant at) {
        heardFrom.merge(service, at, (known, news) -> news.isAfter(known) ? news : known);
    }

    void hear(SafetyAlert news) {
        replace(safetyAlerts, news, known -> known.alertId().equals(news.alertId()), known -> news.heard()
                .isOlderThan(known.heard()));
    }

    void hear(PregnancyTest news) {
        PregnancyTest known = pregnancyTest;
        if (known == null || !news.takenAt().isBefore(known.takenAt())) {
            pregnancyTest = news;
        }
    }

    void hear(Merge news) {
        Merge known = merge;
        if (known == null || !news.heard().isOlderThan(known.heard())) {
            merge = news;
        }
    }

    void hear(Clearance news) {
        Clearance known = clearance;
        if (known == null || !news.heard().isOlderThan(known.heard())) {
            clearance = news;
        }
    }

    void hear(Consent news) {
        replace(consents, news, sameConsent(news.drug(), news.route()), known -> news.heard()
                .isOlderThan(known.heard()));
    }

    void hear(Plan news) {
        Plan known = plan;
        if (known == null || !news.heard().isOlderThan(known.heard())) {
            plan = news;
        }
    }

    void planEnded(String planId) {
        if (!endedPlans.contains(planId)) {
            endedPlans.add(planId);
        }
    }

    void hear(Payer news) {
        replace(payers, news, known -> known.coverageId().equals(news.coverageId()), known -> news.heard()
                .isOlderThan(known.heard()));
    }

    void hear(ReportedCoverage news) {
        replace(reportedCoverages, news, known -> known.rank() == news.rank(), known -> news.heard()
                .isOlderThan(known.heard()));
    }

    void hear(Referral news) {
        Referral known = referral;
        if (known == null || !news.heard().isOlderThan(known.heard())) {
            referral = news;
        }
    }

    void hear(Coverage news) {
        replace(coverages, news, known -> known.coverageId().equals(news.coverageId()), known -> news.heard()
                .isOlderThan(known.heard()));
    }

    void hear(Authorization news) {
        replace(
                authorizations,
                news,
                known -> known.authorizationId().equals(news.authorizationId()),
                known -> news.heard().isOlderThan(known.heard()));
    }

    void hear(SelfPay news) {
        replace(selfPay, news, known -> known.estimateId().equals(news.estimateId()), known -> news.heard()
                .isOlderThan(known.heard()));
    }

    private static Predicate<Consent> sameConsent(String drug, String route) {
        return known -> known.drug().equals(drug) && known.route().equals(route);
    }

    private static <T> void replace(List<T> parts, T news, Predicate<T> same, Predicate<T> newerKnown) {
        if (parts.stream().filter(same).anyMatch(newerKnown)) {
            return;
        }
        parts.removeIf(same);
        parts.add(news);
    }
}
