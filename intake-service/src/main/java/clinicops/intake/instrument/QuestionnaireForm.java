package clinicops.intake.instrument;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import clinicops.chassis.RuleViolation;
import clinicops.intake.instrument.Instrument.Choice;
import clinicops.intake.instrument.Instrument.Item;
import clinicops.intake.patient.Sex;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.EnableWhenBehavior;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemOperator;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Instruments and their answers as FHIR R4 says them. An item's linkId is its id here, or its LOINC code; an answer is its code
 * here, its LOINC answer code, or its value; so what other systems fill in by LOINC can be read too.
 */
@Component
public class QuestionnaireForm {
    public static final String FHIR_JSON = "application/fhir+json";

    private static final String URN = "urn:clinicops:instrument:";
    private static final String LOINC = "http://loinc.org";
    /** As LOINC names its panels as questionnaires, and as they are commonly written. */
    private static final List<String> LOINC_URLS = List.of(LOINC + "/q/", LOINC + "/");

    private static final String ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue";
    private static final String TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Set<QuestionnaireResponseStatus> TAKEN = EnumSet.of(
            QuestionnaireResponseStatus.COMPLETED,
            QuestionnaireResponseStatus.AMENDED,
            QuestionnaireResponseStatus.INPROGRESS);

    private final InstrumentEngine engine;

    QuestionnaireForm(InstrumentEngine engine) {
        this.engine = engine;
    }

    /** Takes half a second to make, and memory: not before somebody asks for FHIR. */
    private static IParser parser() {
        return FhirContext.forR4Cached().newJsonParser().setParserErrorHandler(new StrictErrorHandler());
    }

    String questionnaire(Instrument instrument) {
        var form = new Questionnaire();
        form.setUrl(URN + instrument.id());
        form.setVersion(instrument.version());
        form.setName(instrument.id().replaceAll("[^A-Za-z0-9]", "_"));
        form.setTitle(instrument.title().en());
        translated(form.getTitleElement(), instrument.title());
        form.setStatus(PublicationStatus.ACTIVE);
        form.addSubjectType("Patient");
        form.setCopyright(instrument.licence().note());
        form.setPurpose(instrument.source());
        form.setEffectivePeriod(new org.hl7.fhir.r4.model.Period()
                .setStartElement(new DateTimeType(instrument.effectiveFrom().toString())));
        if (!instrument.loinc().isEmpty()) {
            form.addCode(new Coding(LOINC, instrument.loinc(), null));
        }
        for (Item item : instrument.items()) {
            var asked = form.addItem()
                    .setLinkId(item.id())
                    .setText(item.text().en())
                    .setType(QuestionnaireItemType.CHOICE)
                    .setRequired(item.required());
            translated(asked.getTextElement(), item.text());
            if (!item.loinc().isEmpty()) {
                asked.addCode(new Coding(LOINC, item.loinc(), null));
            }
            for (Choice choice : instrument.choicesOf(item)) {
                asked.addAnswerOption().setValue(coding(instrument, choice));
            }
            enable(asked, instrument, item);
        }
        return parser().encodeResourceToString(form);
    }

    /** FHIR says when an item is asked; an instrument, when it is passed over: any answer that keeps it from being passed over. */
    private static void enable(Questionnaire.QuestionnaireItemComponent asked, Instrument instrument, Item item) {
        var skips = instrument.skips().stream()
                .filter(skip -> skip.items().contains(item.id()))
                .toList();
        // several skips at once would need a nested condition; the first, which stands before the others, is said
        skips.stream().limit(1).forEach(skip -> {
            for (var answer : skip.when()) {
                Item other = instrument.item(answer.item()).orElseThrow();
                Choice choice = instrument.choicesOf(other).stream()
                        .filter(c -> c.code().equals(answer.answer()))
                        .findFirst()
                        .orElseThrow();
                asked.addEnableWhen()
                        .setQuestion(answer.item())
                        .setOperator(QuestionnaireItemOperator.NOT_EQUAL)
                        .setAnswer(coding(instrument, choice));
            }
            if (skip.when().size() > 1) {
                asked.setEnableBehavior(EnableWhenBehavior.ANY);
            }
        });
    }

