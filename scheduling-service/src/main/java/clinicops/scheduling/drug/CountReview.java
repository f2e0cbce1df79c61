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
 * The log and the cabinet say different things. It stays open until somebody found out why; a theft or significant loss is
 * reported to the DEA by {@code reportDueOn}.
 */
@Document("count_reviews")
final class CountReview {
    @Id
    private final String id;

    @Version
    private long version;

    private final String drug;
    private final ReviewCause cause;
    private final BigDecimal expectedMg;
    private final BigDecimal foundMg;
    private final @Nullable String sessionId;
    private final Instant openedAt;
    private final LocalDate reportDueOn;
    private boolean open = true;
    private @Nullable Finding finding;
    private @Nullable String explanation;
    private @Nullable String closedBy;
    private @Nullable Instant closedAt;
    private @Nullable LocalDate reportedOn;

    /** How it came to light. */
    enum ReviewCause {
        @JsonProperty("count")
        COUNT,
        /** A rescue drug was given, of which the log knew none on hand. */
        @JsonProperty("beyond-stock")
        BEYOND_STOCK
    }

    /** What the review found. */
    enum Finding {
        /** The count was wrong; the log stands. */
        @JsonProperty("miscounted")
        MISCOUNTED("miscounted"),
        /** Something was not written down; the log is adjusted. */
        @JsonProperty("not-recorded")
        NOT_RECORDED("not-recorded"),
        /** Explained and small: spilt, broken; the log is adjusted. */
        @JsonProperty("minor-loss")
        MINOR_LOSS("minor-loss"),
        /** Theft or significant loss; the log is adjusted, the DEA is told. */
        @JsonProperty("theft-or-significant-loss")
        SIGNIFICANT_LOSS("theft-or-significant-loss");

        private final String code;

        Finding(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    CountReview(
            String id,
            String drug,
            ReviewCause cause,
            BigDecimal expectedMg,
            BigDecimal foundMg,
            @Nullable String sessionId,
            Instant openedAt,
            LocalDate reportDueOn) {
        this.id = id;
        this.drug = drug;
        this.cause = cause;
        this.expectedMg = expectedMg;
        this.foundMg = foundMg;
        this.sessionId = sessionId;
        this.openedAt = openedAt;
        this.reportDueOn = reportDueOn;
    }

    /** @return by how much the log has to be adjusted; 0 when it stands */
    BigDecimal close(Finding found, String why, @Nullable LocalDate reported, LocalDate today, String by, Instant now) {
        if (!open) {
            throw RuleViolation.conflict("review-closed", "the review is closed already");
        }
        if (found == Finding.SIGNIFICANT_LOSS && reported == null) {
            throw new RuleViolation(
                            "loss-not-reported",
                            "a theft or significant loss is reported to the DEA first: say on which day")
                    .withField("reportedOn");
        }
        if (reported != null && reported.isAfter(today)) {
            throw new RuleViolation("in-the-future", "that day is still to come").withField("reportedOn");
        }
        open = false;
        finding = found;
        explanation = why;
        reportedOn = reported;
        closedBy = by;
        closedAt = now;
        return found == Finding.MISCOUNTED ? BigDecimal.ZERO : foundMg.subtract(expectedMg);
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

    ReviewCause cause() {
        return cause;
    }

    BigDecimal expectedMg() {
        return expectedMg;
    }

    BigDecimal foundMg() {
        return foundMg;
    }

    @Nullable
    String sessionId() {
        return sessionId;
    }

    Instant openedAt() {
        return openedAt;
    }

    LocalDate reportDueOn() {
        return reportDueOn;
    }

    boolean isOpen() {
        return open;
    }

    @Nullable
    Finding finding() {
        return finding;
    }

    @Nullable
    String explanation() {
        return explanation;
    }

    @Nullable
    String closedBy() {
        return closedBy;
    }

    @Nullable
    Instant closedAt() {
        return closedAt;
    }

    @Nullable
    LocalDate reportedOn() {
        return reportedOn;
    }
}
