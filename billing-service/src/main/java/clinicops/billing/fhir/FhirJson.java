package clinicops.billing.fhir;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes resources straight as text. A search page of twenty claims has thousands of elements; as objects of HAPI's model, made
 * and walked for each, they would cost more than everything else of the request. That what is written here is sound FHIR is
 * checked against HAPI's validator in the tests.
 */
final class FhirJson implements AutoCloseable {
    private static final JsonFactory JSON = JsonFactory.builder().build();
    private static final int TYPICAL_PAGE = 32 * 1024;

    private final ByteArrayOutputStream text;
    private final JsonGenerator json;

    private FhirJson(int expectedBytes) {
        text = new ByteArrayOutputStream(expectedBytes);
        json = JSON.createGenerator(ObjectWriteContext.empty(), text);
    }

    static FhirJson page() {
        return new FhirJson(TYPICAL_PAGE);
    }

    static FhirJson resource() {
        return new FhirJson(2 * 1024);
    }

    /** What was written; nothing can be added after it. */
    byte[] bytes() {
        json.close();
        return text.toByteArray();
    }

    @Override
    public void close() {
        json.close();
    }

    FhirJson begin() {
        json.writeStartObject();
        return this;
    }

    FhirJson begin(String name) {
        json.writeName(name);
        json.writeStartObject();
        return this;
    }

    /** The next object written is the value of this name; for writers that begin their object themselves. */
    FhirJson name(String name) {
        json.writeName(name);
        return this;
    }

    FhirJson end() {
        json.writeEndObject();
        return this;
    }

    FhirJson list(String name) {
        json.writeName(name);
        json.writeStartArray();
        return this;
    }

    FhirJson beginList() {
        json.writeStartArray();
        return this;
    }

    FhirJson endList() {
        json.writeEndArray();
        return this;
    }

    FhirJson text(String name, String value) {
        json.writeName(name);
        json.writeString(value);
        return this;
    }

    /** Writes nothing for null or an empty text, which FHIR does not allow. */
    FhirJson textIfAny(String name, @Nullable String value) {
        return value == null || value.isBlank() ? this : text(name, value);
    }

    FhirJson item(String value) {
        json.writeString(value);
        return this;
    }

    FhirJson item(int value) {
        json.writeNumber(value);
        return this;
    }

    FhirJson number(String name, long value) {
        json.writeName(name);
        json.writeNumber(value);
        return this;
    }

    FhirJson flag(String name, boolean value) {
        json.writeName(name);
        json.writeBoolean(value);
        return this;
    }

    /** A FHIR instant or dateTime, in UTC to the millisecond. */
    FhirJson time(String name, Date value) {
        return text(name, Instant.ofEpochMilli(value.getTime()).toString());
    }

    /** A FHIR date; days lie in the database as midnight UTC. */
    FhirJson day(String name, Date value) {
        return text(name, day(value).toString());
    }

    static LocalDate day(Date stored) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(stored.getTime()), ZoneOffset.UTC);
    }

    /** A Money in US dollars, with both places; as text, so that it is exact. */
    FhirJson money(String name, long cents) {
        json.writeName(name);
        json.writeRawValue("{\"value\":" + dollars(cents) + ",\"currency\":\"USD\"}");
        return this;
    }

    static String dollars(long cents) {
        long whole = Math.abs(cents);
        long rest = whole % 100;
        return (cents < 0 ? "-" : "") + whole / 100 + (rest < 10 ? ".0" : ".") + rest;
    }

    /** What is the same in every resource is written once, for good, and only copied. */
    static SerializedString always(Consumer<FhirJson> value) {
        try (FhirJson json = resource()) {
            value.accept(json);
            return new SerializedString(new String(json.bytes(), StandardCharsets.UTF_8));
        }
    }

    FhirJson always(String name, SerializedString value) {
        json.writeName(name);
        json.writeRawValue(value);
        return this;
    }

    /** An item of a list. */
    FhirJson always(SerializedString value) {
        json.writeRawValue(value);
        return this;
    }

    /** A CodeableConcept with one coding. */
    FhirJson concept(String name, String system, String code) {
        return begin(name).codings(system, code).end();
    }

    /** A list of one CodeableConcept with one coding. */
    FhirJson codings(String system, String code) {
        return list("coding").coding(system, code).endList();
    }

    FhirJson coding(SerializedString system, String code) {
        begin();
        json.writeName("system");
        json.writeString(system);
        return text("code", code).end();
    }

    FhirJson coding(String system, String code) {
        return begin().text("system", system).text("code", code).end();
    }

    FhirJson reference(String name, String type, String id) {
        return begin(name).text("reference", type + "/" + id).end();
    }

    FhirJson identifier(String system, String value) {
        return text("system", system).text("value", value);
    }
}
