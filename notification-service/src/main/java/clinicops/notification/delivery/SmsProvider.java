package clinicops.notification.delivery;

/** Hands text messages over to whoever sends them. */
interface SmsProvider {

    /**
     * Returns once the provider took the message. Sent twice with the same notice, it reaches the patient once.
     *
     * @param noticeId the provider's idempotency key
     * @param number E.164
     */
    void send(String noticeId, String number, String text) throws NotSent;
}
