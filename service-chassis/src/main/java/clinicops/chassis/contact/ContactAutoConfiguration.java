package clinicops.chassis.contact;

import clinicops.chassis.ContactSeal;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** The seal, for the services that hold the key. */
@AutoConfiguration
@ConditionalOnProperty("clinicops.contact.key")
public class ContactAutoConfiguration {
    @Bean
    ContactSeal contactSeal(@Value("${clinicops.contact.key}") String key) {
        return new ContactSeal(key);
    }
}
