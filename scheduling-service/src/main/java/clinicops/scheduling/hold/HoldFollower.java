package clinicops.scheduling.hold;

/**
 * Keeps something of its own in step with the holds. Called inside the transaction in which a hold ends, after it was saved and its
 * places were given back.
 */
public interface HoldFollower {
    /** @param hold booked, released or expired */
    void ended(CourseHold hold);
}
