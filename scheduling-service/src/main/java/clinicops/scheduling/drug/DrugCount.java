package clinicops.scheduling.drug;

import clinicops.chassis.RuleViolation;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Two people count what is on hand of a drug, each for themselves and neither knowing the other's number. If both find the same,
 * it either <em>balances</em> with the log or is <em>different</em>, which opens a {@link CountReview}. If they find different
 * amounts it is <em>disputed</em>, and they count again.
 */
@Document("drug_counts")
final class DrugCount {
    @Id
    private final String id;

    @Version
    private long version;

    private final String drug;
    private final CountTime at;
    private final LocalDate day;
    private final BigDecimal firstMg;
    private final String firstBy;
    private final Instant firstAt;
    /** The log's last number then: whatever is drawn before the second has counted makes the first number old. */
    private final long afterNumber;

    private CountState state = CountState.WAITING;
    private @Nullable BigDecimal expectedMg;
    private @Nullable BigDecimal secondMg;
    private @Nullable String secondBy;
    private @Nullable Instant secondAt;

    /** When it is counted. */
    enum CountTime {
        @JsonProperty("opening")
        OPENING("opening"),
        @JsonProperty("closing")
        CLOSING("closing"),
        /** Everything, as the law asks every two years. */
        @JsonProperty("inventory")
        INVENTORY("inventory");

        private final String code;

        CountTime(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /** Where it stands. */
    enum CountState {
        @JsonProperty("waiting")
        WAITING,
        @JsonProperty("balanced")
        BALANCED,
        @JsonProperty("different")
        DIFFERENT,
        @JsonProperty("disputed")
        DISPUTED
    }

    DrugCount(
            String id,
            String drug,
            CountTime at,
            LocalDate day,
            BigDecimal firstMg,
            String firstBy,
            Instant firstAt,
            long afterNumber) {
        this.id = id;
        this.drug = drug;
        this.at = at;
        this.day = day;
        this.firstMg = firstMg;
        this.firstBy = firstBy;
        this.firstAt = firstAt;
        this.afterNumber = afterNumber;
    }

    /** The second person's own count. */
    void confirm(BigDecimal mg, DrugBook book, String by, Instant now) {
        if (state != CountState.WAITING) {
            throw RuleViolation.conflict("already-confirmed", "the count is complete already");
        }
        if (by.equals(firstBy)) {
            throw DrugBook.secondPerson();
        }
        if (book.lastNumber() != afterNumber) {
            throw RuleViolation.conflict(
                    "count-outdated", "something was booked since the first person counted: count again");
        }
        secondMg = mg;
        secondBy = by;
        secondAt = now;
        expectedMg = book.onHandMg();
        if (mg.compareTo(firstMg) != 0) {
            state = CountState.DISPUTED;
        } else {
            state = mg.compareTo(book.onHandMg()) == 0 ? CountState.BALANCED : CountState.DIFFERENT;
        }
    }

    String id() {
        return id;
    }

    long version() {
        return version;
    }

    String drug() {
        return drug;
    }

    CountTime at() {
        return at;
    }

    LocalDate day() {
        return day;
    }

    BigDecimal firstMg() {
        return firstMg;
    }

    String firstBy() {
        return firstBy;
    }

    Instant firstAt() {
        return firstAt;
    }

    CountState state() {
        return state;
    }

    @Nullable
    BigDecimal expectedMg() {
        return expectedMg;
    }

    @Nullable
    BigDecimal secondMg() {
        return secondMg;
    }

    @Nullable
    String secondBy() {
        return secondBy;
    }

    @Nullable
    Instant secondAt() {
        return secondAt;
    }
}
