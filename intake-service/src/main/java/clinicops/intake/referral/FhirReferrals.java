package clinicops.intake.referral;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.StrictErrorHandler;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.RuleViolation;
import clinicops.intake.instrument.QuestionnaireForm;
import clinicops.intake.referral.FhirEntry.Columns;
import clinicops.intake.referral.FhirEntry.Kind;
import clinicops.intake.referral.ReferralRules.RowError;
import clinicops.intake.rulebook.RuleBook;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads referrals from a FHIR R4 Bundle: one of each Patient, with the Conditions, Coverages, ServiceRequests and
 * QuestionnaireResponses that refer to it.
 *
 * <p>A Bundle may tell of a Patient before or after what refers to them, so nothing is passed on before its end; until then every
 * entry is held as the few columns that it fills. What is wrong with an entry is said of its Patient's referral, and of no other;
 * what refers to no Patient of the Bundle is reported alone.
 */
@Component
class FhirReferrals implements ReferralReader {
    private static final Set<String> TYPES = Set.of("collection", "batch", "transaction");
    private static final int DEEPEST = 50;
    private static final int MOST_TOKENS = 1_000_000;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxTokenCount(MOST_TOKENS)
                            .maxNumberLength(100)
                            .maxNameLength(1000)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final QuestionnaireForm questionnaires;
    private final BusinessClock clock;
    private final IndicationCodes indications;

    FhirReferrals(RuleBook book, QuestionnaireForm questionnaires, BusinessClock clock) {
        this.questionnaires = questionnaires;
        this.clock = clock;
        this.indications = book.read("indication-codes", IndicationCodes.class);
    }

    /** Takes half a second to make, and memory: not before somebody sends a Bundle. */
    private static final class R4 {
        /** HAPI's one for the whole process: in standalone, billing's door uses it too. */
        static final FhirContext CONTEXT = FhirContext.forR4Cached();

        static final FhirForm FORM = new FhirForm(CONTEXT);
    }

    /**
     * @throws RuleViolation {@code malformed-json}, {@code duplicate-field}, {@code json-limits}, {@code bundle}, {@code
     *     bundle-type}, {@code bundle-empty}, or what is wrong with a field of the Bundle itself
     */
    @Override
    public void read(InputStream document, Consumer<SentReferral> each) throws IOException {
        List<FhirEntry> entries;
        try (var json = JSON.createParser(document)) {
            entries = bundle(json);
        } catch (JacksonException unreadable) {
            throw refusal(unreadable);
        }
        referrals(entries, each);
    }

    private static RuleViolation refusal(JacksonException unreadable) throws IOException {
        if (unreadable instanceof JacksonIOException
                && unreadable.getCause() instanceof IOException broken
                && !(broken instanceof CharConversionException)) {
            throw broken;
        }
        if (unreadable instanceof StreamConstraintsException) {
            return RuleViolation.malformed(
                    "json-limits",
                    "is nested deeper than %d, or has more than %d values, or a name or number of absurd length"
                            .formatted(DEEPEST, MOST_TOKENS));
        }
        if (unreadable instanceof StreamReadException broken
                && broken.getOriginalMessage().startsWith("Duplicate")) {
            return RuleViolation.malformed("duplicate-field", "a field is given twice");
        }
        return RuleViolation.malformed("malformed-json", "not valid JSON in UTF-8");
    }

    // --- the Bundle --------------------------------------------------------------------------------------------------

