package clinicops.staffweb.token;

import com.nimbusds.jose.jwk.JWKSet;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** The clinic's keys for whoever else in the front door issues tokens: one set of keys, one address to fetch them from. */
@Configuration(proxyBeanMethods = false)
class TokenEncoding {
    /** Signs with the key that signs now (RS256). */
    @Bean
    JwtEncoder tokenEncoder(SigningKeys keys) {
        return new NimbusJwtEncoder((wanted, _) -> wanted.select(new JWKSet(keys.current())));
    }
}
