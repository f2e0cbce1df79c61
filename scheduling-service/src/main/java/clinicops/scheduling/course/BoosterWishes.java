package clinicops.scheduling.course;

import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import java.time.LocalDate;

/** What stands behind a single session after a course; whoever suggests boosters knows. */
public interface BoosterWishes {
    /**
     * @param dueFrom first day on which it may be given
     * @param dueBy last day by which it should be; a patient who comes later is still treated
     */
    record BoosterWish(String boosterId, LocalDate dueFrom, LocalDate dueBy) {}

    /**
     * @throws NotFound for another patient's
     * @throws RuleViolation {@code booster-over} (409) when it was booked or declined
     */
    BoosterWish open(String boosterId, String patientId);

    /** Joins the booking's transaction. */
    void booked(String boosterId, String courseId);
}
