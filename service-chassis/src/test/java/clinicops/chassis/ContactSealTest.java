package clinicops.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinicops.contracts.ContactCard;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ContactSealTest {
    private static final ContactCard CARD =
            new ContactCard("p-1", "Zoë", "O'Hara", "zoe@example.org", null, "en-US", "America/Chicago");

    private final ContactSeal seal = new ContactSeal(key((byte) 1));

    private static String key(byte fill) {
        byte[] key = new byte[32];
        java.util.Arrays.fill(key, fill);
        return Base64.getEncoder().encodeToString(key);
    }

    @Test
    void opensWhatItSealed() {
        String sealed = seal.seal(CARD);
        assertThat(sealed).doesNotContain("O'Hara").doesNotContain("example.org");
        assertThat(seal.open(sealed)).isEqualTo(CARD);
        assertThat(seal.openText(seal.sealText("ABC-123"))).isEqualTo("ABC-123");
    }

    @Test
    void sealsTheSameDifferentlyEachTime() {
        assertThat(seal.sealText("ABC-123")).isNotEqualTo(seal.sealText("ABC-123"));
    }

    @Test
    void refusesWhatWasChangedOrSealedByOthers() {
        String sealed = seal.seal(CARD);
        String[] parts = sealed.split("\\.");
        String text = parts[3];
        parts[3] = (text.charAt(0) == 'A' ? 'B' : 'A') + text.substring(1);
        assertThatThrownBy(() -> seal.open(String.join(".", parts))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ContactSeal(key((byte) 2)).open(sealed))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> seal.open("nonsense")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> seal.open(seal.sealText("no card"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void wantsAKeyOf32Bytes() {
        assertThatThrownBy(() -> new ContactSeal("c2hvcnQ=")).isInstanceOf(IllegalArgumentException.class);
    }
}
