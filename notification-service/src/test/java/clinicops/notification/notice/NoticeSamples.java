package clinicops.notification.notice;

import clinicops.contracts.Money;
import clinicops.notification.template.Channel;
import clinicops.notification.template.Template;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Notices for tests of other packages. */
public final class NoticeSamples {

    private NoticeSamples() {}

    public static Notice pending(Channel channel, @Nullable Instant usefulUntil) {
        return notice(Template.REMINDER_24H, channel, Instant.parse("2026-05-05T15:00:00Z"), "iv", usefulUntil);
    }

    /** With every fact that any template might want. */
    public static Notice notice(
            Template template,
            Channel channel,
            Instant startsAt,
            @Nullable String route,
            @Nullable Instant usefulUntil) {
        NoticeFacts facts = new NoticeFacts(
                startsAt, route, 6, Money.usd(1_234_567_89), Money.usd(50_00), LocalDate.of(2026, 6, 1));
        return Notice.planned(
                "notice-1",
                new NoticePlan(
                        template,
                        "patient-1",
                        Occurrence.once(Occurrence.Kind.SESSION, "session-1"),
                        facts,
                        startsAt,
                        usefulUntil),
                channel,
                "notices@1",
                startsAt,
                null,
                null);
    }
}
