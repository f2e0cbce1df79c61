package clinicops.billing.fhir;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a search, read strictly: what is unknown, malformed or given twice is refused by its name, because a filter
 * that is quietly dropped answers with rows that nobody asked for.
 */
final class SearchQuery {
    static final int DEFAULT_COUNT = 20;
    static final int MAX_COUNT = 100;
    private static final int MOST_VALUES = 50;
    /** How the answer is written, not what is looked for; there is one form only. */
    private static final Set<String> IGNORED = Set.of("_format", "_pretty");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");
    private static final Pattern CURSOR = Pattern.compile("(-?\\d{1,15})~([A-Za-z0-9.-]{1,64})");

    private final Map<String, String[]> given;
    private final FhirBase base;

    private SearchQuery(Map<String, String[]> given, FhirBase base) {
        this.given = given;
        this.base = base;
    }

    /**
     * @param known the parameters of this search, beside {@code _count} and {@code _cursor}
     * @throws FhirRefusal 400 naming the parameter, here and in every other method
     */
    static SearchQuery of(RequestDetails request, Set<String> known, FhirBase base) {
        var given = new LinkedHashMap<String, String[]>();
        request.getParameters().forEach((name, values) -> {
            if (IGNORED.contains(name)) {
                return;
            }
            if (!known.contains(name) && !name.equals("_count") && !name.equals("_cursor")) {
                String shown = name.length() <= 64 ? name : name.substring(0, 64);
                throw FhirRefusal.parameter(
                        shown,
                        "unknown-parameter",
                        "this search takes no such parameter or modifier; see the metadata");
            }
            for (String value : values) {
                if (value.isBlank()) {
                    throw FhirRefusal.parameter(name, "empty-parameter", "has no value");
                }
            }
            given.put(name, values);
        });
        return new SearchQuery(given, base);
    }

    /** The parameter's one value; null when it is not given. */
    @Nullable
    String one(String name) {
        String[] values = given.get(name);
        if (values == null) {
            return null;
        }
        if (values.length > 1) {
            throw FhirRefusal.parameter(name, "given-twice", "may be given once");
        }
        return values[0];
    }

    /** The alternatives, separated by commas; null when the parameter is not given. */
    @Nullable
    List<String> alternatives(String name) {
        String value = one(name);
        if (value == null) {
            return null;
        }
        var alternatives = Arrays.stream(value.split(",", -1)).distinct().toList();
        if (alternatives.size() > MOST_VALUES || alternatives.contains("")) {
            throw FhirRefusal.parameter(name, "alternatives", "takes 1 to " + MOST_VALUES + " values");
        }
        return alternatives;
    }

    /** Ids, for {@code _id}; null when not given. */
    @Nullable
    List<String> ids() {
        var ids = alternatives("_id");
        if (ids != null) {
            ids.forEach(id -> requireId("_id", id));
        }
        return ids;
    }

    /** The alternatives, each of which has to be one of the codes. */
    @Nullable
    Set<String> codes(String name, Set<String> codes) {
        var alternatives = alternatives(name);
        if (alternatives == null) {
            return null;
        }
        if (!codes.containsAll(alternatives)) {
            throw FhirRefusal.parameter(
                    name,
                    "code",
                    "must be of " + String.join(", ", codes.stream().sorted().toList()));
        }
        return Set.copyOf(alternatives);
    }

    /** The id in a reference: {@code Type/id}, the same behind this server's base, or the id alone. */
    @Nullable
    String reference(String name, String type) {
        String value = one(name);
        if (value == null) {
            return null;
        }
        String local =
                value.startsWith(base.url() + "/") ? value.substring(base.url().length() + 1) : value;
        String id = local.startsWith(type + "/") ? local.substring(type.length() + 1) : local;
        return requireId(name, id);
    }

    private static String requireId(String name, String id) {
        if (!ID.matcher(id).matches()) {
            throw FhirRefusal.parameter(name, "id", "must be an id");
        }
        return id;
    }

    /**
     * The values in identifiers of one system: {@code system|value}, or the value alone. An identifier of another system is
     * nobody's, so it is left out.
     */
    @Nullable
    List<String> identifiers(String name, String system) {
        var alternatives = alternatives(name);
        if (alternatives == null) {
            return null;
        }
        return alternatives.stream()
                .filter(identifier -> identifier.indexOf('|') < 0 || identifier.startsWith(system + "|"))
                .map(identifier -> identifier.substring(identifier.indexOf('|') + 1))
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** True or false; null when not given. */
    @Nullable
    Boolean flag(String name) {
        String value = one(name);
        if (value == null) {
            return null;
        }
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw FhirRefusal.parameter(name, "boolean", "must be true or false");
        };
    }

    /**
     * From when until when.
     *
     * @param from inclusive; null without a beginning
     * @param until exclusive; null without an end
     */
    record Period(@Nullable Instant from, @Nullable Instant until) {
        static final Period ALWAYS = new Period(null, null);

