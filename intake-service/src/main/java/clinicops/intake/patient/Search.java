package clinicops.intake.patient;

import clinicops.chassis.RuleViolation;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.mongodb.core.index.IndexOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/**
 * What somebody types to find a patient: the beginning of a name, a birth date, or a phone number or its end. Works on every
 * collection that keeps {@link SearchKeys} as {@code search} under these indexes.
 *
 * @param text searchable beginning of a name, ISO day, or digits with the last first
 */
public record Search(By by, String text) {
    public static final String NAMES_INDEX = "search-names-and-status";
    public static final String BIRTH_DATE_INDEX = "search-birth-date";
    public static final String PHONE_INDEX = "search-phone";

    /** Had other keys once: an index is never changed under its name, MongoDB refuses to start on it. */
    private static final List<String> FORMER_NAMES_INDEXES = List.of("search-names", "search-by-name");

    private static final int LONGEST = 100;
    /** Fewer digits tell nobody apart. */
    private static final int LEAST_DIGITS = 4;

    private static final int OLDEST_YEARS = 125;
    private static final Pattern LETTER = Pattern.compile("\\p{L}");
    private static final Pattern NOT_PLAIN = Pattern.compile("[^\\p{L}\\p{N}]");

    /** As people here write a day: month before day, unless the year comes first or the month is a word. */
    private static final List<DateTimeFormatter> DAYS = Stream.of(
                    "uuuu-M-d",
                    "uuuu/M/d",
                    "M/d/uuuu",
                    "M-d-uuuu",
                    "M.d.uuuu",
                    "uuuuMMdd",
                    "MMdduuuu",
                    "d MMM uuuu",
                    "d MMMM uuuu",
                    "MMM d, uuuu",
                    "MMMM d, uuuu",
                    "MMM d uuuu",
                    "MMMM d uuuu")
            .map(form -> new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(form)
                    .toFormatter(Locale.US)
                    .withResolverStyle(ResolverStyle.STRICT))
            .toList();

    /** What is compared. */
    public enum By {
        NAME,
        BIRTH_DATE,
        PHONE
    }

    /**
     * @param today tells which century a year of two digits is of
     * @throws RuleViolation {@code q} (400) when it is none of these
     */
    public static Search of(String q, LocalDate today) {
        String typed = q.strip().replaceAll("\\s+", " ");
        if (typed.length() <= LONGEST) {
            var day = day(typed, today);
            if (day.isPresent()) {
                return new Search(By.BIRTH_DATE, day.get().toString());
            }
            if (LETTER.matcher(typed).find()) {
                return new Search(By.NAME, Demographics.searchable(typed));
            }
            // neither the way out of one's own country nor a trunk prefix is part of the number itself
            String digits = typed.replaceAll("[^0-9]", "").replaceFirst("^(?:00|0(?=\\d{8}))", "");
            if (digits.length() >= LEAST_DIGITS) {
                return new Search(By.PHONE, SearchKeys.lastFirst(digits));
            }
        }
        throw RuleViolation.malformed(
                        "q",
                        "give the beginning of a name, a birth date, or at least %d digits of a phone; at most %d characters"
                                .formatted(LEAST_DIGITS, LONGEST))
                .withField("q");
    }

    private static Optional<LocalDate> day(String typed, LocalDate today) {
        if (typed.chars().noneMatch(Character::isDigit)) {
            // most are names, and each form that a text has not costs an exception
            return Optional.empty();
        }
        return Stream.concat(
                        DAYS.stream(),
                        Stream.of(shortYear("M/d/", today), shortYear("M-d-", today), shortYear("M.d.", today)))
                .map(form -> parsed(typed, form))
                .filter(day -> day != null && !day.isAfter(today) && !day.isBefore(today.minusYears(OLDEST_YEARS)))
                .<LocalDate>map(day -> day)
                .findFirst();
    }

    private static DateTimeFormatter shortYear(String monthAndDay, LocalDate today) {
        return new DateTimeFormatterBuilder()
                .appendPattern(monthAndDay)
                .appendValueReduced(ChronoField.YEAR, 2, 2, today.minusYears(99).getYear())
                .toFormatter(Locale.US)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    private static @Nullable LocalDate parsed(String typed, DateTimeFormatter form) {
        try {
            return LocalDate.parse(typed, form);
        } catch (DateTimeException notThisForm) {
            return null;
        }
    }

    /** Drops what a database of former days still has; call it before the indexes are made. */
    public static void dropFormerIndexes(IndexOperations indexes) {
        for (String former : FORMER_NAMES_INDEXES) {
            try {
                if (has(former, indexes)) {
                    indexes.dropIndex(former);
                }
            } catch (DataAccessException e) {
                // another copy of the service may have been faster
                if (has(former, indexes)) {
                    throw e;
                }
            }
        }
    }

    private static boolean has(String name, IndexOperations indexes) {
        return indexes.getIndexInfo().stream().anyMatch(index -> index.getName().equals(name));
    }

    /** Adds this to a query, with the index that answers it: else an order tempts MongoDB to walk through everybody. */
    public Query narrow(Query query) {
        return switch (by) {
            case NAME ->
                query.addCriteria(Criteria.where("search.names").regex(beginning(text)))
                        .withHint(NAMES_INDEX);
            case BIRTH_DATE ->
                query.addCriteria(Criteria.where("search.birthDate").is(text)).withHint(BIRTH_DATE_INDEX);
            case PHONE ->
                query.addCriteria(Criteria.where("search.phone").regex(beginning(text)))
                        .withHint(PHONE_INDEX);
        };
    }

    /** An anchored expression without operators: the only kind that MongoDB answers from an index. */
    private static String beginning(String text) {
        return "^" + NOT_PLAIN.matcher(text).replaceAll(found -> "\\\\" + Matcher.quoteReplacement(found.group()));
    }
}
