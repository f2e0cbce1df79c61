package clinicops.staffweb.insurer;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/** Tokens are signed, short-lived and never asked about again, so none is kept: the default would keep them all in memory. */
final class NothingKept implements OAuth2AuthorizationService {
    @Override
    public void save(OAuth2Authorization authorization) {
        // see above
    }

    @Override
    public void remove(OAuth2Authorization authorization) {
        // see above
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return null;
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        return null;
    }
}
