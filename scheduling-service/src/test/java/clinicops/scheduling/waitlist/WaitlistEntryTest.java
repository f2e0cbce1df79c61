package clinicops.scheduling.waitlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clinicops.chassis.RuleViolation;
import clinicops.contracts.SchedulingEvent;
import clinicops.scheduling.course.PreferredTime;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.waitlist.WaitlistEntry.Offer;
import clinicops.scheduling.waitlist.WaitlistEntry.WaitState;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** One patient who waits, what they are offered, and when. */
class WaitlistEntryTest {
    private static final WaitlistTerms TERMS = new RuleBook().read("waitlist-terms", WaitlistTerms.class);
    private static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");
    private static final Instant TOMORROW = NOW.plus(Duration.ofDays(1));
    private static final Offer OFFER = new Offer(
            "offer",
            "hold",
            "place",
            TOMORROW,
            TOMORROW.plus(Duration.ofMinutes(135)),
            "chair",
            "nurse",
            1,
            NOW,
            NOW.plus(Duration.ofHours(1)));

    private final WaitlistEntry entry = WaitlistOrderProperties.entry(Urgency.URGENT, null, NOW);

    private static void refused(String rule, ThrowingCallable action) {
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(action)
                .satisfies(violation -> assertThat(violation.rule()).isEqualTo(rule));
    }

    @Test
    void whoRefusesWaitsOnWithTheSameTurn() {
        String turn = entry.queueKey();
        assertThat(entry.offered(OFFER))
                .containsExactly(new SchedulingEvent.WaitlistOffered("offer", "pat", TOMORROW, OFFER.expiresAt(), NOW));

        assertThat(entry.waitsOn("refused", NOW))
                .containsExactly(new SchedulingEvent.WaitlistOfferEnded("offer", "pat", "refused", NOW));

        assertThat(entry.state()).isEqualTo(WaitState.WAITING);
        assertThat(entry.queueKey()).isEqualTo(turn);
        refused("no-offer", entry::openOffer);
    }

    @Test
    void whoAcceptsWaitsNoMore() {
        entry.offered(OFFER);

        assertThat(entry.accepted(NOW))
                .containsExactly(new SchedulingEvent.WaitlistOfferEnded("offer", "pat", "accepted", NOW));

        refused("no-offer", () -> entry.accepted(NOW));
        refused("entry-over", () -> entry.remove("front-desk"));
        refused("entry-over", () -> entry.raise(Urgency.EMERGENCY, "worse", "paula", NOW));
    }

    @Test
    void urgencyIsOnlyRaised() {
        refused("urgency-not-raised", () -> entry.raise(Urgency.URGENT, "the same", "paula", NOW));
        refused("urgency-not-raised", () -> entry.raise(Urgency.ROUTINE, "better", "paula", NOW));
        entry.raise(Urgency.EMERGENCY, "worse", "paula", NOW);
        assertThat(entry.urgency()).isEqualTo(Urgency.EMERGENCY);
    }

    @Test
    void aReferralsUrgencyThatIsNotKnownHereIsRoutine() {
        assertThat(Urgency.of("urgent")).isEqualTo(Urgency.URGENT);
        assertThat(Urgency.of("yesterday")).isEqualTo(Urgency.ROUTINE);
    }

    @Test
    void anOfferHoldsForAnHourAndNeverUntilItIsTooLateToCome() {
        assertThat(TERMS.offerFor(TOMORROW, NOW)).isEqualTo(Duration.ofMinutes(60));
        assertThat(TERMS.offerFor(NOW.plus(Duration.ofMinutes(150)), NOW)).isEqualTo(Duration.ofMinutes(30));
        assertThat(TERMS.tooLate(NOW.plus(Duration.ofMinutes(121)), NOW)).isFalse();
        assertThat(TERMS.tooLate(NOW.plus(Duration.ofMinutes(120)), NOW)).isTrue();
    }

    @Test
    void aTimeSuitsWhenTheWholeSessionLiesInItByTheClinicsClocks() {
        ZoneId clinic = ZoneId.of("America/New_York");
        // Monday, 10:00 there
        Instant end = NOW.plus(Duration.ofMinutes(135));
        assertThat(new PreferredTime(DayOfWeek.MONDAY, LocalTime.of(10, 0), LocalTime.of(12, 15))
                        .holds(NOW, end, clinic))
                .isTrue();
        assertThat(new PreferredTime(DayOfWeek.MONDAY, LocalTime.of(10, 0), LocalTime.of(12, 0))
                        .holds(NOW, end, clinic))
                .isFalse();
        assertThat(new PreferredTime(DayOfWeek.TUESDAY, LocalTime.of(8, 0), LocalTime.of(18, 0))
                        .holds(NOW, end, clinic))
                .isFalse();
        refused("preferred-time", () -> new PreferredTime(DayOfWeek.MONDAY, LocalTime.NOON, LocalTime.NOON).check());
    }
}
