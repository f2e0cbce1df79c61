package clinicops.scheduling.home;

import clinicops.chassis.RuleViolation;
import clinicops.contracts.SchedulingEvent;
import clinicops.scheduling.readiness.PatientFacts;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Tablets that a patient takes at home between infusions: one patient's, given to a pharmacy, few of them. It never changes;
 * the patient counts what is left, and the next one follows when nothing is. The clinic takes none back: only collectors whom
 * the DEA has authorized may, so there is no way to return any here.
 */
@Document("home_prescriptions")
final class HomePrescription {
    @Id
    private final String id;

    @Version
    private long version;

    private final String patientId;
    private final String drug;
    private final Tablets tablets;
    private final String pharmacy;
    private final LocalDate pdmpQueriedOn;
    private final @Nullable LocalDate inPersonVisitOn;
    private final String prescribedBy;
    private final Instant prescribedAt;
    private final Instant checkInBy;
    private final String terms;
    private final @Nullable Under under;
    private List<Count> counts = new ArrayList<>();

    /** @param directions code of how they are taken */
    record Tablets(BigDecimal strengthMg, int number, String directions) {
        /** All together. */
        BigDecimal mg() {
            return strengthMg.multiply(BigDecimal.valueOf(number));
        }
    }

    /** The plan that was in force. */
    record Under(String planId, int revision) {}

    /** Where the tablets went that are no more. */
    enum CountReason {
        @JsonProperty("taken")
        TAKEN,
        @JsonProperty("lost")
        LOST,
        /** Given to a collector whom the DEA has authorized. */
        @JsonProperty("disposed")
        DISPOSED
    }

    /** As the patient counted. */
    record Count(int left, CountReason because, String by, Instant at) {}

    @PersistenceCreator
    HomePrescription(
            String id,
            String patientId,
            String drug,
            Tablets tablets,
            String pharmacy,
            LocalDate pdmpQueriedOn,
            @Nullable LocalDate inPersonVisitOn,
            String prescribedBy,
            Instant prescribedAt,
            Instant checkInBy,
            String terms,
            @Nullable Under under) {
        this.id = id;
        this.patientId = patientId;
        this.drug = drug;
        this.tablets = tablets;
        this.pharmacy = pharmacy;
        this.pdmpQueriedOn = pdmpQueriedOn;
        this.inPersonVisitOn = inPersonVisitOn;
        this.prescribedBy = prescribedBy;
        this.prescribedAt = prescribedAt;
        this.checkInBy = checkInBy;
        this.terms = terms;
        this.under = under;
    }

    /**
     * What is asked of every prescription.
     *
     * @throws RuleViolation {@code strength-unknown}, {@code directions-unknown}, {@code quantity-above-limit}, {@code in-the-future},
     *     {@code pdmp-too-old} or {@code in-person-visit-missing} (422), each with its field
     */
    static void check(
            Tablets tablets,
            LocalDate pdmpQueriedOn,
            @Nullable LocalDate inPersonVisitOn,
            LocalDate today,
            HomeTerms terms) {
        refuseUnless(
                terms.strengthsMg().stream().anyMatch(mg -> mg.compareTo(tablets.strengthMg()) == 0),
                "strength-unknown",
                "strengthMg",
                "tablets have " + terms.strengthsMg() + " mg");
        refuseUnless(
                terms.directions().contains(tablets.directions()),
                "directions-unknown",
                "directions",
                "directions are one of " + terms.directions());
        refuseUnless(
                tablets.number() <= terms.tabletsMost() && tablets.mg().compareTo(terms.mgMost()) <= 0,
                "quantity-above-limit",
                "tablets",
                "at most " + terms.tabletsMost() + " tablets and " + terms.mgMost() + " mg in one prescription");
        refuseUnless(
                !pdmpQueriedOn.isAfter(today),
                "in-the-future",
                "pdmpQueriedOn",
                "the prescription-monitoring query lies in the future");
        refuseUnless(
                !pdmpQueriedOn.isBefore(today.minusDays(terms.pdmpDaysMost())),
                "pdmp-too-old",
                "pdmpQueriedOn",
                "the prescription-monitoring query is older than " + terms.pdmpDaysMost() + " days");
        if (inPersonVisitOn == null) {
            refuseUnless(
                    today.isBefore(terms.inPersonVisitFrom()),
                    "in-person-visit-missing",
                    "inPersonVisitOn",
                    "from " + terms.inPersonVisitFrom() + " on the patient has to be seen in person first");
        } else {
            refuseUnless(
                    !inPersonVisitOn.isAfter(today),
                    "in-the-future",
                    "inPersonVisitOn",
                    "the visit lies in the future");
        }
    }

    private static void refuseUnless(boolean holds, String rule, String field, String why) {
        if (!holds) {
            throw new RuleViolation(rule, why).withField(field);
        }
    }

    /**
     * What a plan of tablets alone says of their strength; a plan of infusions says nothing of tablets between them.
     *
     * @throws RuleViolation {@code strength-not-of-plan} (422)
     */
    static void checkPlan(Tablets tablets, PatientFacts.Plan plan, HomeTerms terms) {
        BigDecimal planned = plan.fixedDoseMg();
        if (planned != null && plan.drug().equals(terms.drug()) && plan.route().equals(terms.route())) {
            refuseUnless(
                    planned.compareTo(tablets.strengthMg()) == 0,
                    "strength-not-of-plan",
                    "strengthMg",
                    "the plan in force is of tablets of " + planned.toPlainString() + " mg");
        }
    }

    SchedulingEvent prescribed() {
        return new SchedulingEvent.HomeTabletsPrescribed(
                id, patientId, drug, tablets.strengthMg(), tablets.number(), prescribedAt);
    }

    /**
     * The patient has counted.
     *
     * @throws RuleViolation {@code count-above-left} (422): tablets don't grow, and the clinic gives none back
     */
    void counted(int left, CountReason because, String by, Instant now) {
        if (left > left()) {
            throw new RuleViolation("count-above-left", "at most " + left() + " tablets were left before")
                    .withField("left");
        }
        counts.add(new Count(left, because, by, now));
    }

    /** As counted last; all of them while nobody has counted. */
    int left() {
        return counts.isEmpty() ? tablets.number() : counts.getLast().left();
    }

    String id() {
        return id;
    }

    long version() {
        return version;
    }

    String patientId() {
        return patientId;
    }

    String drug() {
        return drug;
    }

    Tablets tablets() {
        return tablets;
    }

    String pharmacy() {
        return pharmacy;
    }

    LocalDate pdmpQueriedOn() {
        return pdmpQueriedOn;
    }

    @Nullable
    LocalDate inPersonVisitOn() {
        return inPersonVisitOn;
    }

    String prescribedBy() {
        return prescribedBy;
    }

    Instant prescribedAt() {
        return prescribedAt;
    }

    Instant checkInBy() {
        return checkInBy;
    }

    String terms() {
        return terms;
    }

    /** Null for what was prescribed before it was kept. */
    @Nullable
    Under under() {
        return under;
    }

    List<Count> counts() {
        return List.copyOf(counts);
    }
}
