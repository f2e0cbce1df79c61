package clinicops.staffweb.insurer;

import clinicops.outbox.Ids;
import clinicops.staffweb.gateway.RefusalLimit;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.server.authorization.authentication.JwtClientAssertionAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;

/**
 * The door for programs: one address where insurers get tokens, and two documents that say where it is. No session, no cookie,
 * and nothing of the authorization server but client credentials by private_key_jwt.
 */
@Configuration(proxyBeanMethods = false)
class TokenDoor {
    static final String PATH = "/oauth2/token";

    /** Who may take these tokens: the FHIR door, and no service's API. */
    static final String AUDIENCE = "fhir";

    /** Before every other chain: these paths are nobody else's. */
    private static final int FIRST = Ordered.HIGHEST_PRECEDENCE;

    /** Where tokens are asked for, as the world sees it; also the audience of assertions. */
    static String tokenEndpoint(String publicUrl) {
        return publicUrl.replaceAll("/+$", "") + PATH;
    }

    @Bean
    RefusalLimit refusalLimit(@Value("${clinicops.insurers.refusals-per-minute:120}") int free) {
        return new RefusalLimit(free, InstantSource.system());
    }

    @Bean
    @Order(FIRST)
    SecurityFilterChain tokenChain(
            HttpSecurity http,
            InsurerClients clients,
            AssertionCheck assertions,
            TokenAnswers answers,
            RefusalLimit limit,
            JwtEncoder tokenEncoder,
            @Value("${clinicops.issuer}") String issuer) {
        var tokens = new JwtGenerator(tokenEncoder);
        tokens.setJwtCustomizer(TokenDoor::claims);
        var nothingKept = new NothingKept();
        var byAssertion = new JwtClientAssertionAuthenticationProvider(clients, nothingKept);
        byAssertion.setJwtDecoderFactory(assertions);
        var clientCredentials = new OAuth2ClientCredentialsAuthenticationProvider(nothingKept, tokens);
        stateless(http)
                .securityMatcher(PathPatternRequestMatcher.pathPattern(PATH))
                .addFilterAfter(new TokenForm(limit, answers), HeaderWriterFilter.class)
                .with(new OAuth2AuthorizationServerConfigurer(), server -> server.registeredClientRepository(clients)
                        .authorizationService(nothingKept)
                        .tokenGenerator(tokens)
                        .authorizationServerSettings(AuthorizationServerSettings.builder()
                                .issuer(issuer)
                                .tokenEndpoint(PATH)
                                .build())
                        .clientAuthentication(client -> client.authenticationConverters(converters -> {
                                    converters.clear();
                                    converters.add(TokenRequests::client);
                                })
                                .authenticationProviders(providers -> {
                                    providers.clear();
                                    providers.add(byAssertion);
                                })
                                .authenticationSuccessHandler(TokenAnswers::clientProven)
                                .errorResponseHandler(answers))
                        .tokenEndpoint(token -> token.accessTokenRequestConverters(converters -> {
                                    converters.clear();
                                    converters.add(TokenRequests::clientCredentials);
                                })
                                .authenticationProviders(providers -> {
                                    providers.clear();
                                    providers.add(clientCredentials);
                                })
                                .accessTokenResponseHandler(answers)
                                .errorResponseHandler(answers)))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .exceptionHandling(refusal -> refusal.authenticationEntryPoint(answers));
        return http.build();
    }

    @Bean
    @Order(FIRST)
    SecurityFilterChain wellKnownChain(HttpSecurity http) {
        return stateless(http)
                .securityMatcher(new OrRequestMatcher(
                        PathPatternRequestMatcher.pathPattern(HttpMethod.GET, WellKnown.SMART),
                        PathPatternRequestMatcher.pathPattern(HttpMethod.GET, WellKnown.OAUTH)))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    private static HttpSecurity stateless(HttpSecurity http) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(
                        csp -> csp.policyDirectives("default-src 'none'; frame-ancestors 'none'")));
    }

    /** No roles: what staff may do is not for insurers, whichever service should look at such a token. */
    private static void claims(JwtEncodingContext context) {
        Insurer insurer = InsurerClients.insurer(context.getRegisteredClient());
        context.getClaims()
                .id(Ids.next())
                .audience(List.of(AUDIENCE))
                .claim("scope", Insurer.named(context.getAuthorizedScopes()))
                .claim("payer_id", insurer.payerCode())
                .claim("fhir_validation", insurer.validation())
                .claims(claims -> claims.remove("nbf"));
    }
}
