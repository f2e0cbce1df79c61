package clinicops.scheduling.session;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.Role;
import clinicops.scheduling.protocol.Protocol;
import clinicops.scheduling.readiness.TreatmentRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** All sessions of one day, for a list that shows them with what it knows besides. */
@Component
public class SessionsOfDay {
    /** More than any clinic has chairs for. */
    private static final Limit MOST = Limit.of(1_000);

    private final Sessions sessions;
    private final Protocol protocol;
    private final BusinessClock clock;

    SessionsOfDay(Sessions sessions, Protocol protocol, BusinessClock clock) {
        this.sessions = sessions;
        this.protocol = protocol;
        this.clock = clock;
    }

    /** In the order of their starts. */
    public List<TreatmentSession> on(LocalDate day) {
        return sessions.between(
                day.atStartOfDay(clock.clinicZone()).toInstant().toString(),
                day.plusDays(1).atStartOfDay(clock.clinicZone()).toInstant().toString(),
                MOST);
    }

    /**
     * The session as its caller may see it.
     *
     * @param newest readings that hold the newest value of each sign
     * @param last the newest values that a dose depends on; null when one was never taken
     */
    public SessionAnswer answer(
            TreatmentSession session, List<VitalsAnswer> newest, TreatmentRecord.@Nullable Reading last) {
        Instant since = session.checkedInAt();
        Caller caller = Caller.current();
        return SessionAnswer.of(
                session,
                newest,
                last != null && since != null && !last.takenAt().isBefore(since),
                caller.has(Role.FRONT_DESK) || caller.has(Role.NURSE) || caller.has(Role.PRESCRIBER),
                protocol,
                clock);
    }
}
