package clinicops.intake.referral;

import clinicops.chassis.RuleViolation;
import clinicops.intake.instrument.QuestionnaireForm;
import clinicops.intake.instrument.SentAnswers;
import clinicops.intake.referral.FhirEntry.Columns;
import clinicops.intake.referral.ReferralRules.RowError;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a referral are called in FHIR. Where FHIR allows many and a referral has one, the order of choice is
 * stated at each; what is out of use, or no longer in force, never counts.
 */
final class FhirResources {
    /** On a ContactPoint: true when the patient agreed to be written to there. Having an address is no permission. */
    static final String MAY_CONTACT = "urn:clinicops:fhir:may-contact";

    static final String TIME_ZONE = "http://hl7.org/fhir/StructureDefinition/timezone";
    static final String ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm";

    private static final String LANGUAGES = "urn:ietf:bcp:47";
    private static final String CLINICAL_STATUS = "http://terminology.hl7.org/CodeSystem/condition-clinical";
    private static final String VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
    private static final String IDENTIFIER_TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203";
    /** Would be a key too, but nobody's business. */
    private static final Set<String> SOCIAL_SECURITY =
            Set.of("http://hl7.org/fhir/sid/us-ssn", "urn:oid:2.16.840.1.113883.4.1");

    private static final Pattern ICD_10_CM_CODE = Pattern.compile("[A-Z][0-9][0-9A-Z](\\.[0-9A-Z]{1,4})?");

    private final String path;
    private final LocalDate today;
    private final Columns columns = new Columns();
    private final List<RowError> errors = new ArrayList<>();

    private @Nullable SentAnswers answered;
    private boolean counts = true;
    private int order = Integer.MAX_VALUE;
    private final List<String> names = new ArrayList<>();

    /** @param path of the resource */
    FhirResources(String path, LocalDate today) {
        this.path = path;
        this.today = today;
    }

    Columns columns() {
        return columns;
    }

    List<RowError> errors() {
        return errors;
    }

    boolean counts() {
        return counts;
    }

    int order() {
        return order;
    }

    List<String> names() {
        return names;
    }

    @Nullable
    SentAnswers answered() {
        return answered;
    }

    // --- Patient -----------------------------------------------------------------------------------------------------

    void read(Patient patient) {
        refuseIf(
                patient.hasActive() && !patient.getActive(),
                ".active",
                "inactive",
                "a record that is not in use is not imported");
        refuseIf(
                patient.hasDeceasedDateTimeType()
                        || (patient.hasDeceasedBooleanType()
                                && patient.getDeceasedBooleanType().booleanValue()),
                ".deceased",
                "deceased",
                "the patient has died");
        for (int i = 0; i < patient.getLink().size(); i++) {
            refuseIf(
                    patient.getLink().get(i).getType() == Patient.LinkType.REPLACEDBY,
                    ".link[" + i + "]",
                    "replaced",
                    "another record has taken this one's place");
        }
        key(patient.getIdentifier());
        name(patient.getName());
        put("birth_date", patient.getBirthDateElement().getValueAsString(), ".birthDate");
        put("sex", patient.hasGender() ? patient.getGender().toCode() : null, ".gender");
        email(patient.getTelecom());
        phone(patient.getTelecom());
        zone(patient);
        language(patient.getCommunication());
    }

    /** Official, usual, any, temporary; each only with system and value. */
    private void key(List<Identifier> identifiers) {
        var chosen = best(
                identifiers,
                i -> i.getUse() != Identifier.IdentifierUse.OLD
                        && !(i.hasSystem() && SOCIAL_SECURITY.contains(i.getSystem()))
                        && inForce(i.getPeriod()),
                i -> (i.hasSystem() && i.hasValue() ? 0 : 10)
                        + switch (i.getUse()) {
                            case OFFICIAL -> 0;
                            case USUAL -> 1;
                            case TEMP -> 3;
                            case null, default -> 2;
                        });
        String at = chosen.map(i -> ".identifier[" + i + "]").orElse(".identifier");
        put("system", chosen.map(i -> identifiers.get(i).getSystem()).orElse(null), at + ".system");
        put("id", chosen.map(i -> identifiers.get(i).getValue()).orElse(null), at + ".value");
    }

