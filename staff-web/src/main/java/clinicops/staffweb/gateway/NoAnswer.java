package clinicops.staffweb.gateway;

import clinicops.chassis.web.BodyLimitFilter.BodyTooLarge;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/**
 * Why a service's answer can't be passed on, and what the caller must know of it: that nothing was done is only said when the
 * request never went out.
 *
 * @param rule the rule's name in kebab case
 * @param fhirType the same in FHIR's words
 */
record NoAnswer(HttpStatus status, String title, String rule, String detail, String fhirType) {
    private static final Logger log = LoggerFactory.getLogger(NoAnswer.class);
    private static final String UNKNOWN = "whether it was done is not known; look before you try again";

    static NoAnswer of(String service, Exception failure) {
        if (caused(failure, BodyTooLarge.class)) {
            return new NoAnswer(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "The body is too large",
                    "body-too-large",
                    // an import takes row by row
                    "the service got only its beginning, and may have used that; look before you try again",
                    "too-long");
        }
        if (caused(failure, ConnectException.class)
                || caused(failure, UnknownHostException.class)
                || caused(failure, ConnectTimeoutException.class)
                || caused(failure, ConnectionRequestTimeoutException.class)) {
            return new NoAnswer(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "The service is down",
                    "service-down",
                    "nothing was done; try again shortly",
                    "transient");
        }
        if (caused(failure, SocketTimeoutException.class)) {
            return new NoAnswer(
                    HttpStatus.GATEWAY_TIMEOUT,
                    "The service did not answer in time",
                    "service-slow",
                    UNKNOWN,
                    "timeout");
        }
        // without messages: they quote the address, and a search has a patient's name in it
        log.warn("No answer from {}: {}", service, kinds(failure));
        if (caused(failure, IOException.class) || caused(failure, ClosedChannelException.class)) {
            return new NoAnswer(
                    HttpStatus.SERVICE_UNAVAILABLE, "The service broke off", "service-down", UNKNOWN, "transient");
        }
        return new NoAnswer(
                HttpStatus.BAD_GATEWAY,
                "The service's answer could not be passed on",
                "service-answer-unreadable",
                UNKNOWN,
                "exception");
    }

    private static String kinds(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(cause -> cause.getClass().getName())
                .collect(Collectors.joining(" < "));
    }

    private static boolean caused(@Nullable Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
