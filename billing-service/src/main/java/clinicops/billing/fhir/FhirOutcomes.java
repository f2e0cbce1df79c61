package clinicops.billing.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.MethodNotAllowedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import clinicops.chassis.Audit;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.StaleVersion;
import clinicops.chassis.web.BodyLimitFilter;
import clinicops.outbox.Ids;
import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;

/**
 * Every refusal at this door is an {@code OperationOutcome}, whoever refuses: a rule, HAPI, the security chain, Tomcat. What the
 * caller sent is never repeated in it, and no message of an exception gets out or into the log.
 */
final class FhirOutcomes {
    static final String MEDIA_TYPE = "application/fhir+json;charset=utf-8";
    static final String RULES = "urn:clinicops:problem";
    private static final Logger log = LoggerFactory.getLogger(FhirOutcomes.class);
    private static final String RETRY_SECONDS = "5";

    private final FhirContext fhir;
    private final Audit audit;

    FhirOutcomes(FhirContext fhir, Audit audit) {
        this.fhir = fhir;
        this.audit = audit;
    }

    /** Answers what a failed request gets. */
    void write(HttpServletRequest request, HttpServletResponse response, Throwable failure) throws IOException {
        FhirRefusal refusal = refusal(request, failure);
        if (refusal.status() == 503 && retrySafely(refusal)) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        write(response, refusal);
    }

    void write(HttpServletResponse response, FhirRefusal refusal) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        byte[] body = fhir.newJsonParser()
                .encodeResourceToString(outcome(refusal.issues()))
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(refusal.status());
        response.setContentType(MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static OperationOutcome outcome(List<FhirIssue> issues) {
        var outcome = new OperationOutcome();
        for (FhirIssue found : issues) {
            var issue = outcome.addIssue()
                    .setSeverity(found.type() == IssueType.EXCEPTION ? IssueSeverity.FATAL : IssueSeverity.ERROR)
                    .setCode(found.type());
            issue.getDetails()
                    .setText(found.text())
                    .addCoding()
                    .setSystem(RULES)
                    .setCode(found.rule());
            if (found.expression() != null) {
                issue.addExpression(found.expression());
            }
        }
        return outcome;
    }

    /** What the failure means to the caller. A missing resource is audited here, as in the rest of the house. */
    private FhirRefusal refusal(HttpServletRequest request, Throwable failure) {
        boolean away = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case FhirRefusal refused -> {
                    return refused;
                }
                case RuleViolation refused -> {
                    return of(refused);
                }
                case NotFound missing -> {
                    return of(missing, request);
                }
                case StaleVersion _ -> {
                    return changedMeanwhile();
                }
                case OptimisticLockingFailureException _ -> {
                    return changedMeanwhile();
                }
                case DuplicateKeyException _ -> {
                    return new FhirRefusal(
                            409, IssueType.DUPLICATE, "already-exists", "one with the same key exists", null);
                }
                case BodyLimitFilter.BodyTooLarge _ -> {
                    return bodyTooLarge();
                }
                case MongoException lost
                when lost.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL) -> {
                    return new FhirRefusal(
                            503,
                            IssueType.TRANSIENT,
                            "outcome-unknown",
                            "whether it was done is not known; sending the same again is safe",
                            null);
                }
                case MongoException lost
                when databaseAway(lost) -> {
                    log.warn("the database did not answer: {}", lost.getClass().getSimpleName());
                    return new FhirRefusal(
                            503, IssueType.TRANSIENT, "database-unavailable", "nothing was done; try again", null);
                }
                // a cause below may know more
                case DataAccessResourceFailureException _ -> away = true;
                default -> {}
            }
        }
        if (away) {
            return databaseAway();
        }
        return failure instanceof BaseServerResponseException hapi && hapi.getStatusCode() < 500
                ? of(hapi)
                : internal(request, failure);
    }

    private static FhirRefusal databaseAway() {
        return new FhirRefusal(503, IssueType.TRANSIENT, "database-unavailable", "nothing was done; try again", null);
    }

    private static boolean retrySafely(FhirRefusal refusal) {
        return !refusal.issues().getFirst().rule().equals("outcome-unknown");
    }

    private static FhirRefusal of(RuleViolation refused) {
        IssueType type =
                switch (refused.status()) {
                    case CONFLICT -> IssueType.CONFLICT;
                    case BAD_REQUEST -> IssueType.INVALID;
                    default -> IssueType.BUSINESSRULE;
                };
        return new FhirRefusal(
                refused.status().value(), type, refused.rule(), String.valueOf(refused.getMessage()), refused.field());
    }

    private FhirRefusal of(NotFound missing, HttpServletRequest request) {
        String id = missing.id();
        audit.refused(
                request.getMethod().toLowerCase(Locale.ROOT)
                        + FhirAccess.row(request)
                                .map(row -> " " + row.pattern())
                                .orElse(" unknown route"),
                missing.kind() + "/" + (id.length() <= 64 ? id : id.substring(0, 64)));
        return new FhirRefusal(404, IssueType.NOTFOUND, "not-found", "there is no such " + missing.kind(), null);
    }

    private static FhirRefusal changedMeanwhile() {
        return new FhirRefusal(
                409, IssueType.CONFLICT, "stale-version", "somebody changed this meanwhile; send it again", null);
    }

    static FhirRefusal bodyTooLarge() {
        return new FhirRefusal(413, IssueType.TOOLONG, "body-too-large", "at most 1 MB", null);
    }

    /** HAPI's own refusals. Its messages quote the request, so they stay here. */
    private static FhirRefusal of(BaseServerResponseException hapi) {
        return switch (hapi) {
            case ResourceNotFoundException _ -> nothingHere();
            case MethodNotAllowedException _ ->
                new FhirRefusal(405, IssueType.NOTSUPPORTED, "method-not-allowed", "not by this method", null);
            default ->
                new FhirRefusal(
                        hapi.getStatusCode(),
                        IssueType.INVALID,
                        "malformed-request",
                        "the request is not one that this server takes; see its metadata",
                        null);
        };
    }

    static FhirRefusal nothingHere() {
        return new FhirRefusal(404, IssueType.NOTFOUND, "no-such-route", "there is nothing here", null);
    }

    FhirRefusal internal(HttpServletRequest request, Throwable failure) {
        String incident = Ids.next();
        log.error("incident {} in {} /fhir: {}", incident, request.getMethod(), traceWithoutText(failure));
        return new FhirRefusal(
                500,
                IssueType.EXCEPTION,
                "internal",
                "something broke on our side; quote incident " + incident + " when you report it",
                null);
    }

    private static boolean databaseAway(MongoException failure) {
        return failure instanceof MongoSocketException
                || failure instanceof MongoTimeoutException
                || failure instanceof MongoNotPrimaryException
                || failure instanceof MongoNodeIsRecoveringException
                || failure.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL);
    }

    private static String traceWithoutText(Throwable failure) {
        var trace = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvocationTargetException) {
                continue;
            }
            trace.append(cause.getClass().getName()).append('\n');
            for (StackTraceElement at : cause.getStackTrace()) {
                trace.append("\tat ").append(at).append('\n');
            }
        }
        return trace.toString();
    }
}