    /** Official, usual, without use, temporary. */
    private void name(List<HumanName> all) {
        var chosen = best(all, n -> inForce(n.getPeriod()) && rank(n.getUse()) >= 0, n -> rank(n.getUse()));
        String at = chosen.map(i -> ".name[" + i + "]").orElse(".name");
        var name = chosen.map(all::get);
        put(
                "given_name",
                name.map(n -> n.getGiven().stream()
                                .map(StringType::getValue)
                                .filter(given -> given != null && !given.isBlank())
                                .map(String::strip)
                                .collect(Collectors.joining(" ")))
                        .orElse(null),
                at + ".given");
        put("family_name", name.map(HumanName::getFamily).orElse(null), at + ".family");
    }

    private static int rank(HumanName.@Nullable NameUse use) {
        return switch (use) {
            case null -> 2;
            case OFFICIAL -> 0;
            case USUAL -> 1;
            case TEMP -> 3;
            default -> -1;
        };
    }

    /** One that may be used, then by rank. */
    private void email(List<ContactPoint> points) {
        point(points, "email", "email_ok", Set.of(ContactPoint.ContactPointSystem.EMAIL));
    }

    /** One that may be used for SMS, then by rank, then a mobile. */
    private void phone(List<ContactPoint> points) {
        point(
                points,
                "phone",
                "sms_ok",
                Set.of(ContactPoint.ContactPointSystem.PHONE, ContactPoint.ContactPointSystem.SMS));
    }

    private void point(
            List<ContactPoint> points, String column, String permission, Set<ContactPoint.ContactPointSystem> systems) {
        var allowed = new ArrayList<Boolean>();
        for (int i = 0; i < points.size(); i++) {
            boolean concerned =
                    points.get(i).hasSystem() && systems.contains(points.get(i).getSystem());
            allowed.add(concerned && mayContact(points.get(i), ".telecom[" + i + "]"));
        }
        var chosen = IntStream.range(0, points.size())
                .boxed()
                .filter(i -> points.get(i).hasSystem()
                        && systems.contains(points.get(i).getSystem())
                        && points.get(i).getUse() != ContactPoint.ContactPointUse.OLD
                        && inForce(points.get(i).getPeriod()))
                .min(Comparator.<Integer, Boolean>comparing(i -> !allowed.get(i))
                        .thenComparing(
                                i -> points.get(i).hasRank() ? points.get(i).getRank() : Integer.MAX_VALUE)
                        .thenComparing(i -> points.get(i).getUse() != ContactPoint.ContactPointUse.MOBILE));
        String at = chosen.map(i -> ".telecom[" + i + "]").orElse(".telecom");
        put(column, chosen.map(i -> points.get(i).getValue()).orElse(null), at + ".value");
        put(permission, chosen.map(allowed::get).orElse(false) ? "yes" : "no", at);
    }

    private boolean mayContact(ContactPoint point, String at) {
        for (int i = 0; i < point.getExtension().size(); i++) {
            Extension extension = point.getExtension().get(i);
            if (extension.getUrl().equals(MAY_CONTACT)) {
                if (extension.getValue() instanceof BooleanType yes && yes.hasValue()) {
                    return yes.booleanValue();
                }
                refuse(at + ".extension[" + i + "].value", "type", "must be a boolean");
            }
        }
        return false;
    }

    /** Of an address, the home first; else of the Patient. Without any, the clinic's. */
    private void zone(Patient patient) {
        for (var use : new Address.AddressUse[] {Address.AddressUse.HOME, null}) {
            for (int i = 0; i < patient.getAddress().size(); i++) {
                Address address = patient.getAddress().get(i);
                if (address.getUse() != Address.AddressUse.OLD
                        && inForce(address.getPeriod())
                        && (use == null || address.getUse() == use)
                        && zone(address, ".address[" + i + "]")) {
                    return;
                }
            }
        }
        zone(patient.getExtension(), "");
    }

    private boolean zone(Element element, String at) {
        return zone(element.getExtension(), at);
    }

