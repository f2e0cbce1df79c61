package clinicops.billing.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Takes HAPI's errors over, so that every door of the house refuses in the same words. */
@Interceptor
public final class FhirExchange {
    private static final String ANSWERED = FhirExchange.class.getName() + ".answered";

    private final FhirOutcomes outcomes;

    FhirExchange(FhirOutcomes outcomes) {
        this.outcomes = outcomes;
    }

    /** @return false: the answer is written */
    @Hook(Pointcut.SERVER_HANDLE_EXCEPTION)
    public boolean refused(
            BaseServerResponseException failure, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        outcomes.write(request, response, failure);
        return false;
    }

    /** A provider wrote the answer itself: HAPI adds nothing. */
    static void answered(RequestDetails request) {
        request.getUserData().put(ANSWERED, true);
    }

    /** @return false when the answer is written */
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public boolean answering(RequestDetails request) {
        return !request.getUserData().containsKey(ANSWERED);
    }
}
