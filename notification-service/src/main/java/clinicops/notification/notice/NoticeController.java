package clinicops.notification.notice;

import clinicops.chassis.Audit;
import clinicops.chassis.Cursor;
import clinicops.chassis.NotFound;
import clinicops.chassis.Page;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.outbox.Transactions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was, is and will be sent to patients. */
@RestController
@RequestMapping("/api/notices")
@Tag(name = "notices", description = "What was, is and will be sent to patients")
class NoticeController {

    private static final int ID_LIMIT = 64;

    private final Notices notices;
    private final Transactions transactions;
    private final Audit audit;

    NoticeController(Notices notices, Transactions transactions, Audit audit) {
        this.notices = notices;
        this.transactions = transactions;
        this.audit = audit;
    }

    @GetMapping
    @Operation(
            operationId = "listNotices",
            summary = "Lists notices, the first planned first",
            description = "400 for a status, limit or cursor that is none. An unknown patient has an empty list.")
    Page<NoticeView> list(
            @Parameter(description = "Only this patient's") @RequestParam(required = false) @Nullable String patientId,
            @Parameter(description = "pending, waiting, delivered, suppressed or failed")
                    @RequestParam(required = false)
                    @Nullable
                    String status,
            @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = "1 to 200, else 50") @RequestParam(required = false) @Nullable Integer limit) {
        int size = Cursor.limit(limit);
        Set<Notice.State> states = states(status);
        String after = Cursor.of(cursor).after();
        Limit oneMore = Limit.of(size + 1);
        List<Notice> found = patientId == null
                ? notices.ofAllPatients(states, after, oneMore)
                : notices.ofPatient(idOf(patientId, "patientId"), states, after, oneMore);
        Page<NoticeView> page = Page.of(found, size, Notice::id).map(NoticeView::of);
        audit.readList("list-notices", patients(page.items()));
        return page;
    }

    @GetMapping("/{id}")
    @Operation(
            operationId = "getNotice",
            summary = "Shows one notice",
            description = "ETag: the notice's version. 404 when there is none.")
    ResponseEntity<NoticeView> show(@PathVariable String id) {
        Notice notice = notices.byNotice(id).orElseThrow(() -> new NotFound("notice", id));
        audit.read("read-notice", "notice/" + id, notice.patientId());
        return answer(notice);
    }

    @PostMapping("/{id}/resend")
    @Operation(
            operationId = "resendNotice",
            summary = "Sends a failed notice again",
            description =
                    "Needs If-Match with the notice's version. 409 only-failed-notices-are-resent for any other. It goes"
                            + " out within a second, outside of quiet hours, if it is still of use.")
    ResponseEntity<NoticeView> resend(
            @PathVariable String id, @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return transactions.inTransaction(() -> {
            Notice notice = notices.byNotice(id).orElseThrow(() -> new NotFound("notice", id));
            Versions.require(ifMatch, notice.version(), "notice/" + id);
            notice.resend();
            Notice saved = notices.save(notice);
            audit.write("resend-notice", "notice/" + id, saved.patientId(), saved.version(), null);
            return answer(saved);
        });
    }

    private static ResponseEntity<NoticeView> answer(Notice notice) {
        return ResponseEntity.ok().eTag(Versions.etag(notice.version())).body(NoticeView.of(notice));
    }

    private static Collection<String> patients(List<NoticeView> views) {
        return views.stream().map(NoticeView::patientId).distinct().toList();
    }

    private static Set<Notice.State> states(@Nullable String status) {
        if (status == null) {
            return EnumSet.allOf(Notice.State.class);
        }
        for (Notice.State state : Notice.State.values()) {
            if (state.name().toLowerCase(Locale.ROOT).equals(status)) {
                return EnumSet.of(state);
            }
        }
        throw RuleViolation.malformed("status", "status is pending, waiting, delivered, suppressed or failed")
                .withField("status");
    }

    private static String idOf(String id, String field) {
        if (id.isBlank() || id.length() > ID_LIMIT) {
            throw RuleViolation.malformed("id", "an id has 1 to " + ID_LIMIT + " characters")
                    .withField(field);
        }
        return id;
    }
}
