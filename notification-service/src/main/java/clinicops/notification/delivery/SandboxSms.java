package clinicops.notification.delivery;

import java.time.Clock;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends nothing: records what would have been sent. The number is checked and forgotten. */
class SandboxSms implements SmsProvider {

    private static final Logger log = LoggerFactory.getLogger(SandboxSms.class);
    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");

    /** What opens a patient's link is kept nowhere. */
    private static final Pattern LINK_TOKEN = Pattern.compile("#[A-Za-z0-9_-]{43}");

    private final SandboxRecordings recordings;
    private final Clock clock;

    SandboxSms(SandboxRecordings recordings, Clock clock) {
        this.recordings = recordings;
        this.clock = clock;
        log.info("No provider of text messages is configured: they are recorded, not sent");
    }

    @Override
    public void send(String noticeId, String number, String text) throws NotSent {
        if (!E164.matcher(number).matches()) {
            throw NotSent.addressRefused();
        }
        recordings.save(new SandboxRecording(noticeId, LINK_TOKEN.matcher(text).replaceAll("#..."), clock.instant()));
    }
}
