package clinicops.intake.document;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a document is. */
enum DocumentKind {
    REFERRAL_LETTER,
    /** From another clinic or hospital. */
    OUTSIDE_RECORD,
    LAB_RESULT,
    ECG,
    IMAGING,
    INSURANCE_CARD,
    IDENTIFICATION,
    /** A consent that was signed on paper. */
    CONSENT_PAPER,
    OTHER;

    /** As it travels: kebab-case. */
    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<DocumentKind> of(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }
}
