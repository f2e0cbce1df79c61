package clinicops.notification.template;

/**
 * The GSM 7-bit default alphabet (3GPP TS 23.038, 6.2.1). One letter outside of it makes the whole SMS UCS-2, of which only
 * 70 characters fit. The extension table is left out: its characters count twice.
 */
public final class Gsm7 {

    private static final String ALPHABET = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private Gsm7() {}

    /** Whether every character is in the alphabet. */
    public static boolean writes(String text) {
        return text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    }
}