    String response(Assessment assessment, Instrument instrument) {
        var answers = assessment.answersByItem();
        var response = new QuestionnaireResponse();
        response.setId(assessment.id());
        response.setQuestionnaire(URN + instrument.id() + "|" + instrument.version());
        response.setStatus(
                assessment.completedAt() == null
                        ? QuestionnaireResponseStatus.INPROGRESS
                        : QuestionnaireResponseStatus.COMPLETED);
        response.setSubject(new Reference("Patient/" + assessment.patientId()));
        Instant authored = assessment.completedAt() == null ? assessment.openedAt() : assessment.completedAt();
        response.setAuthoredElement(new DateTimeType(
                Date.from(authored),
                ca.uhn.fhir.model.api.TemporalPrecisionEnum.MILLI,
                TimeZone.getTimeZone(ZoneOffset.UTC)));
        for (Item item : instrument.items()) {
            String code = answers.get(item.id());
            if (code != null) {
                var choice = instrument.choicesOf(item).stream()
                        .filter(c -> c.code().equals(code))
                        .findFirst()
                        .orElseThrow();
                response.addItem()
                        .setLinkId(item.id())
                        .setText(item.text().en())
                        .addAnswer()
                        .setValue(coding(instrument, choice));
            }
        }
        return parser().encodeResourceToString(response);
    }

    /**
     * Reads what another system sent.
     *
     * @param subjects what it may call the patient; a response about somebody else is refused
     * @throws RuleViolation 400 {@code malformed-json}; 422 {@code fhir}, {@code questionnaire-unknown}, {@code
     *     questionnaire-status}, {@code item-repeated}, {@code item-unknown}, {@code answer-unknown}, {@code subject}
     */
    SentAnswers read(String json, Set<String> subjects) {
        try {
            if (!JSON.readTree(json).isObject()) {
                throw RuleViolation.malformed("malformed-json", "not a JSON object");
            }
        } catch (JacksonException unreadable) {
            throw RuleViolation.malformed("malformed-json", "not valid JSON, or a field is given twice");
        }
        QuestionnaireResponse response;
        try {
            response = parser().parseResource(QuestionnaireResponse.class, json);
        } catch (DataFormatException | IllegalArgumentException unreadable) {
            throw new RuleViolation("fhir", "not a FHIR R4 QuestionnaireResponse");
        }
        String subject = response.getSubject().getReference();
        if (subject != null && !subjects.contains(subject.replaceFirst("^urn:uuid:", ""))) {
            throw new RuleViolation("subject", "is about somebody else").withField("subject.reference");
        }
        return read(response);
    }

    /**
     * The answers of a response, whoever it is about.
     *
     * @throws RuleViolation as {@link #read(String, Set)}; the field is the place within the resource
     */
    public SentAnswers read(QuestionnaireResponse response) {
        Instrument instrument = instrument(response.getQuestionnaire());
        if (response.getStatus() == null || !TAKEN.contains(response.getStatus())) {
            throw new RuleViolation("questionnaire-status", "completed, amended or in-progress").withField("status");
        }
        boolean complete = response.getStatus() != QuestionnaireResponseStatus.INPROGRESS;
        var answers = new LinkedHashMap<String, String>();
        collect(response.getItem(), instrument, answers, "item");
        Date authored = response.getAuthored();
        return new SentAnswers(instrument.id(), answers, complete, authored == null ? null : authored.toInstant());
    }

    /** True when it is one of the clinic's questionnaires, in the version in use, and completed or begun. */
    public boolean takes(QuestionnaireResponse response) {
        return find(response.getQuestionnaire()).isPresent()
                && response.getStatus() != null
                && TAKEN.contains(response.getStatus());
    }

    /**
     * As {@link #read(QuestionnaireResponse)}, and refuses what can't be scored.
     *
     * @throws RuleViolation further {@code assessment-incomplete}, {@code answer-contradiction}, with the field {@code item}
     */
    public SentAnswers readSound(QuestionnaireResponse response) {
        SentAnswers sent = read(response);
        Instrument instrument = engine.current(sent.instrument()).orElseThrow();
        try {
            if (sent.complete()) {
                engine.score(instrument.id(), instrument.version(), sent.answers(), Sex.UNKNOWN);
            } else {
                engine.look(instrument.id(), instrument.version(), sent.answers(), Sex.UNKNOWN);
            }
        } catch (RuleViolation refused) {
            throw refused.withField("item");
        }
        return sent;
    }

