package clinicops.scheduling.resource;

import clinicops.chassis.RuleViolation;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import net.fortuna.ical4j.model.Recur;

/**
 * Days that come again, as RFC 5545 says it: {@code FREQ=WEEKLY;BYDAY=MO,WE}. ical4j finds the days; what it is shown is
 * fenced in first, because it takes rules by the second and endless ones without a word (ADR 22).
 *
 * @param text the rule without {@code RRULE:}
 * @param first no day before it belongs to the rule; it need not be one of them
 */
record RecurrenceRule(String text, LocalDate first) {
    private static final int LONGEST = 200;
    private static final int MOST_DAYS = 500;
    private static final int LONGEST_INTERVAL = 52;
    private static final int YEARS_TRIED = 5;
    private static final Pattern DAY = Pattern.compile("([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)");
    private static final Pattern MONTH = Pattern.compile("[1-9]|1[0-2]");
    private static final Pattern SIGNED_DAY = Pattern.compile("[+-]?([1-9]|[12][0-9]|3[01])");

    /** @throws RuleViolation {@code recurrence-rule} (422) for what is not understood here, with the part that is wrong */
    static RecurrenceRule of(String text, LocalDate first) {
        if (text.length() > LONGEST) {
            throw refused("a recurrence rule has at most " + LONGEST + " characters");
        }
        Map<String, String> parts = new HashMap<>();
        for (String part : text.split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1 || parts.put(part.substring(0, equals), part.substring(equals + 1)) != null) {
                throw refused("a recurrence rule is made of NAME=VALUE, each once, with semicolons between");
            }
        }
        String every = parts.getOrDefault("FREQ", "");
        if (!Set.of("DAILY", "WEEKLY", "MONTHLY", "YEARLY").contains(every)) {
            throw refused("FREQ is DAILY, WEEKLY, MONTHLY or YEARLY");
        }
        if (parts.containsKey("COUNT") && parts.containsKey("UNTIL")) {
            throw refused("a rule ends by COUNT or by UNTIL, not both");
        }
        if (parts.containsKey("BYSETPOS") && !parts.containsKey("BYDAY") && !parts.containsKey("BYMONTHDAY")) {
            throw refused("BYSETPOS chooses among BYDAY or BYMONTHDAY");
        }
        parts.forEach((name, value) -> check(name, value, every));
        return new RecurrenceRule(text, first);
    }

    private static void check(String name, String value, String every) {
        switch (name) {
            case "FREQ" -> {}
            case "INTERVAL" -> within(name, value, LONGEST_INTERVAL);
            case "COUNT" -> within(name, value, MOST_DAYS);
            case "BYDAY" -> {
                each(name, value, DAY);
                if (every.equals("DAILY") || every.equals("WEEKLY")) {
                    each(name, value, Pattern.compile("[A-Z]{2}"));
                }
            }
            case "BYMONTH" -> each(name, value, MONTH);
            case "BYMONTHDAY", "BYSETPOS" -> each(name, value, SIGNED_DAY);
            case "UNTIL" -> {
                try {
                    LocalDate.parse(value, DateTimeFormatter.BASIC_ISO_DATE);
                } catch (DateTimeParseException e) {
                    throw refused("UNTIL is a day, for example 20271231");
                }
            }
            default ->
                throw refused("a rule knows FREQ, INTERVAL, BYDAY, BYMONTH, BYMONTHDAY, BYSETPOS, COUNT and UNTIL");
        }
    }

    private static void within(String name, String value, int most) {
        if (!value.matches("[1-9][0-9]{0,3}") || Integer.parseInt(value) > most) {
            throw refused(name + " is between 1 and " + most);
        }
    }

    private static void each(String name, String value, Pattern form) {
        for (String one : value.split(",", -1)) {
            if (!form.matcher(one).matches()) {
                throw refused(name + " can't be understood");
            }
        }
    }

    private static RuleViolation refused(String why) {
        return new RuleViolation("recurrence-rule", why).withField("rrule");
    }

    /** @throws RuleViolation {@code recurrence-rule} (422) when its parts don't go together, or no day is ever one of it */
    void checkExpands() {
        boolean some;
        try {
            some = !between(first, first.plusYears(YEARS_TRIED)).isEmpty();
        } catch (RuntimeException e) {
            throw refused("the parts of the rule don't go together");
        }
        if (!some) {
            throw refused("no day belongs to the rule");
        }
    }

    /** Its days in a stretch, both ends included. */
    Set<LocalDate> between(LocalDate from, LocalDate until) {
        if (until.isBefore(first)) {
            return Set.of();
        }
        List<LocalDate> days = new Recur<LocalDate>(text).getDates(first, from.isBefore(first) ? first : from, until);
        return Set.copyOf(days);
    }
}
