package clinicops.chassis.web;

import clinicops.chassis.Audit;
import clinicops.chassis.NotFound;
import clinicops.chassis.Problem;
import clinicops.chassis.Problem.FieldError;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.StaleVersion;
import clinicops.chassis.VersionRequired;
import clinicops.outbox.EventRefused;
import clinicops.outbox.Ids;
import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.LocalDate;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Every refusal becomes a problem that names the field and the rule. What the caller sent is never repeated, since it may be a
 * patient's; only field names and the rules' own words are.
 */
@RestControllerAdvice
final class Problems {
    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final String RETRY_SECONDS = "5";

    private final Audit audit;
    private final Changes changes;

    Problems(Audit audit, Changes changes) {
        this.audit = audit;
        this.changes = changes;
    }

    // --- rules of the clinic -----------------------------------------------------------------------------------------

    @ExceptionHandler
    ResponseEntity<Problem> on(RuleViolation refused) {
        return answer(of(refused, refused.field()));
    }

    private static Problem of(RuleViolation refused, @Nullable String field) {
        String title =
                switch (refused.status()) {
                    case CONFLICT -> "What is there now does not allow this";
                    case BAD_REQUEST -> "The request is malformed";
                    default -> "A rule of the clinic refuses this";
                };
        String message = String.valueOf(refused.getMessage());
        Problem problem = Problem.of(refused.status().value(), title, refused.rule(), message);
        return field == null ? problem : problem.in(List.of(new FieldError(field, refused.rule(), message)));
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(NotFound missing, HttpServletRequest request) {
        audit.refused(action(request), missing.kind() + "/" + abbreviated(missing.id()));
        return answer(Problem.of(404, "There is no such " + missing.kind(), "not-found", missing.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(StaleVersion stale) {
        return answer(Problem.of(412, "Somebody changed this meanwhile", "stale-version", stale.getMessage())
                .withStale(
                        stale.yourVersion(),
                        stale.currentVersion(),
                        changes.since(stale.resource(), stale.yourVersion())));
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(VersionRequired missing) {
        return answer(Problem.of(428, "The version is missing", "if-match-required", missing.getMessage())
                .in(List.of(error("If-Match", "if-match-required", "send the ETag that you saw"))));
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(EventRefused refused) {
        return answer(Problem.of(422, "The event is refused", refused.rule(), refused.getMessage()));
    }

    // --- the body ----------------------------------------------------------------------------------------------------

    /** From a controller that reads the body itself. */
    @ExceptionHandler
    ResponseEntity<Problem> on(BodyLimitFilter.BodyTooLarge tooLarge) {
        return answer(BodyLimitFilter.problem(tooLarge.limit()));
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(HttpMessageNotReadableException unreadable) {
        for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyLimitFilter.BodyTooLarge tooLarge) {
                return answer(BodyLimitFilter.problem(tooLarge.limit()));
            }
        }
        if (unreadable.getCause() instanceof JacksonException json) {
            return answer(of(json));
        }
        return answer(malformed("body-required", "the request needs a body"));
    }

    private static Problem of(JacksonException json) {
        String field = path(json);
        return switch (json) {
            case UnrecognizedPropertyException unknown -> invalid(field, "unknown-field", "there is no such field");
            case InvalidNullException missing -> invalid(field, "not-null", "must be given");
            case InvalidFormatException wrong
            when isEnum(wrong.getTargetType()) -> invalid(field, "enum", "must be one of " + accepted(wrong));
            case InvalidFormatException wrong
            when isDate(wrong.getTargetType()) ->
                invalid(field, "date", "must be a sensible " + dateForm(wrong.getTargetType()));
            case InvalidFormatException wrong
            when wrong.getTargetType() == String.class -> invalid(field, "text", "must have printable characters only");
            case MismatchedInputException wrong
            when isEnum(wrong.getTargetType()) -> invalid(field, "enum", "must be one of the accepted words");
            case MismatchedInputException wrong
            when isDate(wrong.getTargetType()) ->
                invalid(field, "date", "must be a " + dateForm(wrong.getTargetType()));
            case MismatchedInputException wrong
            when wrong.getOriginalMessage().startsWith("Missing required creator") ->
                invalid(field, "not-null", "must be given");
            case MismatchedInputException wrong
            when wrong.getOriginalMessage().startsWith("No content") ->
                malformed("body-required", "the request needs a body");
            case MismatchedInputException wrong
            when wrong.getOriginalMessage().contains("Trailing token") ->
                malformed("malformed-json", "there is more behind the end of the body");
            case MismatchedInputException wrong -> invalid(field, "type", "must be " + expected(wrong.getTargetType()));
            case InputCoercionException wrong -> invalid(field, "type", "must be " + expected(wrong.getTargetType()));
            case StreamReadException broken
            when broken.getOriginalMessage().startsWith("Duplicate") ->
                malformed("duplicate-field", "a field is given twice");
            case StreamReadException broken -> malformed("malformed-json", "not valid JSON");
            default -> {
                for (Throwable cause = json.getCause(); cause != null; cause = cause.getCause()) {
                    if (cause instanceof RuleViolation refused) {
                        yield of(refused, refused.field() == null ? field : refused.field());
                    }
                }
                yield invalid(field, "value", "is not acceptable");
            }
        };
    }

    private static boolean isEnum(@Nullable Class<?> type) {
        return type != null && type.isEnum();
    }

    private static boolean isDate(@Nullable Class<?> type) {
        return type != null && Temporal.class.isAssignableFrom(type);
    }

    private static String dateForm(Class<?> type) {
        return type == LocalDate.class ? "date like 2026-03-31" : "time like 2026-03-31T09:30:00Z";
    }

    private static String accepted(InvalidFormatException wrong) {
        String message = wrong.getOriginalMessage();
        int from = message.lastIndexOf('[');
        int to = message.lastIndexOf(']');
        return from >= 0 && to > from ? message.substring(from + 1, to) : "the accepted words";
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number in range";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number in range";
        }
        if (type == String.class) {
            return "text";
        }
        return Iterable.class.isAssignableFrom(type) || type.isArray() ? "a list" : "an object";
    }

    private static String path(JacksonException json) {
        var path = new StringBuilder();
        for (var step : json.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                // an unknown field's name is the caller's own text
                path.append(path.isEmpty() ? "" : ".").append(abbreviated(step.getPropertyName()));
            }
        }
        return path.toString();
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(MethodArgumentNotValidException invalid) {
        var errors = invalid.getBindingResult().getAllErrors().stream()
                .map(found -> error(
                        found instanceof org.springframework.validation.FieldError at ? at.getField() : "",
                        kebab(Objects.requireNonNullElse(found.getCode(), "invalid")),
                        Objects.requireNonNullElse(found.getDefaultMessage(), "is not acceptable")))
                .toList();
        return answer(invalid(errors));
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(HandlerMethodValidationException invalid) {
        var errors = invalid.getParameterValidationResults().stream()
                .flatMap(parameter -> parameter.getResolvableErrors().stream()
                        .map(found -> error(
                                parameter instanceof ParameterErrors
                                                && found instanceof org.springframework.validation.FieldError at
                                        ? at.getField()
                                        : name(parameter.getMethodParameter(), parameter.getContainerIndex()),
                                kebab(lastCode(found.getCodes())),
                                Objects.requireNonNullElse(found.getDefaultMessage(), "is not acceptable"))))
                .toList();
        return answer(invalid(errors));
    }

    private static String name(MethodParameter parameter, @Nullable Integer index) {
        String name = Objects.requireNonNullElse(parameter.getParameterName(), "");
        return index == null ? name : name + "[" + index + "]";
    }

    private static String lastCode(String @Nullable [] codes) {
        return codes == null || codes.length == 0 ? "invalid" : codes[codes.length - 1];
    }

    // --- the request's line and headers ------------------------------------------------------------------------------

    @ExceptionHandler
    ResponseEntity<Problem> on(TypeMismatchException mismatch) {
        String name = mismatch instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : Objects.requireNonNullElse(mismatch.getPropertyName(), "");
        Class<?> type = mismatch.getRequiredType();
        for (Throwable cause = mismatch.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof RuleViolation refused) {
                return answer(of(refused, refused.field() == null ? name : refused.field()));
            }
        }
        if (isEnum(type)) {
            return answer(invalid(name, "enum", "must be one of the accepted words"));
        }
        if (type != null && isDate(type)) {
            return answer(invalid(name, "date", "must be a " + dateForm(type)));
        }
        return answer(invalid(name, "type", "must be " + expected(type)));
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(MissingRequestValueException missing) {
        String name =
                switch (missing) {
                    case MissingServletRequestParameterException parameter -> parameter.getParameterName();
                    case MissingRequestHeaderException header -> header.getHeaderName();
                    default -> "";
                };
        return answer(invalid(name, "required", "must be given"));
    }

    /** Percent signs that encode nothing, found by Tomcat when the first parameter is asked for. */
    @ExceptionHandler
    ResponseEntity<Problem> on(InvalidParameterException undecodable) {
        return answer(Problem.of(400, "The request is malformed", "malformed-query", "the query can't be decoded"));
    }

    @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
    ResponseEntity<Problem> onNoHandler() {
        return answer(noSuchRoute());
    }

    static Problem noSuchRoute() {
        return Problem.of(404, "There is nothing here", "no-such-route", null);
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(HttpRequestMethodNotSupportedException wrong) {
        var methods = wrong.getSupportedHttpMethods();
        return ResponseEntity.status(405)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.ALLOW, allowed(methods == null ? Set.of() : methods))
                .body(methodNotAllowed());
    }

    static Problem methodNotAllowed() {
        return Problem.of(405, "Not by this method", "method-not-allowed", null);
    }

    static String allowed(Set<HttpMethod> methods) {
        return methods.stream().map(HttpMethod::name).collect(Collectors.toCollection(TreeSet::new)).stream()
                .collect(Collectors.joining(", "));
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(HttpMediaTypeNotSupportedException wrong) {
        return answer(Problem.of(
                415,
                "The body is of a type that is not read here",
                "unsupported-media-type",
                "send " + wrong.getSupportedMediaTypes()));
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(HttpMediaTypeNotAcceptableException wrong) {
        return answer(Problem.of(
                406,
                "The answer can't be given in that type",
                "not-acceptable",
                "accept " + wrong.getSupportedMediaTypes()));
    }

    // --- the database ------------------------------------------------------------------------------------------------

    @ExceptionHandler
    ResponseEntity<Problem> on(DuplicateKeyException duplicate) {
        return answer(Problem.of(409, "It exists already", "already-exists", "one with the same key exists"));
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(OptimisticLockingFailureException lost) {
        return answer(
                Problem.of(412, "Somebody changed this meanwhile", "stale-version", "read it again and decide anew"));
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(DataAccessResourceFailureException unreachable) {
        return unavailable(unreachable);
    }

    private static ResponseEntity<Problem> unavailable(Exception failure) {
        if (outcomeUnknown(failure)) {
            log.warn(
                    "the database did not answer a commit: {}",
                    failure.getClass().getSimpleName());
            // no Retry-After: doing it again unseen may do it twice
            return answer(Problem.of(
                    503,
                    "The database did not answer in time",
                    "outcome-unknown",
                    "whether it was done is not known; look before you try again"));
        }
        log.warn("the database did not answer: {}", failure.getClass().getSimpleName());
        return ResponseEntity.status(503)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .body(Problem.of(
                        503, "The database does not answer", "database-unavailable", "nothing was done; try again"));
    }

    /** True when the commit itself was asked for and its answer never came. */
    private static boolean outcomeUnknown(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MongoException mongo
                    && mongo.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL)) {
                return true;
            }
        }
        return false;
    }

    private static boolean databaseAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MongoSocketException
                    || cause instanceof MongoTimeoutException
                    || cause instanceof MongoNotPrimaryException
                    || cause instanceof MongoNodeIsRecoveringException
                    || cause instanceof MongoException mongo
                            && mongo.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)) {
                return true;
            }
        }
        return false;
    }

    // --- everything else ---------------------------------------------------------------------------------------------

    /** The security chain answers these, not we. */
    @ExceptionHandler({AccessDeniedException.class, AuthenticationException.class})
    void passOn(RuntimeException refused) {
        throw refused;
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Problem> on(Exception failure, HttpServletRequest request) {
        if (failure instanceof IOException && isDisconnect(failure)) {
            return null;
        }
        if (failure instanceof org.springframework.web.ErrorResponse known
                && known.getStatusCode().is4xxClientError()) {
            int status = known.getStatusCode().value();
            return answer(Problem.of(
                    status,
                    "The request is refused",
                    rule(status),
                    known.getBody().getTitle()));
        }
        if (databaseAway(failure) || outcomeUnknown(failure)) {
            return unavailable(failure);
        }
        String incident = Ids.next();
        // messages of exceptions may quote a patient's data: class names and the trace's places say enough
        log.error(
                "incident {} in {} {}: {}", incident, request.getMethod(), pattern(request), traceWithoutText(failure));
        return answer(internal(incident));
    }

    static Problem internal(String incident) {
        return Problem.of(500, "Something broke on our side", "internal", "quote the incident when you report it")
                .withIncident(incident);
    }

    static String rule(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        return known == null ? "refused" : kebab(known.getReasonPhrase().replace(" ", ""));
    }

    private static boolean isDisconnect(Throwable failure) {
        return failure.getClass().getName().contains("ClientAbort")
                || failure.getClass().getName().contains("AsyncRequestNotUsable");
    }

    static String traceWithoutText(Throwable failure) {
        var trace = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            trace.append(cause.getClass().getName()).append('\n');
            for (StackTraceElement at : cause.getStackTrace()) {
                trace.append("\tat ").append(at).append('\n');
            }
        }
        return trace.toString();
    }

    // --- forms -------------------------------------------------------------------------------------------------------

    private static Problem malformed(String rule, String detail) {
        return Problem.of(400, "The body can't be read", rule, detail);
    }

    private static Problem invalid(String field, String rule, String message) {
        return invalid(List.of(error(field, rule, message)));
    }

    private static Problem invalid(List<FieldError> errors) {
        String rule = errors.isEmpty() ? "invalid" : errors.getFirst().rule();
        String detail = errors.isEmpty()
                ? null
                : (errors.getFirst().field() + " " + errors.getFirst().message()).strip();
        return Problem.of(400, "The request is malformed", rule, detail).in(errors);
    }

    private static FieldError error(String field, String rule, String message) {
        return new FieldError(field, rule, message);
    }

    private static ResponseEntity<Problem> answer(Problem problem) {
        return ResponseEntity.status(problem.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static String action(HttpServletRequest request) {
        return request.getMethod().toLowerCase(Locale.ROOT) + " " + pattern(request);
    }

    private static String pattern(HttpServletRequest request) {
        Object pattern =
                request.getAttribute(org.springframework.web.servlet.HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return pattern == null ? "unknown route" : pattern.toString();
    }

    private static String abbreviated(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "...";
    }

    static String kebab(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
