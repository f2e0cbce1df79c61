package clinicops.chassis;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a refused request gets (RFC 9457, {@code application/problem+json}).
 *
 * @param type {@code urn:clinicops:problem:<rule>}
 * @param rule the rule's name in kebab case; programs go by it
 * @param field the field, parameter or header that was refused; absent when there is no single one
 * @param errors every refused field; empty when the request as a whole was refused
 * @param incident where to look in the log; only with status 500
 * @param yourVersion the version that the caller had seen; only with status 412
 * @param currentVersion only with status 412
 * @param changes what was done since; only with status 412
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        String rule,
        @Nullable String field,
        List<FieldError> errors,
        @Nullable String incident,
        @Nullable Long yourVersion,
        @Nullable Long currentVersion,
        @Nullable List<Change> changes) {

    /** A problem of the request as a whole. */
    public static Problem of(int status, String title, String rule, @Nullable String detail) {
        return new Problem(
                "urn:clinicops:problem:" + rule, title, status, detail, rule, null, List.of(), null, null, null, null);
    }

    /** The same problem, found in these fields. */
    public Problem in(List<FieldError> errors) {
        var field = errors.size() == 1 ? errors.getFirst().field() : null;
        return new Problem(
                type, title, status, detail, rule, field, errors, incident, yourVersion, currentVersion, changes);
    }

    public Problem withIncident(String incident) {
        return new Problem(
                type, title, status, detail, rule, field, errors, incident, yourVersion, currentVersion, changes);
    }

    public Problem withStale(long yourVersion, long currentVersion, List<Change> changes) {
        return new Problem(
                type, title, status, detail, rule, field, errors, incident, yourVersion, currentVersion, changes);
    }

    /**
     * One refused field.
     *
     * @param field path in the body, for example {@code history.weightKg} or {@code phq9[3]}; or a parameter or header
     */
    public record FieldError(String field, String rule, String message) {}

    /**
     * What somebody did to the resource meanwhile.
     *
     * @param at business time
     * @param version of the resource after it
     */
    public record Change(String who, String what, Instant at, long version) {}
}
