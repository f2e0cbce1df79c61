package clinicops.notification.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkTokensTest {
    private static final Instant UNTIL = Instant.parse("2026-05-14T15:00:00Z");
    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final LinkTokens tokens = new LinkTokens(key(1), new SecureRandom());
    private final PatientLink link = link("link-1", "rosa", "assessment", "a-1", UNTIL);

    @Test
    void aTokenFitsItsLinkAndIsShortEnoughForATextMessage() {
        String token = tokens.make(link);

        assertThat(token).hasSize(43).matches("[A-Za-z0-9_-]+");
        assertThat(tokens.fits(token, link)).isTrue();
        assertThat(LinkTokens.hash(token))
                .hasValueSatisfying(hash -> assertThat(hash).hasSize(64).doesNotContain(token));
    }

    @Test
    void aTokenWithAnyCharacterChangedFitsNothing() {
        String token = tokens.make(link);
        for (int i = 0; i < token.length(); i++) {
            char other = DIGITS.charAt((DIGITS.indexOf(token.charAt(i)) + 4) % DIGITS.length());
            String changed = token.substring(0, i) + other + token.substring(i + 1);

            assertThat(tokens.fits(changed, link)).as("character " + i).isFalse();
            assertThat(LinkTokens.hash(changed)).as("character " + i).isNotEqualTo(LinkTokens.hash(token));
        }
    }

    @Test
    void aTokenFitsNoOtherPatientPurposeResourceOrExpiry() {
        String token = tokens.make(link);

        assertThat(tokens.fits(token, link("link-2", "rosa", "assessment", "a-1", UNTIL)))
                .isFalse();
        assertThat(tokens.fits(token, link("link-1", "paul", "assessment", "a-1", UNTIL)))
                .isFalse();
        assertThat(tokens.fits(token, link("link-1", "rosa", "paperwork", "a-1", UNTIL)))
                .isFalse();
        assertThat(tokens.fits(token, link("link-1", "rosa", "assessment", "a-2", UNTIL)))
                .isFalse();
        assertThat(tokens.fits(token, link("link-1", "rosa", "assessment", "a-1", UNTIL.plusMillis(1))))
                .isFalse();
        // what one part ends with and the next begins with can't be moved between them
        assertThat(tokens.fits(token, link("link-1r", "osa", "assessment", "a-1", UNTIL)))
                .isFalse();
        assertThat(new LinkTokens(key(2), new SecureRandom()).fits(token, link)).isFalse();
    }

    @Test
    void noTwoTokensAreAlike() {
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            made.add(tokens.make(link));
        }
        assertThat(made).hasSize(1_000);
    }

    @Test
    void textsOfAnotherFormAreNoTokens() {
        String token = tokens.make(link);
        for (String text : new String[] {
            "",
            token.substring(1),
            token + "A",
            token.substring(0, 42) + "=",
            // its last character carries bits that no token has
            "A".repeat(42) + "B",
            token.replace(token.charAt(5), ' '),
            "a".repeat(42) + "\n",
            "../../../../../../../../../../../etc/passwd0",
            "é".repeat(43)
        }) {
            assertThat(LinkTokens.hash(text)).as(text).isEmpty();
        }
    }

    @Test
    void aKeyOfAnotherLengthIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LinkTokens(new byte[16], new SecureRandom()));
    }

    private static PatientLink link(String id, String patient, String purpose, String resource, Instant until) {
        return PatientLink.requested(id, patient, purpose, resource, until);
    }

    private static byte[] key(int first) {
        byte[] key = new byte[LinkTokens.KEY_BYTES];
        key[0] = (byte) first;
        return key;
    }
}
