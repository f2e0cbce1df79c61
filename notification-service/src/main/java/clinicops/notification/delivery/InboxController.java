package clinicops.notification.delivery;

import clinicops.chassis.Audit;
import clinicops.chassis.Cursor;
import clinicops.chassis.NotFound;
import clinicops.chassis.Page;
import clinicops.chassis.RuleViolation;
import clinicops.notification.delivery.Mailbox.Lying;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The mail that stayed in the clinic because no mail server is configured. */
@RestController
@RequestMapping("/api/inbox")
@Tag(name = "inbox", description = "Mail that stayed in the clinic, when no mail server is configured")
class InboxController {

    private static final int ADDRESS_LIMIT = 320;

    /** A mail as its recipient would see it. */
    @Schema(name = "Mail")
    record MailView(
            @Schema(description = "Id of the notice that it is")
            String id,

            String to,
            String subject,
            @Schema(description = "Business time") Instant receivedAt,
            @Schema(description = "Plain text") String body) {}

    private final ObjectProvider<LocalMailServer> localServer;
    private final Mailbox mailbox;
    private final Audit audit;

    InboxController(ObjectProvider<LocalMailServer> localServer, Mailbox mailbox, Audit audit) {
        this.localServer = localServer;
        this.mailbox = mailbox;
        this.audit = audit;
    }

    @GetMapping
    @Operation(
            operationId = "listInbox",
            summary = "Lists the mail in the order of its arrival",
            description =
                    "A mail that was sent twice under one Message-ID shows once. 404 when a mail server is configured:"
                            + " mail is there then.")
    Page<MailView> list(
            @Parameter(description = "Only mail to this address") @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = "1 to 200, else 50") @RequestParam(required = false) @Nullable Integer limit) {
        int size = Cursor.limit(limit);
        String after = Cursor.of(cursor).after();
        if (to != null && to.length() > ADDRESS_LIMIT) {
            throw RuleViolation.malformed("to", "a mail address has at most " + ADDRESS_LIMIT + " characters")
                    .withField("to");
        }
        if (localServer.getIfAvailable() == null) {
            throw new NotFound("inbox", "local");
        }
        List<Lying> oneMore = mailbox.arrivedAfter(after, to, size + 1);
        Page<Lying> page = Page.of(oneMore, size, Lying::position);
        audit.readList(
                "read-inbox",
                page.items().stream()
                        .map(Lying::patientId)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList());
        return page.map(Lying::mail).map(m -> new MailView(m.id(), m.to(), m.subject(), m.receivedAt(), m.body()));
    }
}
