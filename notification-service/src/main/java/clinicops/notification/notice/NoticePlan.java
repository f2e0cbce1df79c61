package clinicops.notification.notice;

import clinicops.notification.template.Template;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notice to be, before it is given a channel.
 *
 * @param dueAt business time
 * @param usefulUntil business time; null: it never gets useless
 */
record NoticePlan(
        Template template,
        String patientId,
        Occurrence occurrence,
        NoticeFacts facts,
        Instant dueAt,
        @Nullable Instant usefulUntil) {}
