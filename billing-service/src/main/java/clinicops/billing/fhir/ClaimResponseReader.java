package clinicops.billing.fhir;

import clinicops.billing.authorization.PayersDecision;
import clinicops.billing.authorization.PriorAuthorization.Grant;
import clinicops.billing.claim.ClaimAnswer;
import clinicops.billing.claim.ClaimAnswer.Adjustment;
import clinicops.billing.claim.ClaimAnswer.Group;
import clinicops.billing.claim.InsurersAnswer;
import clinicops.billing.money.Usd;
import clinicops.billing.reason.ReasonCodes;
import clinicops.chassis.BusinessClock;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.hl7.fhir.r4.model.ClaimResponse.AdjudicationComponent;
import org.hl7.fhir.r4.model.ClaimResponse.ClaimResponseStatus;
import org.hl7.fhir.r4.model.ClaimResponse.ItemComponent;
import org.hl7.fhir.r4.model.ClaimResponse.PaymentComponent;
import org.hl7.fhir.r4.model.ClaimResponse.RemittanceOutcome;
import org.hl7.fhir.r4.model.ClaimResponse.TotalComponent;
import org.hl7.fhir.r4.model.ClaimResponse.Use;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The door's own rules for an insurer's answer, and its meaning. What would change the meaning and is not understood here is
 * refused, never dropped: modifier extensions, added items, categories of money that nobody asked for. Everything is found
 * at once, each with the FHIRPath of the field.
 */
@Component
class ClaimResponseReader {
    static final String ADJUDICATION = "http://terminology.hl7.org/CodeSystem/adjudication";
    static final String GROUPS = "https://x12.org/codes/claim-adjustment-group-codes";
    static final String REASONS = "https://x12.org/codes/claim-adjustment-reason-codes";
    private static final String CLAIM_TYPES = "http://terminology.hl7.org/CodeSystem/claim-type";
    private static final String BENEFIT = "benefit";
    private static final String SUBMITTED = "submitted";
    private static final String ELIGIBLE = "eligible";
    private static final int LONGEST_NUMBER = 50;
    private static final int MOST_ADJUSTMENTS = 50;
    private static final int MOST_UNITS = 100;

    private final FhirBase base;
    private final ReasonCodes reasons;
    private final BusinessClock clock;

    ClaimResponseReader(FhirBase base, ReasonCodes reasons, BusinessClock clock) {
        this.base = base;
        this.reasons = reasons;
        this.clock = clock;
    }

    /**
     * @param payerCode of the calling insurer
     * @throws FhirRefusal 422 with every broken rule
     */
    SentResponse read(ClaimResponse sent, String payerCode) {
        return new Reading(sent, payerCode).read();
    }

    /** A level of adjudications, of the whole or of one item, in cents that agree or not. */
    private static final class Level {
        private @Nullable Usd paid;
        private @Nullable Usd submitted;
        private final Map<Adjusted, Usd> adjusted = new LinkedHashMap<>();

        void add(Level item) {
            paid = sum(paid, item.paid);
            submitted = sum(submitted, item.submitted);
            item.adjusted.forEach((by, amount) -> adjusted.merge(by, amount, Usd::plus));
        }

        private static @Nullable Usd sum(@Nullable Usd one, @Nullable Usd other) {
            return one == null || other == null ? one == null ? other : one : one.plus(other);
        }

        Usd explained() {
            Usd all = paid == null ? Usd.ZERO : paid;
            for (Usd amount : adjusted.values()) {
                all = all.plus(amount);
            }
            return all;
        }

        boolean agreesWith(Level items) {
            return explained().equals(items.explained())
                    && (paid == null ? items.paid == null : paid.equals(items.paid))
                    && adjusted.equals(items.adjusted);
        }
    }

    /** Who bears an adjustment, and why. */
    private record Adjusted(Group group, String reason) {}

