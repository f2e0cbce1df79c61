package clinicops.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.notification.delivery.DeliveryPolicy.Verdict;
import clinicops.notification.notice.Notice;
import clinicops.notification.notice.NoticeRules;
import clinicops.notification.notice.NoticeSamples;
import clinicops.notification.recipient.Recipient;
import clinicops.notification.recipient.Recipient.Preferences;
import clinicops.notification.template.Channel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeliveryPolicyTest {

    private static final Instant NOON = Instant.parse("2026-05-04T16:00:00Z"); // in New York
    private static final Instant NIGHT = Instant.parse("2026-05-05T03:00:00Z"); // 23:00
    private static final Instant MORNING = Instant.parse("2026-05-05T12:00:00Z"); // 8:00

    private final DeliveryPolicy policy = new DeliveryPolicy(NoticeRules.read().quietHours());

    @Test
    void sendsWhatIsAllowedAndOfUseByDay() {
        assertThat(policy.decide(notice(Channel.EMAIL, null), reachable(true, true), NOON))
                .isEqualTo(new Verdict.Send());
    }

    @Test
    void waitsForTheContactCard() {
        Recipient recipient = Recipient.unknown("patient-1");
        recipient.prefer(new Preferences("en", "America/New_York", true, true));

        assertThat(policy.decide(notice(Channel.EMAIL, null), recipient, NOON)).isEqualTo(new Verdict.Wait());
    }

    @Test
    void waitsForThePreferences() {
        Recipient recipient = Recipient.unknown("patient-1");
        recipient.receiveCard("sealed");

        assertThat(policy.decide(notice(Channel.EMAIL, null), recipient, NOON)).isEqualTo(new Verdict.Wait());
    }

    @Test
    void asksForConsentChannelByChannel() {
        assertThat(policy.decide(notice(Channel.SMS, null), reachable(true, false), NOON))
                .isEqualTo(new Verdict.Drop("no-consent"));
        assertThat(policy.decide(notice(Channel.EMAIL, null), reachable(true, false), NOON))
                .isEqualTo(new Verdict.Send());
        assertThat(policy.decide(notice(Channel.EMAIL, null), reachable(false, true), NOON))
                .isEqualTo(new Verdict.Drop("no-consent"));
    }

    @Test
    void putsOffToTheMorningWhatIsDueAtNight() {
        assertThat(policy.decide(notice(Channel.EMAIL, null), reachable(true, true), NIGHT))
                .isEqualTo(new Verdict.Defer(MORNING));
    }

    @Test
    void dropsAtNightWhatWillBeUselessInTheMorning() {
        assertThat(policy.decide(notice(Channel.EMAIL, MORNING), reachable(true, true), NIGHT))
                .isEqualTo(new Verdict.Drop("useless-by-then"));
    }

    @Test
    void dropsWhatHasBecomeUseless() {
        assertThat(policy.decide(notice(Channel.EMAIL, NOON), reachable(true, true), NOON))
                .isEqualTo(new Verdict.Drop("useless-by-then"));
    }

    @Test
    void writesToNobodyWhoWasErased() {
        Recipient recipient = reachable(true, true);
        recipient.erase();

        assertThat(policy.decide(notice(Channel.EMAIL, null), recipient, NOON))
                .isEqualTo(new Verdict.Drop("withdrawn"));
    }

    private static Notice notice(Channel channel, @Nullable Instant usefulUntil) {
        return NoticeSamples.pending(channel, usefulUntil);
    }

    private static Recipient reachable(boolean email, boolean sms) {
        Recipient recipient = Recipient.unknown("patient-1");
        recipient.receiveCard("sealed");
        recipient.prefer(new Preferences("en", "America/New_York", email, sms));
        return recipient;
    }
}
