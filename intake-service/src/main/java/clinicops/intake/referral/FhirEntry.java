package clinicops.intake.referral;

import clinicops.intake.instrument.SentAnswers;
import clinicops.intake.referral.ReferralRules.RowError;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one entry of a Bundle has to say about a referral; so little of it that a whole Bundle fits into memory.
 *
 * @param at position in the Bundle, from 0
 * @param kind null for a resource that is not imported
 * @param keys what a reference may call it
 * @param owner the reference to its Patient, as it was written; empty on a Patient, and when it can't be found
 * @param says what it says of its kind's columns, and where; empty when {@code errors} is not
 * @param counts false when it tells of something past, refuted or never in force, so that it is set aside
 * @param order a Coverage's own order; the least comes first
 * @param names other references that matter: a ServiceRequest's reasons, a Coverage's payor
 * @param answered a QuestionnaireResponse's answers; null for another resource, and when it is not one of the clinic's
 * @param method of its request; null without one
 */
record FhirEntry(
        int at,
        @Nullable Kind kind,
        Set<String> keys,
        String owner,
        Columns says,
        boolean counts,
        int order,
        List<String> names,
        @Nullable SentAnswers answered,
        @Nullable String method,
        List<RowError> errors) {

    /** The resources that are imported, and the columns that each fills. */
    enum Kind {
        PATIENT(
                "",
                "system",
                "id",
                "given_name",
                "family_name",
                "birth_date",
                "sex",
                "email",
                "phone",
                "zone",
                "language",
                "email_ok",
                "sms_ok"),
        CONDITION("subject", "indication"),
        COVERAGE("beneficiary", "payer_code", "plan", "member_id"),
        SERVICE_REQUEST("subject", "urgency", "referred_on"),
        QUESTIONNAIRE_RESPONSE("subject");

        /** The field that refers to the Patient. */
        final String owner;

        final Set<String> columns;

        Kind(String owner, String... columns) {
            this.owner = owner;
            this.columns = Set.of(columns);
        }

        static @Nullable Kind of(String resourceType) {
            return switch (resourceType) {
                case "Patient" -> PATIENT;
                case "Condition" -> CONDITION;
                case "Coverage" -> COVERAGE;
                case "ServiceRequest" -> SERVICE_REQUEST;
                case "QuestionnaireResponse" -> QUESTIONNAIRE_RESPONSE;
                default -> null;
            };
        }
    }

    /** Columns of a row, with the place in the Bundle where each comes from, or would have stood. */
    record Columns(Map<String, String> texts, Map<String, String> places) {
        Columns() {
            this(new HashMap<>(), new HashMap<>());
        }

        void put(String column, @Nullable String text, String place) {
            texts.put(column, text == null ? "" : text);
            places.put(column, place);
        }

        void putAll(Columns others) {
            texts.putAll(others.texts);
            places.putAll(others.places);
        }

        String text(String column) {
            return texts.getOrDefault(column, "");
        }

        String place(String column) {
            return places.getOrDefault(column, column);
        }
    }

    String path() {
        return path(at);
    }

    static String path(int at) {
        return "Bundle.entry[" + at + "]";
    }

    /** Where it refers to its Patient. */
    String ownerPlace() {
        return path() + ".resource" + (kind == null ? "" : "." + kind.owner + ".reference");
    }

    /** What a reference may call a resource: its full URL, or type and id. */
    static Set<String> keys(String type, String fullUrl, String id) {
        var keys = new LinkedHashSet<String>();
        if (!fullUrl.isEmpty()) {
            keys.add(fullUrl);
            int tail = fullUrl.lastIndexOf("/" + type + "/");
            if (tail >= 0) {
                keys.add(fullUrl.substring(tail + 1));
            }
        }
        if (!id.isEmpty()) {
            keys.add(type + "/" + id);
        }
        return keys;
    }

    /** A reference without the version that it may name. */
    static String unversioned(String reference) {
        int version = reference.indexOf("/_history/");
        return version < 0 ? reference : reference.substring(0, version);
    }
}
