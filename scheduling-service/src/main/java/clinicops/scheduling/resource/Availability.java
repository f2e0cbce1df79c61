package clinicops.scheduling.resource;

import clinicops.chassis.RuleViolation;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * When the clinic, a person or a thing is there, apart from the weekly opening hours: closures and extra hours of the clinic,
 * working hours and leave of people, chairs and pumps that are out of order.
 *
 * <p>It holds on each day from the first to the last one, or on the days of its recurrence rule; on each of them from a local
 * time to a later one. It may be changed and taken away at any moment: what is booked stays, and shows up among the broken
 * sessions when it no longer fits.
 *
 * @param of {@link #CLINIC}, or a means by kind and id, for example {@code nurse/0198...}
 * @param lastDay null for a recurrence that goes on until its rule ends
 * @param fromMinute of the local day, 0 to 1439
 * @param untilMinute of the local day, later, up to 1440
 */
@Document("availability")
record Availability(
        @Id String id,
        @Version long version,
        String of,
        Effect effect,
        LocalDate firstDay,
        @Nullable LocalDate lastDay,
        int fromMinute,
        int untilMinute,
        @Nullable String rrule,
        Reason reason) {
    static final String CLINIC = "clinic";
    static final int WHOLE_DAY = 24 * 60;
    private static final int MOST_YEARS = 5;

    /** What is so at that time. A person of whom no working hours are on record works whenever the clinic is open. */
    enum Effect {
        @JsonProperty("open")
        OPEN(Set.of(CLINIC)),
        @JsonProperty("closed")
        CLOSED(Set.of(CLINIC)),
        @JsonProperty("works")
        WORKS(Set.of("nurse", "prescriber", "therapist")),
        @JsonProperty("away")
        AWAY(Set.of("nurse", "prescriber", "therapist")),
        @JsonProperty("out-of-order")
        OUT_OF_ORDER(Set.of("chair", "pump"));

        private final Set<String> of;

        Effect(Set<String> of) {
            this.of = of;
        }

        /** True when time is given, false when it is taken away. */
        boolean gives() {
            return this == OPEN || this == WORKS;
        }
    }

    /** Why, as a code: what it says of a person stays theirs. */
    enum Reason {
        @JsonProperty("holiday")
        HOLIDAY,
        @JsonProperty("leave")
        LEAVE,
        @JsonProperty("sickness")
        SICKNESS,
        @JsonProperty("training")
        TRAINING,
        @JsonProperty("maintenance")
        MAINTENANCE,
        @JsonProperty("working-hours")
        WORKING_HOURS,
        @JsonProperty("other")
        OTHER
    }

    /**
     * Refuses what can't be.
     *
     * @throws RuleViolation {@code effect-of-kind}, {@code from-before-until}, {@code first-before-last}, {@code too-far-ahead},
     *     {@code recurrence-rule}, {@code time-in-gap}, {@code time-twice} (422)
     */
    void check(ZoneId zone, LocalDate today) {
        if (!effect.of.contains(kind())) {
            throw new RuleViolation("effect-of-kind", "that can't be said of a " + kind()).withField("effect");
        }
        if (fromMinute < 0 || untilMinute > WHOLE_DAY || fromMinute >= untilMinute) {
            throw new RuleViolation("from-before-until", "it begins before it ends, on one day").withField("until");
        }
        if (lastDay != null && lastDay.isBefore(firstDay)) {
            throw new RuleViolation("first-before-last", "the last day is not before the first").withField("lastDay");
        }
        LocalDate farthest = today.plusYears(MOST_YEARS);
        if (firstDay.isAfter(farthest) || (lastDay != null && lastDay.isAfter(farthest))) {
            throw new RuleViolation("too-far-ahead", "at most " + MOST_YEARS + " years ahead").withField("firstDay");
        }
        RecurrenceRule rule = recurrence();
        if (rule != null) {
            rule.checkExpands();
        } else if (firstDay.equals(lastDay)) {
            exists(at(firstDay, fromMinute), zone, "from");
            exists(at(firstDay, untilMinute), zone, "until");
        }
    }

    /** On a single day a time is one moment. Over many days the clocks' changes make a day shorter or longer instead. */
    private static void exists(LocalDateTime time, ZoneId zone, String field) {
        if (LocalMoment.isSkipped(time, zone)) {
            throw new RuleViolation("time-in-gap", "the clocks skip that time on that day").withField(field);
        }
        if (LocalMoment.isTwice(time, zone)) {
            throw new RuleViolation("time-twice", "the clocks show that time twice on that day").withField(field);
        }
    }

    private String kind() {
        int slash = of.indexOf('/');
        return slash < 0 ? of : of.substring(0, slash);
    }

    private @Nullable RecurrenceRule recurrence() {
        return rrule == null ? null : RecurrenceRule.of(rrule, firstDay);
    }

    boolean holdsOn(LocalDate day, Occurrences occurrences) {
        if (day.isBefore(firstDay) || (lastDay != null && day.isAfter(lastDay))) {
            return false;
        }
        return rrule == null || occurrences.on(new RecurrenceRule(rrule, firstDay), day);
    }

    /** On a day that the clocks change, in doubt less time is given and more is taken away. */
    Span on(LocalDate day, ZoneId zone) {
        LocalDateTime from = at(day, fromMinute);
        LocalDateTime until = at(day, untilMinute);
        Instant begins = effect.gives() ? LocalMoment.later(from, zone) : LocalMoment.earlier(from, zone);
        Instant ends = effect.gives() ? LocalMoment.earlier(until, zone) : LocalMoment.later(until, zone);
        return new Span(begins, ends);
    }

    private static LocalDateTime at(LocalDate day, int minute) {
        return day.atStartOfDay().plusMinutes(minute);
    }
}
