package clinicops.chassis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a refused request gets (RFC 9457, {@code application/problem+json}).
 *
 * @param type {@code urn:clinicops:problem:<rule>}
 * @param rule the rule's name in kebab case; programs go by it
 * @param field the field, parameter or header that was refused; null when there is no single one
 * @param errors every refused field; empty when the request as a whole was refused
 */
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        String rule,
        @Nullable String field,
        List<FieldError> errors) {

    /** One refused field. */
    public record FieldError(String field, String rule, String message) {}
}
