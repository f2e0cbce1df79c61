package clinicops.scheduling.dayclose;

import clinicops.chassis.RuleViolation;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * The end of one clinic day. While it is open its lines are what the records say now; whatever does not balance needs an owner
 * before the day can be closed. Closed, it keeps the lines as they were.
 */
@Document("day_closes")
final class DayClose {
    @Id
    private final String id;

    @Version
    private long version;

    private final LocalDate day;
    private Map<String, String> owners = new HashMap<>();
    private @Nullable Long countedCashCents;
    private @Nullable Long countedCardCents;
    private @Nullable List<CloseLine> closedLines;
    private @Nullable String closedBy;
    private @Nullable Instant closedAt;

    /** What is compared. */
    enum CloseItem {
        @JsonProperty("sessions")
        SESSIONS,
        @JsonProperty("notes")
        NOTES,
        @JsonProperty("charges")
        CHARGES,
        @JsonProperty("cash")
        CASH,
        @JsonProperty("card")
        CARD,
        @JsonProperty("drug-draws")
        DRUG_DRAWS,
        @JsonProperty("drug-count")
        DRUG_COUNT
    }

    /**
     * One comparison.
     *
     * @param left how many, or how many cents, do not balance; 0 when it does
     * @param expected by the records
     * @param found typed or counted; null while nobody did
     * @param owner who sees to what is left; null while nobody does
     */
    record CloseLine(
            CloseItem what,
            boolean balances,
            long expected,
            @Nullable Long found,
            long left,
            @Nullable String owner) {}

    /** @param id the day as text */
    DayClose(String id, LocalDate day) {
        this.id = id;
        this.day = day;
    }

    void own(CloseItem what, @Nullable String owner) {
        requireOpen();
        if (owner == null) {
            owners.remove(what.name());
        } else {
            owners.put(what.name(), owner);
        }
    }

    void count(long cashCents, long cardCents) {
        requireOpen();
        countedCashCents = cashCents;
        countedCardCents = cardCents;
    }

    /** @param lines as they are now */
    void close(List<CloseLine> lines, String by, Instant now) {
        requireOpen();
        lines.stream()
                .filter(line -> !line.balances() && line.owner() == null)
                .findFirst()
                .ifPresent(line -> {
                    throw new RuleViolation(
                                    "owner-missing",
                                    "what does not balance needs somebody who sees to it before the day is closed")
                            .withField(line.what()
                                    .name()
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .replace('_', '-'));
                });
        closedLines = List.copyOf(lines);
        closedBy = by;
        closedAt = now;
    }

    private void requireOpen() {
        if (closedAt != null) {
            throw RuleViolation.conflict("day-closed", "the day is closed");
        }
    }

    long version() {
        return version;
    }

    LocalDate day() {
        return day;
    }

    @Nullable
    String owner(CloseItem what) {
        return owners.get(what.name());
    }

    @Nullable
    Long countedCashCents() {
        return countedCashCents;
    }

    @Nullable
    Long countedCardCents() {
        return countedCardCents;
    }

    @Nullable
    List<CloseLine> closedLines() {
        return closedLines;
    }

    @Nullable
    String closedBy() {
        return closedBy;
    }

    @Nullable
    Instant closedAt() {
        return closedAt;
    }
}