    private final class Reading {
        private final ClaimResponse sent;
        private final String payerCode;
        private final Findings findings = new Findings(base, clock.clinicZone());

        Reading(ClaimResponse sent, String payerCode) {
            this.sent = sent;
            this.payerCode = payerCode;
        }

        SentResponse read() {
            nothingThatIsNotUnderstood();
            status();
            type();
            insurer();
            outcome();
            String patient = findings.reference(
                    sent.hasPatient() ? sent.getPatient() : null, "Patient", "ClaimResponse.patient");
            String claim =
                    findings.reference(sent.hasRequest() ? sent.getRequest() : null, "Claim", "ClaimResponse.request");
            LocalDate created =
                    findings.day(sent.hasCreated() ? sent.getCreatedElement() : null, "ClaimResponse.created");
            Use use = sent.getUse();
            if (use == null) {
                findings.required("ClaimResponse.use");
            } else if (use == Use.PREDETERMINATION) {
                findings.broken("use-known", "has to be claim or preauthorization", "ClaimResponse.use");
            }
            if (use == Use.PREAUTHORIZATION) {
                return decision(claim, patient);
            }
            return remittance(claim, patient, created);
        }

        private void nothingThatIsNotUnderstood() {
            findings.check(
                    !sent.hasImplicitRules(), "no-implicit-rules", "is not known here", "ClaimResponse.implicitRules");
            findings.check(
                    !sent.hasModifierExtension(),
                    "no-modifier-extensions",
                    "is not understood here",
                    "ClaimResponse.modifierExtension");
            findings.check(
                    !sent.hasAddItem(), "no-added-items", "can't add to what was claimed", "ClaimResponse.addItem");
        }

        private void status() {
            if (sent.getStatus() == null) {
                findings.required("ClaimResponse.status");
            } else {
                findings.check(
                        sent.getStatus() == ClaimResponseStatus.ACTIVE,
                        "status-active",
                        "has to be active",
                        "ClaimResponse.status");
            }
        }

        private void type() {
            if (!sent.hasType()) {
                findings.required("ClaimResponse.type");
            } else {
                findings.check(
                        "professional".equals(Findings.code(sent.getType(), CLAIM_TYPES)),
                        "type-of-claim",
                        "has to be that of the claim: professional of " + CLAIM_TYPES,
                        "ClaimResponse.type");
            }
        }

        private void insurer() {
            if (!sent.hasInsurer()) {
                findings.required("ClaimResponse.insurer");
                return;
            }
            if (!sent.getInsurer().hasIdentifier()) {
                findings.required("ClaimResponse.insurer.identifier");
                return;
            }
            Identifier identifier = sent.getInsurer().getIdentifier();
            findings.check(
                    payerCode.equals(identifier.getValue())
                            && base.identifierSystem("payer").equals(identifier.getSystem()),
                    "insurer-is-caller",
                    "has to be yourself, as the claim names you",
                    "ClaimResponse.insurer.identifier");
        }

        private void outcome() {
            if (sent.getOutcome() == null) {
                findings.required("ClaimResponse.outcome");
                return;
            }
            findings.check(
                    sent.getOutcome() == RemittanceOutcome.COMPLETE,
                    "outcome-complete",
                    "has to be complete: send the final answer only",
                    "ClaimResponse.outcome");
            findings.check(
                    !sent.hasError(), "outcome-complete", "a complete answer has no errors", "ClaimResponse.error");
        }

        // --- use claim -----------------------------------------------------------------------------------------------