    private List<FhirEntry> bundle(JsonParser json) {
        var start = json.nextToken();
        if (start == null) {
            throw RuleViolation.malformed("body-required", "the request needs a body");
        }
        if (start != JsonToken.START_OBJECT) {
            throw RuleViolation.malformed("bundle", "must be a FHIR Bundle").withField("Bundle");
        }
        ObjectNode rest = JSON.createObjectNode();
        var entries = new ArrayList<FhirEntry>();
        boolean listed = true;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            var value = json.nextToken();
            if (name.equals("entry") && value == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    entries.add(entry(json.readValueAsTree(), entries.size()));
                }
            } else if (name.equals("entry")) {
                json.skipChildren();
                listed = false;
            } else {
                rest.set(name, json.<JsonNode>readValueAsTree());
            }
        }
        if (json.nextToken() != null) {
            throw RuleViolation.malformed("malformed-json", "there is more behind the end of the body");
        }
        requireBundle(rest, entries, listed);
        return entries;
    }

    private static void requireBundle(ObjectNode bundle, List<FhirEntry> entries, boolean listed) {
        if (!bundle.path("resourceType").stringValue("").equals("Bundle")) {
            throw RuleViolation.malformed("bundle", "must be a FHIR Bundle").withField("Bundle.resourceType");
        }
        R4.FORM.bundleDifferences(bundle).stream().findFirst().ifPresent(first -> {
            throw RuleViolation.malformed(first.rule(), first.message()).withField(first.field());
        });
        if (!listed) {
            throw RuleViolation.malformed("type", "must be a list").withField("Bundle.entry");
        }
        String type = bundle.path("type").stringValue("");
        if (!TYPES.contains(type)) {
            throw new RuleViolation("bundle-type", "is one of collection, batch or transaction")
                    .withField("Bundle.type");
        }
        if (entries.isEmpty()) {
            throw new RuleViolation("bundle-empty", "there is nothing in it").withField("Bundle.entry");
        }
        if (!type.equals("collection")) {
            entries.forEach(FhirReferrals::requireRequest);
        }
    }

    /** Whichever of the two it is, a referral that is there already is left as it is. */
    private static void requireRequest(FhirEntry entry) {
        if (entry.method() == null) {
            entry.errors().add(new RowError(entry.path() + ".request", "missing", "must not be left out"));
        } else if (!Set.of("POST", "PUT").contains(entry.method())) {
            entry.errors().add(new RowError(entry.path() + ".request.method", "method", "is POST or PUT"));
        }
    }

    // --- its entries -------------------------------------------------------------------------------------------------

    private FhirEntry entry(JsonNode entry, int at) {
        String path = FhirEntry.path(at);
        var errors = new ArrayList<>(R4.FORM.entryDifferences(entry, path));
        JsonNode resource = entry.path("resource");
        String type = resource.path("resourceType").stringValue("");
        Kind kind = Kind.of(type);
        path += ".resource";
        if (!entry.isObject()) {
            resource = entry;
        } else if (resource.isMissingNode()) {
            errors.add(new RowError(path, "missing", "must not be left out"));
        } else if (kind == null && !type.isEmpty()) {
            errors.add(new RowError(
                    path + ".resourceType",
                    "resource-type",
                    "is not imported; Patient, Condition, Coverage, ServiceRequest and QuestionnaireResponse are"));
        } else {
            errors.addAll(R4.FORM.differences(resource, path));
        }
        var reading = new FhirResources(path, clock.today());
        if (kind != null && errors.isEmpty()) {
            read(resource, reading, errors, path);
        }
        return new FhirEntry(
                at,
                kind,
                FhirEntry.keys(
                        type,
                        entry.path("fullUrl").stringValue(""),
                        resource.path("id").stringValue("")),
                kind == null || kind == Kind.PATIENT
                        ? ""
                        : resource.path(kind.owner).path("reference").stringValue(""),
                reading.columns(),
                reading.counts(),
                reading.order(),
                reading.names(),
                reading.answered(),
                entry.has("request") ? entry.path("request").path("method").stringValue("") : null,
                errors);
    }

    private void read(JsonNode resource, FhirResources reading, List<RowError> errors, String path) {
        // never shown and never kept: no need to read somebody's HTML
        ((ObjectNode) resource).remove("text");
        IBaseResource parsed;
        try {
            parsed = R4.CONTEXT
                    .newJsonParser()
                    .setParserErrorHandler(new StrictErrorHandler())
                    .parseResource(resource.toString());
        } catch (DataFormatException | FHIRException | IllegalArgumentException refused) {
            errors.add(new RowError(path, "fhir", "is not what FHIR R4 defines"));
            return;
        }
        switch (parsed) {
            case Patient patient -> reading.read(patient);
            case Condition condition -> reading.read(condition, indications);
            case Coverage coverage -> reading.read(coverage);
            case ServiceRequest request -> reading.read(request);
            case QuestionnaireResponse response -> reading.read(response, questionnaires);
            default -> throw new IllegalStateException("a kind without a reader");
        }
        errors.addAll(reading.errors());
    }

    // --- who belongs to whom -----------------------------------------------------------------------------------------

    private void referrals(List<FhirEntry> entries, Consumer<SentReferral> each) {
        Map<String, Integer> patients = patients(entries);
        Map<Integer, List<FhirEntry>> byPatient = new HashMap<>();
        Map<Integer, SentReferral> referrals = new TreeMap<>();
        for (FhirEntry entry : entries) {
            Integer patient = entry.kind() == Kind.PATIENT
                    ? Integer.valueOf(entry.at())
                    : patients.get(FhirEntry.unversioned(entry.owner()));
            if (patient == null) {
                referrals.put(entry.at(), alone(entry));
            } else {
                byPatient.computeIfAbsent(patient, none -> new ArrayList<>()).add(entry);
            }
        }
        byPatient.forEach((at, group) -> referrals.put(at, referral(at, group, patients)));
        referrals.values().forEach(each);
    }

    /** Where the Patient is that a reference calls so. Two who answer to the same are told of it. */
    private static Map<String, Integer> patients(List<FhirEntry> entries) {
        var patients = new HashMap<String, Integer>();
        for (FhirEntry entry : entries) {
            if (entry.kind() == Kind.PATIENT) {
                for (String key : entry.keys()) {
                    Integer other = patients.putIfAbsent(key, entry.at());
                    if (other != null) {
                        for (FhirEntry one : List.of(entries.get(other), entry)) {
                            var twice = new RowError(
                                    one.path() + ".fullUrl",
                                    "duplicate",
                                    "two Patients can't be told from one another");
                            if (!one.errors().contains(twice)) {
                                one.errors().add(twice);
                            }
                        }
                    }
                }
            }
        }
        return patients;
    }

    private static SentReferral alone(FhirEntry entry) {
        var errors = new ArrayList<>(entry.errors());
        if (entry.kind() != null && !entry.owner().isEmpty()) {
            errors.add(new RowError(entry.ownerPlace(), "reference", "refers to no Patient of the Bundle"));
        } else if (entry.kind() != null && errors.isEmpty()) {
            errors.add(new RowError(entry.ownerPlace(), "missing", "refers to a Patient of the Bundle"));
        }
        return new SentReferral.Unreadable(entry.at(), errors);
    }

    private SentReferral referral(int at, List<FhirEntry> group, Map<String, Integer> patients) {
        var refused = new ArrayList<RowError>();
        var unread = new HashSet<String>();
        var columns = defaults();
        for (FhirEntry entry : group) {
            refused.addAll(entry.errors());
            if (entry.kind() instanceof Kind kind && !entry.errors().isEmpty()) {
                unread.addAll(kind.columns);
            }
            if (entry.kind() == Kind.PATIENT) {
                columns.putAll(entry.says());
            }
        }
        var request = counting(group, Kind.SERVICE_REQUEST).stream().findFirst();
        request.ifPresent(chosen -> columns.putAll(chosen.says()));
        condition(at, group, request.map(FhirEntry::names).orElse(List.of()), columns, refused, unread);
        coverage(at, group, patients, columns, refused, unread);
        return new SentReferral.Row(
                at,
                columns.texts(),
                columns.places(),
                group.stream().map(FhirEntry::answered).filter(Objects::nonNull).toList(),
                List.copyOf(refused),
                Set.copyOf(unread));
    }

    /** What the resources have no place for, and what they may leave out. */
    private Columns defaults() {
        var columns = new Columns();
        columns.texts().put("zone", clock.clinicZone().getId());
        columns.texts().put("language", "en");
        columns.texts().put("urgency", "routine");
        columns.texts().put("referred_on", clock.today().toString());
        return columns;
    }

    private static List<FhirEntry> counting(List<FhirEntry> group, Kind kind) {
        return group.stream()
                .filter(entry -> entry.kind() == kind && entry.counts())
                .toList();
    }

    /** Of those that count and name something we treat: the ServiceRequest's reason, else the first of the Bundle. */
    private static void condition(
            int at,
            List<FhirEntry> group,
            List<String> reasons,
            Columns columns,
            List<RowError> refused,
            Set<String> unread) {
        var counting = counting(group, Kind.CONDITION);
        Optional<FhirEntry> chosen = counting.stream()
                .filter(c -> !c.says().text("indication").isEmpty())
                .min(Comparator.comparing(
                        c -> reasons.stream().map(FhirEntry::unversioned).noneMatch(c.keys()::contains)));
        if (chosen.isPresent()) {
            columns.putAll(chosen.get().says());
        } else if (unread.add("indication")) {
            refused.add(
                    counting.isEmpty()
                            ? new RowError(
                                    FhirEntry.path(at) + ".resource",
                                    "condition-needed",
                                    "no active Condition of the Bundle has this Patient as its subject")
                            : new RowError(
                                    counting.getFirst().says().place("indication"),
                                    "unknown-code",
                                    "is no diagnosis, in ICD-10-CM, that the clinic treats"));
        }
    }

    /** Of those that count the one with the least order, the first of equals; none that the patient pays for themselves. */
    private static void coverage(
            int at,
            List<FhirEntry> group,
            Map<String, Integer> patients,
            Columns columns,
            List<RowError> refused,
            Set<String> unread) {
        counting(group, Kind.COVERAGE).stream()
                .filter(c -> c.names().stream()
                        .map(FhirEntry::unversioned)
                        .noneMatch(payor -> patients.getOrDefault(payor, -1) == at))
                .min(Comparator.comparingInt(FhirEntry::order))
                .ifPresent(chosen -> {
                    columns.putAll(chosen.says());
                    // an empty payer would be a patient without insurance
                    if (chosen.says().text("payer_code").isEmpty()
                            && Collections.disjoint(unread, Kind.COVERAGE.columns)) {
                        unread.add("payer_code");
                        refused.add(new RowError(
                                chosen.says().place("payer_code"),
                                "missing",
                                "names the payer by identifier or display"));
                    }
                });
    }
}
