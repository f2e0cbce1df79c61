package clinicops.scheduling.waitlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Who is asked first, whoever waits. */
class WaitlistOrderProperties {
    /** As the rule says it: urgency, then the gap limit, then the time of waiting. */
    private static final Comparator<WaitlistEntry> RULE = Comparator.comparing(WaitlistEntry::urgency)
            .thenComparing(WaitlistEntry::gapLimitOn, Comparator.nullsLast(Comparator.<LocalDate>naturalOrder()))
            .thenComparing(WaitlistEntry::since);

    static WaitlistEntry entry(Urgency urgency, @Nullable LocalDate limit, Instant since) {
        return new WaitlistEntry(
                since + "-" + urgency, "pat", Wanted.EARLIER, "ses", null, List.of(), urgency, limit, since);
    }

    @Provide
    Arbitrary<WaitlistEntry> entries() {
        return Combinators.combine(
                        Arbitraries.of(Urgency.values()),
                        Arbitraries.integers()
                                .between(0, 3)
                                .map(day -> LocalDate.of(2026, 11, 20).plusDays(day))
                                .injectNull(0.2),
                        // also within one second, where times are written with and without fractions
                        Arbitraries.of(0L, 1L, 999L, 1000L, 1001L, 60_000L)
                                .map(millis ->
                                        Instant.parse("2026-11-23T15:00:00Z").plusMillis(millis)))
                .as(WaitlistOrderProperties::entry);
    }

    @Property
    void theQueueIsInTheOrderOfTheRule(@ForAll("entries") WaitlistEntry one, @ForAll("entries") WaitlistEntry other) {
        int byRule = RULE.compare(one, other);
        if (byRule != 0) {
            assertThat(Integer.signum(one.queueKey().compareTo(other.queueKey())))
                    .isEqualTo(Integer.signum(byRule));
        }
    }

    @Property
    void raisingTheUrgencyNeverPutsAnybodyBack(@ForAll("entries") WaitlistEntry entry) {
        if (entry.urgency() != Urgency.EMERGENCY) {
            String before = entry.queueKey();
            entry.raise(Urgency.EMERGENCY, "worse", "paula", entry.since());
            assertThat(entry.queueKey()).isLessThan(before);
        }
    }
}
