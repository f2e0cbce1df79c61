package clinicops.intake.safety;

import clinicops.chassis.BusinessClock;
import org.springframework.stereotype.Component;

/** Keeps each call where staff can see it, and has it answered. The clinic's telephone until a provider is connected. */
@Component
class VoiceSandbox implements OnCallVoice {
    private static final String WORDS = "safety-alert";

    private final SandboxCalls calls;
    private final BusinessClock clock;

    VoiceSandbox(SandboxCalls calls, BusinessClock clock) {
        this.calls = calls;
        this.clock = clock;
    }

    @Override
    public boolean call(String callId, String alertId, OnCallPerson onCall) {
        calls.save(new SandboxCall(callId, alertId, onCall.person(), onCall.phone(), WORDS, clock.instant()));
        return true;
    }
}
