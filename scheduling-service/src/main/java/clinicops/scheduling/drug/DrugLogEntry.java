package clinicops.scheduling.drug;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One line of a drug's log: inserted once, never changed, never deleted (records are kept for at least two years).
 *
 * @param id {@code drug|number}, so that no number is there twice
 * @param number counts from 1 without a gap, for each drug
 * @param lotId null when by the log nothing was there to take it from, and for counts
 * @param mg the amount; of an adjustment with its sign
 * @param onHandMg in stock after it, by the log
 * @param outMg drawn and not yet accounted for after it
 * @param witness the second person of a waste or a count
 * @param reason code or words
 */
@Document("drug_log")
public record DrugLogEntry(
        @Id String id,
        String drug,
        long number,
        EntryKind kind,
        @Nullable String lotId,
        @Nullable String drawId,
        @Nullable String sessionId,
        @Nullable String patientId,
        BigDecimal mg,
        BigDecimal onHandMg,
        BigDecimal outMg,
        String by,
        @Nullable String witness,
        @Nullable String reason,
        Instant at) {

    /** What happened to the drug. */
    public enum EntryKind {
        @JsonProperty("received")
        RECEIVED,
        @JsonProperty("drawn")
        DRAWN,
        @JsonProperty("given")
        GIVEN,
        /** Less was given than told first: a tablet without network told late that the dose was stopped. */
        @JsonProperty("given-less")
        GIVEN_LESS,
        @JsonProperty("wasted")
        WASTED,
        @JsonProperty("returned")
        RETURNED,
        @JsonProperty("counted")
        COUNTED,
        @JsonProperty("adjusted")
        ADJUSTED
    }

    static String id(String drug, long number) {
        return "%s|%010d".formatted(drug, number);
    }
}