        private SentResponse remittance(
                @Nullable String claim, @Nullable String patient, @Nullable LocalDate decidedOn) {
            String number = findings.identifier(sent.getIdentifier(), LONGEST_NUMBER, "ClaimResponse.identifier");
            Level header = sent.hasAdjudication() ? level(sent.getAdjudication(), "ClaimResponse.adjudication") : null;
            Level items = null;
            Set<Integer> sequences = new HashSet<>();
            int highest = 0;
            for (int i = 0; i < sent.getItem().size(); i++) {
                ItemComponent item = sent.getItem().get(i);
                String path = "ClaimResponse.item[" + i + "]";
                highest = Math.max(highest, sequence(item, sequences, path));
                findings.check(!item.hasDetail(), "no-details", "the claim's lines have no details", path + ".detail");
                if (!item.hasAdjudication()) {
                    findings.required(path + ".adjudication");
                } else if (header == null || adjudicatesMoney(item)) {
                    items = items == null ? new Level() : items;
                    items.add(level(item.getAdjudication(), path + ".adjudication"));
                }
            }
            if (header == null && items == null && !sent.hasItem()) {
                findings.required("ClaimResponse.adjudication");
            }
            findings.refuseIfAny();
            if (header != null && items != null) {
                findings.check(
                        header.agreesWith(items),
                        "header-sums-items",
                        "has to be the sum of the items' adjudications",
                        "ClaimResponse.adjudication");
            }
            Level whole = given(header == null ? items : header);
            agreeing(whole, header == null ? "ClaimResponse.item" : "ClaimResponse.adjudication");
            findings.refuseIfAny();
            List<Adjustment> adjustments = new ArrayList<>();
            whole.adjusted.forEach((by, amount) -> adjustments.add(new Adjustment(by.group(), by.reason(), amount)));
            Usd paid = given(whole.paid);
            boolean denied = paid.nothing()
                    && whole.adjusted.entrySet().stream()
                            .noneMatch(a -> a.getKey().group() == Group.PR
                                    && a.getValue().positive());
            return new SentResponse.Remittance(new InsurersAnswer(
                    given(claim),
                    payerCode,
                    given(patient),
                    highest,
                    new ClaimAnswer(
                            denied ? ClaimAnswer.Outcome.DENIED : ClaimAnswer.Outcome.PAID,
                            paid,
                            adjustments,
                            given(number),
                            given(decidedOn))));
        }

        private static boolean adjudicatesMoney(ItemComponent item) {
            return item.getAdjudication().stream().anyMatch(AdjudicationComponent::hasAmount);
        }

        private int sequence(ItemComponent item, Set<Integer> sequences, String path) {
            if (!item.hasItemSequence()) {
                findings.required(path + ".itemSequence");
                return 0;
            }
            int sequence = item.getItemSequence();
            findings.check(
                    sequence > 0 && sequences.add(sequence),
                    "item-sequence",
                    "has to be the number of a line of the claim, each once",
                    path + ".itemSequence");
            return sequence;
        }

        private Level level(List<AdjudicationComponent> adjudications, String path) {
            var level = new Level();
            boolean benefitSeen = false;
            int adjustments = 0;
            for (int i = 0; i < adjudications.size(); i++) {
                AdjudicationComponent each = adjudications.get(i);
                String at = path + "[" + i + "]";
                findings.check(
                        !each.hasModifierExtension(),
                        "no-modifier-extensions",
                        "is not understood here",
                        at + ".modifierExtension");
                String group = Findings.code(each.getCategory(), GROUPS);
                String category = Findings.code(each.getCategory(), ADJUDICATION);
                if (!each.hasCategory()) {
                    findings.required(at + ".category");
                } else if (group != null && category == null) {
                    adjustments++;
                    adjustment(level, each, group, at);
                } else if (group == null && BENEFIT.equals(category)) {
                    findings.check(!benefitSeen, "benefit-once", "what is paid is said once", at);
                    benefitSeen = true;
                    level.paid = amount(each, at);
                } else if (group == null && SUBMITTED.equals(category)) {
                    findings.check(level.submitted == null, "submitted-once", "what was charged is said once", at);
                    level.submitted = amount(each, at);
                } else {
                    findings.broken(
                            "adjudication-category",
                            "has to be benefit, submitted, or one of CO, PR, OA, PI, with its system",
                            at + ".category");
                }
            }
            if (!benefitSeen) {
                findings.broken("benefit-once", "has to say what is paid, be it nothing", path);
            }
            findings.check(
                    adjustments <= MOST_ADJUSTMENTS,
                    "adjustments-at-most",
                    "has at most " + MOST_ADJUSTMENTS + " adjustments",
                    path);
            return level;
        }

