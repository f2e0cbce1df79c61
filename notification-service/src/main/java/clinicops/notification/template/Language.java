package clinicops.notification.template;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The languages that the clinic writes in, and how each writes days and times. */
public enum Language {
    EN("en", "EEEE, MMMM d, yyyy", "h:mm a", "MMM d, h:mm a", "hour", "minute"),
    ES("es", "EEEE d 'de' MMMM 'de' yyyy", "H:mm", "d/M, H:mm", "hora", "minuto");

    private final String tag;
    private final DateTimeFormatter day;
    private final DateTimeFormatter time;
    private final DateTimeFormatter brief;
    private final String hour;
    private final String minute;

    Language(String tag, String day, String time, String brief, String hour, String minute) {
        this.tag = tag;
        Locale locale = Locale.forLanguageTag(tag + "-US");
        this.day = DateTimeFormatter.ofPattern(day, locale);
        this.time = DateTimeFormatter.ofPattern(time, locale);
        this.brief = DateTimeFormatter.ofPattern(brief, locale);
        this.hour = hour;
        this.minute = minute;
    }

    /** The language of a BCP 47 tag; English for one that the clinic does not write. */
    public static Language of(String bcp47) {
        String wanted = Locale.forLanguageTag(bcp47).getLanguage();
        for (Language language : values()) {
            if (language.tag.equals(wanted)) {
                return language;
            }
        }
        return EN;
    }

    public String tag() {
        return tag;
    }

    /** Day with its weekday, for a mail. */
    public String day(LocalDate date) {
        return day.format(date);
    }

    /** Day with its weekday, as the clinic's calendar has it, for a mail. */
    public String day(Instant at, ZoneId zone) {
        return day.format(at.atZone(zone));
    }

    /** Time of day on the clinic's wall clock, for a mail. */
    public String time(Instant at, ZoneId zone) {
        return time.format(at.atZone(zone));
    }

    /** Day and time as short as they can be, in letters that every telephone has: for an SMS. */
    public String brief(Instant at, ZoneId zone) {
        return brief.format(at.atZone(zone));
    }

    /** {@code 6 hours}, {@code 30 minutes}: whole hours as hours, anything else as minutes. */
    public String duration(int minutes) {
        return minutes % 60 == 0 ? counted(minutes / 60, hour) : counted(minutes, minute);
    }

    private static String counted(int number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
