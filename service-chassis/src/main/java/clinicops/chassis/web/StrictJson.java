package clinicops.chassis.web;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.introspect.AnnotationIntrospectorPair;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON over HTTP says exactly what it means, or is refused: no unknown or repeated fields, no text for numbers, no fractions
 * for integers, no null where a value is needed, nothing behind the end.
 */
final class StrictJson implements JsonMapperBuilderCustomizer {
    private static final int MAX_DIGITS = 30;
    private static final int MAX_DECIMALS = 12;

    @Override
    public void customize(JsonMapper.Builder mapper) {
        mapper.enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .disable(
                        DeserializationFeature.ACCEPT_FLOAT_AS_INT,
                        DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
                        DeserializationFeature.UNWRAP_SINGLE_VALUE_ARRAYS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .withCoercionConfigDefaults(to -> to.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.EmptyArray, CoercionAction.Fail))
                .withCoercionConfig(LogicalType.Textual, text -> text.setCoercion(
                                CoercionInputShape.EmptyString, CoercionAction.AsEmpty)
                        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .withCoercionConfig(
                        LogicalType.Collection,
                        list -> list.setCoercion(CoercionInputShape.EmptyArray, CoercionAction.AsEmpty))
                .withCoercionConfig(
                        LogicalType.Array,
                        list -> list.setCoercion(CoercionInputShape.EmptyArray, CoercionAction.AsEmpty))
                .addModule(scalars())
                .annotationIntrospector(
                        new AnnotationIntrospectorPair(new RequiredComponents(), mapper.annotationIntrospector()));
    }

    private static SimpleModule scalars() {
        return new SimpleModule("clinicops-scalars")
                .addDeserializer(Instant.class, new Iso<>(Instant.class, ClinicDates::instant))
                .addDeserializer(LocalDate.class, new Iso<>(LocalDate.class, ClinicDates::date))
                .addDeserializer(BigDecimal.class, new Decimal())
                .addDeserializer(String.class, new Text());
    }

    /** ISO 8601 text only: Jackson's own would also take numbers and arrays. */
    private static final class Iso<T> extends StdScalarDeserializer<T> {
        private final transient Function<String, T> parse;

        Iso(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        @SuppressWarnings("unchecked")
        public T deserialize(JsonParser json, DeserializationContext context) {
            if (!json.hasToken(JsonToken.VALUE_STRING)) {
                return (T) context.handleUnexpectedToken(handledType(), json);
            }
            String text = json.getString();
            try {
                return parse.apply(text);
            } catch (DateTimeException e) {
                return (T) context.handleWeirdStringValue(handledType(), text, "not a date of a clinic");
            }
        }
    }

    /** A number that arithmetic can bear: 1e999999999 is a short text and a long calculation. */
    private static final class Decimal extends StdScalarDeserializer<BigDecimal> {
        Decimal() {
            super(BigDecimal.class);
        }

        @Override
        public BigDecimal deserialize(JsonParser json, DeserializationContext context) {
            if (!json.hasToken(JsonToken.VALUE_NUMBER_FLOAT) && !json.hasToken(JsonToken.VALUE_NUMBER_INT)) {
                return (BigDecimal) context.handleUnexpectedToken(BigDecimal.class, json);
            }
            BigDecimal number = json.getDecimalValue();
            if (number.precision() > MAX_DIGITS
                    || number.scale() > MAX_DECIMALS
                    || number.precision() - number.scale() > MAX_DIGITS) {
                return (BigDecimal) context.handleWeirdNumberValue(BigDecimal.class, 0, "too long a number");
            }
            return number;
        }
    }

    /** Text that can be stored and shown: no lone surrogates, no control characters but line ends and tabs. */
    private static final class Text extends StdScalarDeserializer<String> {
        Text() {
            super(String.class);
        }

        @Override
        public LogicalType logicalType() {
            return LogicalType.Textual;
        }

        @Override
        public String deserialize(JsonParser json, DeserializationContext context) {
            if (!json.hasToken(JsonToken.VALUE_STRING)) {
                return (String) context.handleUnexpectedToken(String.class, json);
            }
            String text = json.getString();
            if (text.codePoints().anyMatch(Text::unfit)) {
                return (String) context.handleWeirdStringValue(String.class, "", "unprintable characters");
            }
            return text;
        }

        private static boolean unfit(int codePoint) {
            return codePoint < 0x20 && codePoint != '\n' && codePoint != '\r' && codePoint != '\t'
                    || codePoint == 0x7f
                    || codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        }
    }
}
