package clinicops.chassis.testing;

import clinicops.chassis.Role;
import java.net.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/**
 * The service's door as its clients see it: real HTTP, a signed token. {@code ServiceDoor.of(context).as("nora",
 * Role.NURSE).get("/api/patients")}.
 */
public final class ServiceDoor {
    private ServiceDoor() {}

    /** The running service of a {@link ServiceTest}, without a token. */
    public static ServiceDoor of(ApplicationContext context) {
        throw new UnsupportedOperationException();
    }

    public ServiceDoor as(String user, Role... roles) {
        throw new UnsupportedOperationException();
    }

    /** The same door, sending this header too, for example {@code If-Match}. */
    public ServiceDoor with(String header, String value) {
        throw new UnsupportedOperationException();
    }

    /** The same door, sending {@code If-Match} with that version. */
    public ServiceDoor ifMatch(long version) {
        throw new UnsupportedOperationException();
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    /** @param body JSON text, or an object to be written as JSON */
    public Answer post(String path, Object body) {
        return send("POST", path, body);
    }

    /** @param body JSON text, or an object to be written as JSON */
    public Answer put(String path, Object body) {
        return send("PUT", path, body);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** A body as it is, for example CSV. */
    public Answer postText(String path, String contentType, String body) {
        throw new UnsupportedOperationException();
    }

    public Answer send(String method, String path, @Nullable Object body) {
        throw new UnsupportedOperationException();
    }

    /** @param body the parsed JSON; a missing node when there was none */
    public record Answer(int status, HttpHeaders headers, JsonNode body) {
        /** The version in the ETag; fails without one. */
        public long version() {
            throw new UnsupportedOperationException();
        }

        /** The problem's rule. */
        public String rule() {
            return body.path("rule").asString("");
        }

        /** Fails, showing the body, unless the status is this. */
        public Answer expect(int status) {
            throw new UnsupportedOperationException();
        }
    }
}