        private void adjustment(Level level, AdjudicationComponent each, String code, String at) {
            Group group = null;
            for (Group known : Group.values()) {
                group = known.name().equals(code) ? known : group;
            }
            findings.check(
                    group != null, "adjustment-group", "has to be CO, PR, OA or PI", at + ".category.coding.code");
            String reason = reason(each, at);
            Usd amount = amount(each, at);
            if (group != null && reason != null && amount != null) {
                level.adjusted.merge(new Adjusted(group, reason), amount, Usd::plus);
            }
        }

        private @Nullable String reason(AdjudicationComponent each, String at) {
            if (!each.hasReason()) {
                findings.required(at + ".reason");
                return null;
            }
            String reason = Findings.code(each.getReason(), REASONS);
            if (reason == null || !reasons.knows(reason)) {
                findings.note(
                        IssueType.CODEINVALID,
                        "reason-code-known",
                        "has to be a claim adjustment reason code (CARC) of " + REASONS,
                        at + ".reason");
                return null;
            }
            return reason;
        }

        private @Nullable Usd amount(AdjudicationComponent each, String at) {
            return findings.money(each.hasAmount() ? each.getAmount() : null, at + ".amount");
        }

        /** What says the same twice has to say the same. */
        private void agreeing(Level whole, String path) {
            findings.check(
                    whole.submitted == null || whole.submitted.equals(whole.explained()),
                    "remittance-balances",
                    "what is paid and the adjustments have to make what was submitted",
                    path);
            for (int i = 0; i < sent.getTotal().size(); i++) {
                TotalComponent total = sent.getTotal().get(i);
                String at = "ClaimResponse.total[" + i + "]";
                String category = Findings.code(total.getCategory(), ADJUDICATION);
                Usd expected =
                        switch (category == null ? "" : category) {
                            case BENEFIT -> whole.paid;
                            case SUBMITTED -> whole.explained();
                            default -> null;
                        };
                if (expected == null) {
                    findings.broken("total-agrees", "has to be of benefit or submitted", at + ".category");
                    continue;
                }
                Usd amount = findings.money(total.hasAmount() ? total.getAmount() : null, at + ".amount");
                findings.check(
                        amount == null || amount.equals(expected),
                        "total-agrees",
                        "has to be the sum of the adjudications",
                        at + ".amount");
            }
            if (sent.hasPayment()) {
                payment(sent.getPayment(), whole.paid);
            }
        }

        private void payment(PaymentComponent payment, @Nullable Usd paid) {
            Usd amount =
                    findings.money(payment.hasAmount() ? payment.getAmount() : null, "ClaimResponse.payment.amount");
            findings.check(
                    amount == null || amount.equals(paid),
                    "payment-agrees",
                    "has to be what the adjudications say is paid",
                    "ClaimResponse.payment.amount");
            findings.check(
                    !payment.hasAdjustment(),
                    "payment-agrees",
                    "can't differ from what the adjudications say",
                    "ClaimResponse.payment.adjustment");
        }

        // --- use preauthorization ------------------------------------------------------------------------------------

        private SentResponse decision(@Nullable String authorization, @Nullable String patient) {
            @Nullable Grant grant = null;
            String reason = null;
            if (sent.hasPreAuthRef()) {
                grant = grant();
            } else {
                findings.check(
                        !sent.hasPreAuthPeriod(),
                        "decision-complete",
                        "a period is granted with a number (preAuthRef) only",
                        "ClaimResponse.preAuthPeriod");
                reason = denial();
            }
            findings.refuseIfAny();
            return new SentResponse.Decision(
                    new PayersDecision(given(authorization), payerCode, given(patient), grant, reason));
        }

