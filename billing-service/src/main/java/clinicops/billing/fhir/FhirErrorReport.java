package clinicops.billing.fhir;

import clinicops.chassis.web.TerseErrorReport;
import org.apache.catalina.connector.Request;

/** What Tomcat itself refuses, a path with an encoded slash for one, is an OperationOutcome at this door too. */
public final class FhirErrorReport extends TerseErrorReport {
    @Override
    protected String contentType(Request request) {
        return atTheDoor(request) ? FhirOutcomes.MEDIA_TYPE : super.contentType(request);
    }

    @Override
    protected String body(Request request, int status, String rule) {
        return atTheDoor(request) ? """
                {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid","details":{"coding":[{"system":"%s","code":"%s"}],"text":"the request is refused"}}]}""".formatted(FhirOutcomes.RULES, rule) : super.body(request, status, rule);
    }

    private static boolean atTheDoor(Request request) {
        String path = request.getRequestURI();
        return path != null && path.startsWith("/fhir");
    }
}