        Period and(Period other) {
            return new Period(
                    from == null || (other.from != null && other.from.isAfter(from)) ? other.from : from,
                    until == null || (other.until != null && other.until.isBefore(until)) ? other.until : until);
        }
    }

    /** What all values of a date parameter leave; a date without a zone is a day of the clinic's. */
    Period period(String name, ZoneId zone) {
        Period all = Period.ALWAYS;
        for (String value : given.getOrDefault(name, new String[0])) {
            all = all.and(onePeriod(name, value, zone));
        }
        return all;
    }

    private static Period onePeriod(String name, String value, ZoneId zone) {
        boolean prefixed = value.length() > 2 && Character.isLetter(value.charAt(0));
        String prefix = prefixed ? value.substring(0, 2) : "eq";
        Period meant;
        try {
            meant = meant(prefixed ? value.substring(2) : value, zone);
        } catch (DateTimeException malformed) {
            throw FhirRefusal.parameter(name, "date", "must be a date or time like 2026-03-31T09:30:00Z");
        }
        return switch (prefix) {
            case "eq" -> meant;
            case "ge" -> new Period(meant.from(), null);
            case "gt", "sa" -> new Period(meant.until(), null);
            case "lt", "eb" -> new Period(null, meant.from());
            case "le" -> new Period(null, meant.until());
            default -> throw FhirRefusal.parameter(name, "prefix", "takes the prefixes eq, ge, gt, le, lt, sa, eb");
        };
    }

    /** The time that a value covers: a year, a month, a day, a minute, a second or a millisecond. */
    private static Period meant(String value, ZoneId zone) {
        return switch (value.length()) {
            case 4 ->
                days(Year.parse(value).atDay(1), Year.parse(value).plusYears(1).atDay(1), zone);
            case 7 ->
                days(
                        YearMonth.parse(value).atDay(1),
                        YearMonth.parse(value).plusMonths(1).atDay(1),
                        zone);
            case 10 -> days(LocalDate.parse(value), LocalDate.parse(value).plusDays(1), zone);
            default -> {
                // a plus in a query is a space
                Instant from = OffsetDateTime.parse(value.replace(' ', '+')).toInstant();
                requireSensible(OffsetDateTime.parse(value.replace(' ', '+')).getYear());
                int colons = (int) value.substring(0, Math.min(value.length(), 19))
                        .chars()
                        .filter(c -> c == ':')
                        .count();
                boolean seconds = colons >= 2 && value.length() >= 19 && value.charAt(16) == ':';
                yield new Period(
                        from, value.indexOf('.') > 0 ? from.plusMillis(1) : from.plusSeconds(seconds ? 1 : 60));
            }
        };
    }

    private static Period days(LocalDate first, LocalDate next, ZoneId zone) {
        requireSensible(first.getYear());
        return new Period(
                first.atStartOfDay(zone).toInstant(), next.atStartOfDay(zone).toInstant());
    }

    private static void requireSensible(int year) {
        if (year < 1850 || year > 2999) {
            throw new DateTimeException("not a date of a clinic");
        }
    }

    /** How many resources a page has; more than {@value #MAX_COUNT} are never given. */
    int count() {
        String value = one("_count");
        if (value == null) {
            return DEFAULT_COUNT;
        }
        if (!value.matches("\\d{1,9}") || Integer.parseInt(value) == 0) {
            throw FhirRefusal.parameter("_count", "count", "must be a whole number from 1");
        }
        return Math.min(MAX_COUNT, Integer.parseInt(value));
    }

    /** True when the newest come first. */
    boolean newestFirst() {
        String value = one("_sort");
        if (value == null || value.equals("created")) {
            return false;
        }
        if (value.equals("-created")) {
            return true;
        }
        throw FhirRefusal.parameter("_sort", "sort", "takes created or -created");
    }

    /**
     * Where a page begins: after the last one of the page before. Nothing is kept for it on the server.
     *
     * @param at the sort key in milliseconds; 0 where resources are sorted by id alone
     */
    record After(long at, String id) {
        String encoded() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((at + "~" + id).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Null on the first page. */
    @Nullable
    After after() {
        String value = one("_cursor");
        if (value == null) {
            return null;
        }
        try {
            var position = CURSOR.matcher(new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8));
            if (position.matches()) {
                return new After(Long.parseLong(position.group(1)), position.group(2));
            }
        } catch (IllegalArgumentException notOurs) {
            // refused below
        }
        throw FhirRefusal.parameter("_cursor", "cursor", "is not one that this search gave");
    }

    /** This search as a URL of the front door, at another page. */
    String link(String type, @Nullable After after) {
        var link = new StringBuilder(base.url())
                .append('/')
                .append(type)
                .append("?_count=")
                .append(count());
        given.forEach((name, values) -> {
            if (!name.equals("_count") && !name.equals("_cursor")) {
                for (String value : values) {
                    link.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
                }
            }
        });
        if (after != null) {
            link.append("&_cursor=").append(after.encoded());
        }
        return link.toString();
    }
}
