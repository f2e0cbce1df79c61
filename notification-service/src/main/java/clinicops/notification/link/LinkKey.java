package clinicops.notification.link;

import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What tokens are signed with. Made at the first start and never shown.
 *
 * @param key 32 random bytes
 */
@Document("link_keys")
record LinkKey(@Id String id, byte[] key) {}
