package clinicops.chassis;

import clinicops.contracts.ContactCard;

/**
 * Seals what must not be read on the wire: contact cards and short texts such as a member id. Compact JWE, {@code dir},
 * {@code A256GCM}, header {@code kid}. Only services with {@code clinicops.contact.key} have this bean.
 */
public final class ContactSeal {
    /** @param key 32 bytes, base64 */
    public ContactSeal(String key) {}

    public String seal(ContactCard card) {
        throw new UnsupportedOperationException();
    }

    /** @throws IllegalArgumentException when it was not sealed with this key, or was changed */
    public ContactCard open(String sealed) {
        throw new UnsupportedOperationException();
    }

    public String sealText(String text) {
        throw new UnsupportedOperationException();
    }

    /** @throws IllegalArgumentException when it was not sealed with this key, or was changed */
    public String openText(String sealed) {
        throw new UnsupportedOperationException();
    }
}