    private boolean zone(List<Extension> extensions, String at) {
        for (int i = 0; i < extensions.size(); i++) {
            Extension extension = extensions.get(i);
            if (extension.getUrl().equals(TIME_ZONE)) {
                String place = at + ".extension[" + i + "].value";
                if (extension.getValue() instanceof CodeType code) {
                    put("zone", code.getValue(), place);
                } else {
                    refuse(place, "type", "must be a code");
                }
                return true;
            }
        }
        return false;
    }

    /** The preferred, else the first. Without any, the clinic's. */
    private void language(List<Patient.PatientCommunicationComponent> languages) {
        var chosen = best(languages, l -> true, l -> l.getPreferred() ? 0 : 1);
        if (chosen.isEmpty()) {
            return;
        }
        String at = ".communication[" + chosen.get() + "].language";
        var codings = languages.get(chosen.get()).getLanguage().getCoding();
        var coding = best(codings, c -> !c.hasSystem() || c.getSystem().equals(LANGUAGES), c -> c.hasSystem() ? 0 : 1);
        // a region changes nothing for us: es-MX is written to in Spanish
        put(
                "language",
                coding.map(i -> codings.get(i).getCode())
                        .map(code -> code.split("-", 2)[0])
                        .orElse(null),
                coding.map(i -> at + ".coding[" + i + "].code").orElse(at));
    }

    // --- Condition ---------------------------------------------------------------------------------------------------

    /** Active, and neither refuted nor one of several possibilities. */
    void read(Condition condition, IndicationCodes indications) {
        if (condition.hasClinicalStatus()) {
            counts &= isOne(
                    condition.getClinicalStatus(),
                    CLINICAL_STATUS,
                    ".clinicalStatus",
                    Set.of("active", "recurrence", "relapse"),
                    Set.of("inactive", "remission", "resolved"));
        }
        if (condition.hasVerificationStatus()) {
            counts &= isOne(
                    condition.getVerificationStatus(),
                    VERIFICATION,
                    ".verificationStatus",
                    Set.of("confirmed", "unconfirmed", "provisional"),
                    Set.of("refuted", "entered-in-error", "differential"));
        }
        put("indication", null, ".code");
        var codings = condition.getCode().getCoding();
        for (int i = 0; i < codings.size(); i++) {
            if (ICD_10_CM.equals(codings.get(i).getSystem())) {
                String place = ".code.coding[" + i + "].code";
                String code = Optional.ofNullable(codings.get(i).getCode()).orElse("");
                if (!ICD_10_CM_CODE.matcher(code).matches()) {
                    refuse(place, code.isEmpty() ? "missing" : "format", "is an ICD-10-CM code, for example F33.2");
                    return;
                }
                put(
                        "indication",
                        indications.of(code).map(known -> known.code()).orElse(null),
                        place);
                if (!columns.text("indication").isEmpty()) {
                    return;
                }
            }
        }
    }

    private boolean isOne(CodeableConcept status, String system, String at, Set<String> yes, Set<String> no) {
        var code = status.getCoding().stream()
                .filter(c -> system.equals(c.getSystem()) && c.hasCode())
                .map(c -> c.getCode())
                .findFirst()
                .orElse("");
        if (!yes.contains(code) && !no.contains(code)) {
            refuse(at, "unknown-code", "is not one of the codes that FHIR R4 has for it");
        }
        return yes.contains(code);
    }

    // --- Coverage ----------------------------------------------------------------------------------------------------

    /** Active, and not over; the patient's own purse is none. */
    void read(Coverage coverage) {
        counts = coverage.getStatus() == Coverage.CoverageStatus.ACTIVE && inForce(coverage.getPeriod());
        order = coverage.hasOrder() ? coverage.getOrder() : Integer.MAX_VALUE;
        payer(coverage, coverage.getPayorFirstRep());
        var classes = coverage.getClass_();
        var plan =
                best(classes, c -> c.getType().getCoding().stream().anyMatch(t -> "plan".equals(t.getCode())), c -> 0);
        put(
                "plan",
                plan.map(classes::get)
                        .map(c -> c.hasName() ? c.getName() : c.getValue())
                        .orElse(null),
                plan.map(i -> ".class[" + i + "]." + (classes.get(i).hasName() ? "name" : "value"))
                        .orElse(".class"));
        var ids = coverage.getIdentifier();
        var memberId = best(
                ids,
                i -> i.getType().getCoding().stream()
                        .anyMatch(t -> "MB".equals(t.getCode()) && IDENTIFIER_TYPES.equals(t.getSystem())),
                i -> 0);
        if (coverage.hasSubscriberId() || memberId.isEmpty()) {
            put("member_id", coverage.getSubscriberId(), ".subscriberId");
        } else {
            put("member_id", ids.get(memberId.get()).getValue(), ".identifier[" + memberId.get() + "].value");
        }
    }

