package clinicops.staffweb.gateway;

import clinicops.outbox.EventContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * What passes between an insurer and the FHIR door of billing, which decides. The insurer's own token goes through as it is and
 * none is minted: a staff session opens nothing here. Only headers that are named here go through, in either direction.
 *
 * <p>Programs ask here many times a second, and the gateway's general way (two copies of the request, a chain of header filters)
 * cost more than a search's answer: this goes straight.
 */
final class InsurerPassage implements HandlerFunction<ServerResponse> {
    private static final String CORRELATION_ID = "X-Correlation-Id";

    private static final List<String> IN = List.of(
            HttpHeaders.ACCEPT,
            HttpHeaders.ACCEPT_LANGUAGE,
            HttpHeaders.AUTHORIZATION,
            HttpHeaders.CONTENT_ENCODING,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.IF_MATCH,
            HttpHeaders.IF_MODIFIED_SINCE,
            HttpHeaders.IF_NONE_MATCH,
            "If-None-Exist",
            "Prefer");
    private static final List<String> OUT = List.of(
            HttpHeaders.ALLOW,
            HttpHeaders.CACHE_CONTROL,
            HttpHeaders.CONTENT_LANGUAGE,
            HttpHeaders.CONTENT_LENGTH,
            HttpHeaders.CONTENT_LOCATION,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.ETAG,
            HttpHeaders.LAST_MODIFIED,
            HttpHeaders.LOCATION,
            HttpHeaders.RETRY_AFTER,
            HttpHeaders.WWW_AUTHENTICATE);

    private final String service;
    private final HttpHost host;
    private final CloseableHttpClient client;

    /** @param service how it is named to insurers */
    InsurerPassage(String service, URI base, CloseableHttpClient client) {
        this.service = service;
        this.host = HttpHost.create(base);
        this.client = client;
    }

    @Override
    public ServerResponse handle(ServerRequest request) {
        HttpServletRequest asked = request.servletRequest();
        if (Collections.list(asked.getHeaders(HttpHeaders.AUTHORIZATION)).size() > 1) {
            // which one the door would go by is anybody's guess
            return refusal(
                    HttpStatus.BAD_REQUEST,
                    Outcome.of("invalid", "malformed-request", "only one Authorization header is taken"));
        }
        try {
            return client.execute(host, outgoing(asked), InsurerPassage::answer);
        } catch (Exception e) {
            NoAnswer none = NoAnswer.of(service, e);
            return refusal(none.status(), Outcome.of(none.fhirType(), none.rule(), none.detail()));
        }
    }

    private static ClassicHttpRequest outgoing(HttpServletRequest asked) throws IOException {
        String query = asked.getQueryString();
        var request = new BasicClassicHttpRequest(
                asked.getMethod(), query == null ? asked.getRequestURI() : asked.getRequestURI() + "?" + query);
        for (String name : IN) {
            Collections.list(asked.getHeaders(name)).forEach(value -> request.addHeader(name, value));
        }
        String correlationId = EventContext.correlationId();
        if (correlationId != null) {
            request.setHeader(CORRELATION_ID, correlationId);
        }
        ServletInputStream body = asked.getInputStream();
        if (!body.isFinished()) {
            request.setEntity(new InputStreamEntity(body, asked.getContentLengthLong(), null));
        }
        return request;
    }

    /** Read to its end before anything goes on: an answer that breaks off is told as what it is. */
    private static ServerResponse answer(ClassicHttpResponse answer) throws IOException {
        var passed = ServerResponse.status(answer.getCode());
        for (String name : OUT) {
            for (Header header : answer.getHeaders(name)) {
                passed.header(name, header.getValue());
            }
        }
        byte[] body = answer.getEntity() == null ? null : EntityUtils.toByteArray(answer.getEntity());
        return passed.build((_, response) -> {
            if (body != null) {
                response.setContentLength(body.length);
                response.getOutputStream().write(body);
            }
            return null;
        });
    }

    private static ServerResponse refusal(HttpStatus status, Outcome outcome) {
        var answer = ServerResponse.status(status).contentType(Outcome.MEDIA_TYPE);
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, "5");
        }
        return answer.body(outcome);
    }
}
