package clinicops.staffweb.signin;

import clinicops.chassis.Caller;
import java.util.Optional;

/** For what goes on longer than one request: whether the session that began it is still open. */
public interface OpenSessions {
    /**
     * Who holds the session, in the roles of this moment. Asking does not keep the session open.
     *
     * @return empty when the session has ended, by whatever cause
     */
    Optional<Caller> callerOf(String sessionId);
}
