package clinicops.chassis;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** ETags and If-Match: an ETag is the aggregate's version in quotes, for example {@code "7"}. */
public final class Versions {
    private static final Pattern ETAG = Pattern.compile("\"(\\d{1,18})\"");

    private Versions() {}

    /**
     * Goes on only when the caller saw the current version.
     *
     * @param ifMatch the header's value; null when it was not sent
     * @param resource as in the audit, for example {@code session/0198...}; finds what changed since
     * @throws VersionRequired without the header
     * @throws StaleVersion when another version is current
     * @throws RuleViolation {@code if-match} when the header is no ETag of ours
     */
    public static void require(@Nullable String ifMatch, long current, String resource) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw new VersionRequired();
        }
        var etag = ETAG.matcher(ifMatch.strip());
        if (!etag.matches()) {
            throw RuleViolation.malformed("if-match", "If-Match takes one version in quotes, for example \"7\"")
                    .withField("If-Match");
        }
        long yours = Long.parseLong(etag.group(1));
        if (yours != current) {
            throw new StaleVersion(resource, yours, current);
        }
    }

    public static String etag(long version) {
        return "\"" + version + "\"";
    }
}