        private @Nullable Grant grant() {
            String number = findings.text(sent.getPreAuthRef(), LONGEST_NUMBER, "ClaimResponse.preAuthRef");
            var period = sent.getPreAuthPeriod();
            LocalDate from = findings.day(
                    period.hasStart() ? period.getStartElement() : null, "ClaimResponse.preAuthPeriod.start");
            LocalDate to =
                    findings.day(period.hasEnd() ? period.getEndElement() : null, "ClaimResponse.preAuthPeriod.end");
            Integer units = units();
            if (number == null || from == null || to == null || units == null) {
                return null;
            }
            if (to.isBefore(from)) {
                findings.broken(
                        "valid-to-after-valid-from",
                        "the last day lies before the first one",
                        "ClaimResponse.preAuthPeriod.end");
                return null;
            }
            return new Grant(number, units, from, to);
        }

        private @Nullable Integer units() {
            if (sent.getItem().size() != 1) {
                findings.broken("one-item", "has to be one: the sessions that are granted", "ClaimResponse.item");
                return null;
            }
            ItemComponent item = sent.getItem().getFirst();
            findings.check(
                    item.getItemSequence() == 1,
                    "item-sequence",
                    "has to be 1, the only one of the request",
                    "ClaimResponse.item[0].itemSequence");
            BigDecimal units = null;
            String path = "ClaimResponse.item[0].adjudication";
            for (int i = 0; i < item.getAdjudication().size(); i++) {
                AdjudicationComponent each = item.getAdjudication().get(i);
                if (!ELIGIBLE.equals(Findings.code(each.getCategory(), ADJUDICATION))) {
                    findings.broken(
                            "adjudication-category",
                            "has to be eligible of " + ADJUDICATION,
                            path + "[" + i + "].category");
                    return null;
                }
                if (units != null || !each.hasValue()) {
                    findings.broken("units-once", "has to say the sessions granted, once", path + "[" + i + "].value");
                    return null;
                }
                units = each.getValue();
            }
            if (units == null) {
                findings.required(path);
                return null;
            }
            if (units.compareTo(BigDecimal.ONE) < 0
                    || units.compareTo(BigDecimal.valueOf(MOST_UNITS)) > 0
                    || units.stripTrailingZeros().scale() > 0) {
                findings.broken("units-whole", "has to be a whole number from 1 to " + MOST_UNITS, path + "[0].value");
                return null;
            }
            return units.intValueExact();
        }

        private @Nullable String denial() {
            Set<String> found = new LinkedHashSet<>();
            reasons(sent.getAdjudication(), "ClaimResponse.adjudication", found);
            for (int i = 0; i < sent.getItem().size(); i++) {
                reasons(sent.getItem().get(i).getAdjudication(), "ClaimResponse.item[" + i + "].adjudication", found);
            }
            if (found.size() > 1) {
                findings.broken("one-reason", "a denial has one reason", "ClaimResponse.adjudication");
            } else if (found.isEmpty()) {
                findings.broken(
                        "decision-complete",
                        "grant it with a number (preAuthRef), or deny it with a reason (CARC)",
                        "ClaimResponse.adjudication");
            }
            return found.isEmpty() ? null : found.iterator().next();
        }

        private void reasons(List<AdjudicationComponent> adjudications, String path, Set<String> found) {
            for (int i = 0; i < adjudications.size(); i++) {
                AdjudicationComponent each = adjudications.get(i);
                if (each.hasReason()) {
                    String reason = reason(each, path + "[" + i + "]");
                    if (reason != null) {
                        found.add(reason);
                    }
                }
            }
        }

        /** Nothing was found wrong, so it is there. */
        private static <T> T given(@Nullable T value) {
            if (value == null) {
                throw new IllegalStateException("a missing field was not noted");
            }
            return value;
        }
    }
}