    private void collect(
            List<QuestionnaireResponseItemComponent> items,
            Instrument instrument,
            Map<String, String> answers,
            String place) {
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            String at = place + "[" + i + "]";
            if (!item.getAnswer().isEmpty()) {
                Item asked = item(item.getLinkId(), instrument);
                if (asked == null) {
                    throw new RuleViolation("item-unknown", "the instrument has no such item")
                            .withField(at + ".linkId");
                }
                if (item.getAnswer().size() > 1 || answers.containsKey(asked.id())) {
                    throw new RuleViolation("item-repeated", "each item has one answer").withField(at);
                }
                String code = code(item.getAnswerFirstRep().getValue(), instrument.choicesOf(asked));
                if (code == null) {
                    throw new RuleViolation("answer-unknown", "the item has no such answer")
                            .withField(at + ".answer[0]");
                }
                answers.put(asked.id(), code);
            }
            collect(item.getItem(), instrument, answers, at + ".item");
        }
    }

    private Instrument instrument(@Nullable String canonical) {
        return find(canonical).orElseThrow(() -> new RuleViolation(
                        "questionnaire-unknown", "name one of the clinic's questionnaires, in the version in use")
                .withField("questionnaire"));
    }

    private Optional<Instrument> find(@Nullable String canonical) {
        String url = canonical == null ? "" : canonical;
        int bar = url.indexOf('|');
        String plain = bar < 0 ? url : url.substring(0, bar);
        String version = bar < 0 || !plain.startsWith(URN) ? "" : url.substring(bar + 1);
        return engine.all().stream()
                .filter(i -> plain.equals(URN + i.id())
                        || (!i.loinc().isEmpty() && LOINC_URLS.stream().anyMatch(l -> plain.equals(l + i.loinc()))))
                // another version asks other things
                .filter(i -> version.isEmpty() || version.equals(i.version()))
                .findFirst();
    }

    private static @Nullable Item item(@Nullable String linkId, Instrument instrument) {
        String link = linkId == null ? "" : linkId.replaceFirst("^/", "");
        return instrument.items().stream()
                .filter(item -> item.id().equals(link)
                        || (!item.loinc().isEmpty() && item.loinc().equals(link)))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String code(@Nullable Type value, List<Choice> choices) {
        return switch (value) {
            case Coding coding -> {
                boolean loinc = LOINC.equals(coding.getSystem());
                yield choices.stream()
                        .filter(c -> (loinc ? c.loinc() : c.code()).equals(coding.getCode()))
                        .map(Choice::code)
                        .findFirst()
                        .orElse(null);
            }
            case IntegerType number -> ofPoints(BigDecimal.valueOf(number.getValue()), choices);
            case DecimalType number -> ofPoints(number.getValue(), choices);
            case BooleanType yes -> ofCode(yes.booleanValue() ? "yes" : "no", choices);
            case StringType text -> ofCode(text.getValue(), choices);
            case null, default -> null;
        };
    }

    private static @Nullable String ofPoints(BigDecimal points, List<Choice> choices) {
        return choices.stream()
                .filter(c -> BigDecimal.valueOf(c.points()).compareTo(points) == 0)
                .map(Choice::code)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String ofCode(String code, List<Choice> choices) {
        return choices.stream()
                .map(Choice::code)
                .filter(code::equals)
                .findFirst()
                .orElse(null);
    }

    private static Coding coding(Instrument instrument, Choice choice) {
        var coding =
                new Coding(URN + instrument.id(), choice.code(), choice.text().en());
        translated(coding.getDisplayElement(), choice.text());
        coding.addExtension(ORDINAL, new DecimalType(choice.points()));
        return coding;
    }

    private static void translated(PrimitiveType<?> element, InstrumentText text) {
        var translation = element.addExtension().setUrl(TRANSLATION);
        translation.addExtension("lang", new CodeType("es"));
        translation.addExtension("content", new StringType(text.es()));
    }
}
