package clinicops.notification.template;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns a template and what it tells into words. Plain text, so nothing is escaped. The first line of a mail's template is
 * its subject, a blank line follows. A name that the template uses and the facts lack is an error, never a gap in the mail.
 */
public final class Texts {

    /** An SMS of one part: 160 characters of the GSM 7-bit alphabet. */
    public static final int SMS_LIMIT = 160;

    private static final String SUBJECT = "Subject: ";

    private record Key(String template, int version, Language language, Channel channel) {
        String path() {
            return "/notification/templates/%s/v%d/%s.%s.txt"
                    .formatted(template, version, language.tag(), channel.code());
        }
    }

    private final Mustache.Compiler compiler =
            Mustache.compiler().escapeHTML(false).strictSections(true);
    private final Map<Key, com.samskivert.mustache.Template> compiled = new ConcurrentHashMap<>();

    /**
     * @param facts names to strings, numbers, booleans, lists and further maps
     * @throws IllegalArgumentException when there is no such text, or it names a fact that is missing
     */
    public Text write(Template template, int version, Language language, Channel channel, Map<String, ?> facts) {
        Key key = new Key(template.id(), version, language, channel);
        String written;
        try {
            written =
                    compiled.computeIfAbsent(key, this::compile).execute(facts).strip();
        } catch (com.samskivert.mustache.MustacheException e) {
            throw new IllegalArgumentException(key.path() + ": " + e.getMessage(), e);
        }
        if (channel == Channel.SMS) {
            if (written.length() > SMS_LIMIT || !Gsm7.writes(written)) {
                throw new IllegalArgumentException("%s: %d characters, at most %d of the GSM alphabet fit"
                        .formatted(key.path(), written.length(), SMS_LIMIT));
            }
            return new Text("", written);
        }
        int end = written.indexOf('\n');
        if (!written.startsWith(SUBJECT) || end < 0) {
            throw new IllegalArgumentException(key.path() + ": the first line is no subject");
        }
        return new Text(
                written.substring(SUBJECT.length(), end).strip(),
                written.substring(end).strip());
    }

    private com.samskivert.mustache.Template compile(Key key) {
        try (InputStream in = Texts.class.getResourceAsStream(key.path())) {
            if (in == null) {
                throw new IllegalArgumentException("There is no text " + key.path());
            }
            return compiler.compile(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(key.path(), e);
        }
    }
}
