package clinicops.staffweb.insurer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.stereotype.Component;

/** Active insurers as the authorization server wants its clients. Read anew for every token. */
@Component
class InsurerClients implements RegisteredClientRepository {
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(5);
    private static final String INSURER = "clinicops.insurer";

    private final Insurers insurers;

    InsurerClients(Insurers insurers) {
        this.insurers = insurers;
    }

    /** Whom a client that came from here speaks for. */
    static Insurer insurer(RegisteredClient client) {
        if (client.getClientSettings().getSetting(INSURER) instanceof Insurer insurer) {
            return insurer;
        }
        throw new IllegalStateException("A client that is no insurer");
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        return insurers.active(clientId).map(InsurerClients::client).orElse(null);
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return findByClientId(id);
    }

    @Override
    public void save(RegisteredClient client) {
        throw new UnsupportedOperationException("insurers are registered by an admin");
    }

    private static RegisteredClient client(Insurer insurer) {
        return RegisteredClient.withId(insurer.id())
                .clientId(insurer.id())
                .clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scopes(scopes -> scopes.addAll(Insurer.SCOPES))
                .clientSettings(ClientSettings.builder()
                        // wanted, but each key has its own, which AssertionCheck goes by
                        .tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.RS384)
                        .setting(INSURER, insurer)
                        .build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(TOKEN_LIFE)
                        .build())
                .build();
    }
}
