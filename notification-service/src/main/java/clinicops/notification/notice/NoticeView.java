package clinicops.notification.notice;

import clinicops.notification.template.Template;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A notice as staff see it: what, about what, when and what became of it; never its words or the address. */
@Schema(
        name = "Notice",
        description = "A notice: what, about what, when, and what became of it. Never its words or an address")
record NoticeView(
        String id,
        @Schema(description = "Version, as in the ETag") long version,
        String patientId,
        @Schema(description = "For example reminder-24h") String template,
        int templateVersion,

        @Nullable @Schema(description = "account, appointment, reminder, care, money")
        String topic,

        @Schema(description = "email or sms") String channel,

        @Schema(
                description =
                        "What kind of thing it is about: patient, estimate, authorization, course, session, statement,"
                                + " payment, link")
        String aboutKind,

        @Schema(description = "Id of what it is about") String aboutId,

        @Schema(description = "pending, waiting (for the patient's card or preferences), delivered, suppressed, failed")
        String status,

        @Nullable
        @Schema(
                description = "Why it was suppressed (no-consent, useless-by-then, withdrawn, daily-limit) or failed"
                        + " (address-refused, provider-failed, no-address)")
        String reason,

        @Schema(description = "When it goes out, business time")
        Instant dueAt,

        @Schema(description = "When it was planned, business time")
        Instant plannedAt,

        @Nullable @Schema(description = "When it was delivered, suppressed or failed, business time")
        Instant decidedAt,

        @Schema(description = "Tries so far") int attempts,

        @Schema(description = "Rules that planned it, id@version")
        String rules) {

    static NoticeView of(Notice notice) {
        return new NoticeView(
                notice.id(),
                notice.version(),
                notice.patientId(),
                notice.templateId(),
                notice.templateVersion(),
                Template.of(notice.templateId()).map(t -> t.topic().code()).orElse(null),
                notice.channel().code(),
                lower(notice.occurrence().kind()),
                notice.occurrence().id(),
                lower(notice.state()),
                notice.reason(),
                notice.dueAt(),
                notice.plannedAt(),
                notice.decidedAt(),
                notice.attempts(),
                notice.rules());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