    /** By identifier, its own or that of an Organization contained; else by the name that it goes by. */
    private void payer(Coverage coverage, Reference payor) {
        if (payor.hasReference()) {
            names.add(payor.getReferenceElement().getValue());
        }
        if (payor.getIdentifier().hasValue()) {
            put("payer_code", payor.getIdentifier().getValue(), ".payor[0].identifier.value");
            return;
        }
        for (int i = 0; i < coverage.getContained().size(); i++) {
            if (coverage.getContained().get(i) instanceof Organization organization
                    && payor.hasReference()
                    && payor.getReference()
                            .equals("#"
                                    + organization.getIdElement().getIdPart().replace("#", ""))) {
                String at = ".contained[" + i + "]";
                if (organization.getIdentifierFirstRep().hasValue()) {
                    put("payer_code", organization.getIdentifierFirstRep().getValue(), at + ".identifier[0].value");
                } else {
                    put("payer_code", organization.getName(), at + ".name");
                }
                return;
            }
        }
        put("payer_code", payor.getDisplay(), payor.hasDisplay() ? ".payor[0].display" : ".payor[0]");
    }

    // --- ServiceRequest ----------------------------------------------------------------------------------------------

    /** Active. */
    void read(ServiceRequest request) {
        counts = request.getStatus() == ServiceRequest.ServiceRequestStatus.ACTIVE;
        refuseIf(request.getDoNotPerform(), ".doNotPerform", "modifier", "asks not to treat");
        if (request.hasPriority()) {
            put(
                    "urgency",
                    request.getPriority() == ServiceRequest.ServiceRequestPriority.ROUTINE ? "routine" : "urgent",
                    ".priority");
        }
        if (request.hasAuthoredOn()) {
            // the day as the referrer wrote it, whatever the hour and its zone
            put("referred_on", request.getAuthoredOnElement().getValueAsString().split("T", 2)[0], ".authoredOn");
        }
        request.getReasonReference().stream()
                .filter(Reference::hasReference)
                .map(reason -> reason.getReferenceElement().getValue())
                .forEach(names::add);
    }

    // --- QuestionnaireResponse ---------------------------------------------------------------------------------------

    /** One of the clinic's questionnaires, completed or begun; of others nothing is kept. */
    void read(QuestionnaireResponse response, QuestionnaireForm questionnaires) {
        counts = questionnaires.takes(response);
        if (counts) {
            try {
                answered = questionnaires.readSound(response);
            } catch (RuleViolation refused) {
                refuse("." + refused.field(), refused.rule(), String.valueOf(refused.getMessage()));
            }
        }
    }

    // --- all ---------------------------------------------------------------------------------------------------------

    private void put(String column, @Nullable String text, String place) {
        columns.put(column, text, path + place);
    }

    private void refuseIf(boolean wrong, String place, String rule, String message) {
        if (wrong) {
            refuse(place, rule, message);
        }
    }

    private void refuse(String place, String rule, String message) {
        errors.add(new RowError(path + place, rule, message));
    }

    /** A period's end may be a day, a month or a year: all of it still counts. */
    private boolean inForce(Period period) {
        String end = period.hasEnd() ? period.getEndElement().getValueAsString() : "";
        String now = today.toString();
        int common = Math.min(end.length(), now.length());
        return end.substring(0, common).compareTo(now.substring(0, common)) >= 0;
    }

    /** The position of the one with the least rank, the earlier of equals. */
    private static <T> Optional<Integer> best(List<T> all, Predicate<T> counts, ToIntFunction<T> rank) {
        return IntStream.range(0, all.size())
                .boxed()
                .filter(i -> counts.test(all.get(i)))
                .min(Comparator.comparingInt(i -> rank.applyAsInt(all.get(i))));
    }
}
