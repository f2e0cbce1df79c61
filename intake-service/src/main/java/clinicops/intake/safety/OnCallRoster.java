package clinicops.intake.safety;

import clinicops.chassis.RuleViolation;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Who is on call, when. There is one roster in the clinic; an administrator writes it anew as a whole.
 *
 * <p>Shifts never overlap, so that there is never a doubt of whom to call. Outside all of them the standing person is on call,
 * if the clinic has one.
 */
@Document("onCallRoster")
class OnCallRoster {
    static final String ID = "roster";
    private static final Duration LONGEST_SHIFT = Duration.ofDays(7);

    @Id
    private final String id;

    @Version
    private long version;

    private @Nullable OnCallPerson standing;
    private List<Shift> shifts;

    /** @param until exclusive */
    record Shift(OnCallPerson onCall, Instant from, Instant until) {
        boolean covers(Instant moment) {
            return !moment.isBefore(from) && moment.isBefore(until);
        }
    }

    @PersistenceCreator
    OnCallRoster(String id, long version, @Nullable OnCallPerson standing, List<Shift> shifts) {
        this.id = id;
        this.version = version;
        this.standing = standing;
        this.shifts = shifts;
    }

    static OnCallRoster empty() {
        return new OnCallRoster(ID, 0, null, List.of());
    }

    void write(@Nullable OnCallPerson alwaysOnCall, List<Shift> plan) {
        var sorted = plan.stream().sorted(Comparator.comparing(Shift::from)).toList();
        for (int i = 0; i < sorted.size(); i++) {
            Shift shift = sorted.get(i);
            if (!shift.from().isBefore(shift.until())
                    || Duration.between(shift.from(), shift.until()).compareTo(LONGEST_SHIFT) > 0) {
                throw new RuleViolation("shift-length", "a shift ends after it begins, at most 7 days later")
                        .withField("shifts[" + plan.indexOf(shift) + "].until");
            }
            if (i > 0 && shift.from().isBefore(sorted.get(i - 1).until())) {
                throw new RuleViolation("shifts-overlap", "two shifts overlap: who would be called?")
                        .withField("shifts[" + plan.indexOf(shift) + "].from");
            }
        }
        standing = alwaysOnCall;
        shifts = sorted;
    }

    Optional<OnCallPerson> present(Instant now) {
        return shifts.stream()
                .filter(shift -> shift.covers(now))
                .map(Shift::onCall)
                .findFirst()
                .or(() -> Optional.ofNullable(standing));
    }

    String id() {
        return id;
    }

    long version() {
        return version;
    }

    @Nullable
    OnCallPerson standing() {
        return standing;
    }

    List<Shift> shifts() {
        return shifts;
    }
}
