package clinicops.chassis.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * A request line that Tomcat itself can't read never reaches a servlet; instead of Tomcat's page, which shows its version and
 * repeats the request, the caller gets a problem.
 */
public class TerseErrorReport extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        byte[] body = body(request, status, Problems.rule(status)).getBytes(StandardCharsets.UTF_8);
        try {
            response.setContentType(contentType(request));
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            // the caller is gone; there is nobody to tell
        }
    }

    /** A door that refuses in other words than problems says here in which. */
    protected String contentType(Request request) {
        return MediaType.APPLICATION_PROBLEM_JSON_VALUE;
    }

    /** What the caller gets; nothing of the request is repeated in it. */
    protected String body(Request request, int status, String rule) {
        return """
                {"type":"urn:clinicops:problem:%s","title":"The request is refused","status":%d,"rule":"%s","errors":[]}""".formatted(rule, status, rule);
    }
}
