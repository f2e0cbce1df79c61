package clinicops.notification.template;

/**
 * A notice in words.
 *
 * @param subject subject line of a mail; empty for an SMS
 */
public record Text(String subject, String body) {}
