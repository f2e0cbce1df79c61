package clinicops.notification.session;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.notification.session.BookedSession.Heard;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BookedSessionTest {

    private static final Instant FIRST = Instant.parse("2026-05-14T15:00:00Z");
    private static final Instant SECOND = Instant.parse("2026-05-15T15:00:00Z");
    private static final Instant THIRD = Instant.parse("2026-05-16T15:00:00Z");

    private final BookedSession session =
            BookedSession.first("session-1", "course-1", "patient-1", 1, "iv", FIRST, heard("booked", 1));

    @Test
    void movesToTheNewestTime() {
        assertThat(session.move(SECOND, heard("moved", 2))).isTrue();

        assertThat(session.startsAt()).isEqualTo(SECOND);
        assertThat(session.turn()).isEqualTo("moved");
    }

    @Test
    void ignoresAnOldMoveThatIsReplayedLate() {
        session.move(THIRD, heard("second-move", 3));

        assertThat(session.move(SECOND, heard("first-move", 2))).isFalse();
        assertThat(session.startsAt()).isEqualTo(THIRD);
    }

    @Test
    void staysCancelled() {
        assertThat(session.cancel(heard("cancelled", 3))).isTrue();

        assertThat(session.move(SECOND, heard("moved", 2))).isFalse();
        assertThat(session.cancel(heard("cancelled-again", 4))).isFalse();
    }

    @Test
    void remembersItsEscortWhenItIsMoved() {
        assertThat(session.nameEscort()).isTrue();
        session.move(SECOND, heard("moved", 2));

        assertThat(session.hasEscort()).isTrue();
        assertThat(session.nameEscort()).isFalse();
    }

    private static Heard heard(String eventId, long sequence) {
        return new Heard(eventId, "session-1", sequence);
    }
}
