package clinicops.scheduling.calendar;

import clinicops.chassis.BusinessClock;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.Method;
import net.fortuna.ical4j.model.property.Organizer;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.XProperty;
import net.fortuna.ical4j.model.property.immutable.ImmutableMethod;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Writes iCalendar (RFC 5545). What leaves the clinic this way is read on telephones and kept by companies: when and where,
 * and nothing of who, of which drug or why.
 */
@Component
class Calendars {
    private static final String US = "-//clinicops//scheduling//EN";

    private final String clinic;
    private final BusinessClock clock;

    Calendars(@Value("${clinicops.clinic.name}") String clinic, BusinessClock clock) {
        this.clinic = clinic;
        this.clock = clock;
    }

    /**
     * One entry.
     *
     * @param revision grows with every change of the session
     */
    record Entry(
            String sessionId, long revision, Instant startsAt, Instant endsAt, String summary, boolean cancelled) {}

    /** A calendar to follow. */
    String feed(String name, List<Entry> entries) {
        Calendar calendar = empty(ImmutableMethod.PUBLISH);
        calendar.add(new XProperty("X-WR-CALNAME", clinic + ", " + name));
        entries.forEach(entry -> calendar.add(event(entry)));
        return text(calendar);
    }

    /** An appointment that a patient takes into their own calendar, or takes out of it again. */
    String invitation(Entry entry) {
        Calendar calendar = empty(entry.cancelled() ? ImmutableMethod.CANCEL : ImmutableMethod.REQUEST);
        VEvent event = event(entry);
        event.add(new Organizer(java.net.URI.create("urn:clinicops:front-desk")));
        calendar.add(event);
        return text(calendar);
    }

    String appointmentAtClinic() {
        return "Appointment, " + clinic;
    }

    private static Calendar empty(Method method) {
        Calendar calendar = new Calendar();
        calendar.add(new ProdId(US));
        calendar.add(ImmutableVersion.VERSION_2_0);
        calendar.add(method);
        return calendar;
    }

    private VEvent event(Entry entry) {
        VEvent event = new VEvent(false);
        event.add(new Uid(entry.sessionId() + "@clinicops"));
        event.add(new DtStamp(clock.instant()));
        event.add(new net.fortuna.ical4j.model.property.DtStart<>(entry.startsAt()));
        event.add(new net.fortuna.ical4j.model.property.DtEnd<>(entry.endsAt()));
        event.add(new net.fortuna.ical4j.model.property.Summary(entry.summary()));
        event.add(new Sequence((int) Math.min(entry.revision(), Integer.MAX_VALUE)));
        event.add(entry.cancelled() ? ImmutableStatus.VEVENT_CANCELLED : ImmutableStatus.VEVENT_CONFIRMED);
        return event;
    }

    private static String text(Calendar calendar) {
        var out = new StringWriter();
        try {
            new CalendarOutputter(false).output(calendar, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }
}
