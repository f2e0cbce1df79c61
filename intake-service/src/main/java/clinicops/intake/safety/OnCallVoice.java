package clinicops.intake.safety;

/**
 * Telephones the person on call. The one place where a provider of voice calls is connected; {@link VoiceSandbox} stands in for
 * one.
 */
interface OnCallVoice {
    /**
     * Calls and says that a safety alert waits for them; nothing of the patient is said. May be asked twice with one call's id,
     * after a crash: better two calls than none.
     *
     * @return true when it was answered
     * @throws RuntimeException when no call came about; it is tried again
     */
    boolean call(String callId, String alertId, OnCallPerson onCall);
}
