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
public final class TerseErrorReport extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        String rule = Problems.rule(status);
        byte[] body = """
                {"type":"urn:clinicops:problem:%s","title":"The request is refused","status":%d,"rule":"%s","errors":[]}""".formatted(rule, status, rule).getBytes(StandardCharsets.UTF_8);
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            // the caller is gone; there is nobody to tell
        }
    }
}
