package clinicops.notification.poll;

/** Work that falls due by the business clock. Several copies of the service may run the same job at once. */
public interface DueJob {

    /**
     * Does what is due now, or part of it.
     *
     * @return how much was begun; 0 when there is nothing to do for the moment
     */
    int runDue();
}
