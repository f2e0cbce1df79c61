package clinicops.billing.fhir;

import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import clinicops.billing.authorization.AuthorizationDesk;
import clinicops.billing.authorization.PriorAuthorization;
import clinicops.billing.claim.Claim;
import clinicops.billing.claim.ClaimAnswers;
import clinicops.chassis.Audit;
import clinicops.chassis.RuleViolation;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.bson.Document;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/**
 * Takes insurers' answers: 201 for a new one, 200 with what is stored when the same was sent before, so that an insurer may send
 * again whatever it got no reply to.
 */
@Component
public class ClaimResponseProvider implements IResourceProvider {
    /** An answer is never changed. */
    private static final String ONLY_VERSION = "1";

    private final ClaimResponseReader reader;
    private final ClaimAnswers answers;
    private final AuthorizationDesk authorizations;
    private final ResponseResources resources;
    private final MongoOperations mongo;
    private final FhirBase base;
    private final Audit audit;

    ClaimResponseProvider(
            ClaimResponseReader reader,
            ClaimAnswers answers,
            AuthorizationDesk authorizations,
            ResponseResources resources,
            MongoOperations mongo,
            FhirBase base,
            Audit audit) {
        this.reader = reader;
        this.answers = answers;
        this.authorizations = authorizations;
        this.resources = resources;
        this.mongo = mongo;
        this.base = base;
        this.audit = audit;
    }

    @Override
    public Class<ClaimResponse> getResourceType() {
        return ClaimResponse.class;
    }

    /** Answers a claim or a request for prior authorization, once. It is committed when this returns. */
    @Create
    public MethodOutcome create(@ResourceParam ClaimResponse sent, ServletRequestDetails request) throws IOException {
        boolean first =
                switch (reader.read(sent, FhirCaller.current().payerCode())) {
                    case SentResponse.Remittance remittance -> answer(remittance, sent, request);
                    case SentResponse.Decision decision -> decide(decision, request);
                };
        FhirExchange.answered(request);
        return new MethodOutcome().setCreated(first);
    }

    private boolean answer(SentResponse.Remittance remittance, ClaimResponse sent, ServletRequestDetails request)
            throws IOException {
        ClaimAnswers.Answered answered;
        try {
            answered = answers.sent(remittance.answer());
        } catch (RuleViolation refused) {
            throw pointing(refused, sent);
        }
        Claim claim = answered.claim();
        if (!answered.first()) {
            audit.read("read-claim-response", "claim/" + claim.id(), claim.patientId());
        }
        send(request, claim.id(), claim, answered.first());
        return answered.first();
    }

    private boolean decide(SentResponse.Decision decision, ServletRequestDetails request) throws IOException {
        AuthorizationDesk.Decided decided;
        try {
            decided = authorizations.decide(decision.decision());
        } catch (RuleViolation refused) {
            throw pointing(refused, null);
        }
        PriorAuthorization authorization = decided.authorization();
        if (!decided.first()) {
            audit.read("read-claim-response", "authorization/" + authorization.id(), authorization.patientId());
        }
        send(request, authorization.id(), authorization, decided.first());
        return decided.first();
    }

    private void send(ServletRequestDetails request, String id, Object answered, boolean first) throws IOException {
        HttpServletResponse response = request.getServletResponse();
        response.setStatus(first ? 201 : 200);
        response.setHeader("Location", base.url() + "/ClaimResponse/" + id + "/_history/" + ONLY_VERSION);
        response.setHeader("ETag", "W/\"" + ONLY_VERSION + "\"");
        response.setHeader("Cache-Control", "no-store");
        String prefer = request.getHeader("Prefer");
        if (prefer != null && prefer.toLowerCase(Locale.ROOT).replace(" ", "").contains("return=minimal")) {
            response.setContentLength(0);
            return;
        }
        var stored = new Document();
        mongo.getConverter().write(answered, stored);
        byte[] body = resources.json(asDriverReads(stored));
        response.setContentType(FhirOutcomes.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** The clinic's rules name their own fields; an insurer wants to know which of what it sent. */
    private static FhirRefusal pointing(RuleViolation refused, @Nullable ClaimResponse remittance) {
        String field = refused.field() == null ? "" : refused.field();
        String path =
                switch (field) {
                    case "patient" -> "ClaimResponse.patient";
                    case "item" -> "ClaimResponse.item";
                    case "decidedOn" -> "ClaimResponse.created";
                    case "payerClaimNumber" -> "ClaimResponse.identifier[0].value";
                    case "adjustments", "paid.cents" ->
                        remittance == null || remittance.hasAdjudication()
                                ? "ClaimResponse.adjudication"
                                : "ClaimResponse.item";
                    default -> "ClaimResponse.request";
                };
        IssueType type = refused.status().value() == 409 ? IssueType.CONFLICT : IssueType.BUSINESSRULE;
        return new FhirRefusal(
                refused.status().value(),
                List.of(new FhirIssue(type, refused.rule(), String.valueOf(refused.getMessage()), path)));
    }

    /** The converter leaves days to the driver, which gives them back as midnight UTC. */
    private static Document asDriverReads(Document written) {
        written.replaceAll((_, value) -> asDriverReads(value));
        return written;
    }

    private static @Nullable Object asDriverReads(@Nullable Object value) {
        return switch (value) {
            case LocalDate day -> Date.from(day.atStartOfDay(ZoneOffset.UTC).toInstant());
            case Document inner -> asDriverReads(inner);
            case List<?> list ->
                list.stream().map(each -> asDriverReads((Object) each)).toList();
            case null, default -> value;
        };
    }
}
