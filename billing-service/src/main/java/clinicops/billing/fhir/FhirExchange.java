package clinicops.billing.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.ClaimResponse;

/** Takes bodies and errors over from HAPI: they are read as strictly, and refused in the same words, as the house wants. */
@Interceptor
public final class FhirExchange {
    private static final String ANSWERED = FhirExchange.class.getName() + ".answered";

    private final FhirOutcomes outcomes;
    private final IncomingResources incoming;

    FhirExchange(FhirOutcomes outcomes, IncomingResources incoming) {
        this.outcomes = outcomes;
        this.incoming = incoming;
    }

    /** Reads what is to be created before HAPI does, which parses first and asks later; it takes over what is there. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED)
    public void read(RequestDetails request) {
        if (request.getRestOperationType() == RestOperationTypeEnum.CREATE) {
            String raw = new String(request.loadRequestContents(), StandardCharsets.UTF_8);
            request.setResource(incoming.read(ClaimResponse.class, raw, FhirCaller.current()));
        }
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
