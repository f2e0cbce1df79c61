package clinicops.chassis.security;

import clinicops.chassis.Access;
import clinicops.chassis.AccessTable;
import clinicops.chassis.Audit;
import clinicops.chassis.Role;
import clinicops.chassis.SideDoor;
import clinicops.chassis.web.ProblemWriter;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import jakarta.servlet.DispatcherType;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.resource.OAuth2ResourceServerConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * A service trusts tokens of one issuer, made for it, not expired, and lets a caller do what the access table says. The keys are
 * fetched when the first token comes, so that services start in any order.
 */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration"
        })
public class AccessAutoConfiguration {
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);
    private static final int KEY_TIMEOUT_MILLIS = 2_000;
    private static final long KEY_FETCH_INTERVAL_MILLIS = 1_000;
    private static final long KEYS_KEPT_MILLIS = Duration.ofMinutes(5).toMillis();

    private static final RequestMatcher ERROR = request -> request.getDispatcherType() == DispatcherType.ERROR;

    /** The chassis' own endpoints. */
    static final List<Access> CHASSIS_ROWS = List.of(
            Access.allowStaff(HttpMethod.GET, "/api/clock"),
            Access.allow(HttpMethod.PUT, "/api/clock", Role.ADMIN),
            Access.allow(HttpMethod.PUT, "/api/demo-mode", Role.ADMIN),
            Access.allow(HttpMethod.GET, "/api/dead-letters", Role.ADMIN),
            Access.allow(HttpMethod.GET, "/api/dead-letters/{id}", Role.ADMIN),
            Access.allow(HttpMethod.POST, "/api/dead-letters/{id}/replay", Role.ADMIN),
            Access.allow(HttpMethod.GET, "/api/audit", Role.AUDITOR),
            Access.allow(HttpMethod.GET, "/api/audit/verification", Role.AUDITOR),
            Access.allowStaff(HttpMethod.GET, "/v3/api-docs"));

    @Bean
    RouteAccess routeAccess(ObjectProvider<AccessTable> service) {
        var rows = service.stream().flatMap(table -> table.rows().stream());
        return new RouteAccess(Stream.concat(rows, CHASSIS_ROWS.stream()).toList());
    }

    @Bean
    JWKSource<SecurityContext> issuerKeys(@Value("${clinicops.jwk-set-uri}") URI uri) throws MalformedURLException {
        return JWKSourceBuilder.<SecurityContext>create(
                        uri.toURL(), new DefaultResourceRetriever(KEY_TIMEOUT_MILLIS, KEY_TIMEOUT_MILLIS, 64 * 1024))
                .cache(KEYS_KEPT_MILLIS, KEY_TIMEOUT_MILLIS * 2L)
                .refreshAheadCache(false)
                .rateLimited(KEY_FETCH_INTERVAL_MILLIS)
                .outageTolerant(true)
                .build();
    }

    @Bean
    JwtDecoder jwtDecoder(
            JWKSource<SecurityContext> issuerKeys,
            @Value("${clinicops.issuer}") String issuer,
            @Value("${clinicops.audience}") String audience) {
        return decoder(issuerKeys, issuer, audience);
    }

    private static JwtDecoder decoder(JWKSource<SecurityContext> issuerKeys, String issuer, String audience) {
        var decoder = NimbusJwtDecoder.withJwkSource(issuerKeys)
                .jwsAlgorithms(accepted -> {
                    accepted.add(SignatureAlgorithm.RS256);
                    accepted.add(SignatureAlgorithm.ES256);
                })
                .build();
        var expiry = new JwtTimestampValidator(CLOCK_SKEW);
        expiry.setAllowEmptyExpiryClaim(false);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtIssuerValidator(issuer), new JwtAudienceValidator(audience), expiry));
        return decoder;
    }

    @Bean
    Refusals refusals(ProblemWriter problems, Audit audit, ObjectProvider<RequestMappingHandlerMapping> routes) {
        return new Refusals(problems, audit, routes);
    }

    /** Before the staff's chain: what lies below the side door's path is nobody else's. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @ConditionalOnBean(SideDoor.class)
    SecurityFilterChain sideDoorChain(
            HttpSecurity http,
            SideDoor door,
            JWKSource<SecurityContext> issuerKeys,
            @Value("${clinicops.issuer}") String issuer,
            Refusals refusals) {
        var tokens = new JwtAuthenticationProvider(decoder(issuerKeys, issuer, door.audience()));
        return guarded(http.securityMatcher(door.path(), door.path() + "/**"), refusals)
                .authorizeHttpRequests(requests -> {
                    requests.requestMatchers(ERROR).permitAll();
                    for (SideDoor.Row row : door.rows()) {
                        requests.requestMatchers(PathPatternRequestMatcher.pathPattern(row.method(), row.pattern()))
                                .hasAnyAuthority(row.scopes().stream()
                                        .map(scope -> "SCOPE_" + scope)
                                        .toArray(String[]::new));
                    }
                    requests.anyRequest().denyAll();
                })
                .oauth2ResourceServer(
                        server -> refused(server, refusals).authenticationManagerResolver(_ -> tokens::authenticate))
                .build();
    }

    @Bean
    SecurityFilterChain securityFilterChain(HttpSecurity http, RouteAccess access, Refusals refusals) {
        return guarded(http, refusals)
                .authorizeHttpRequests(requests -> requests.requestMatchers(ERROR)
                        .permitAll()
                        .requestMatchers(
                                HttpMethod.GET, "/actuator/health", "/actuator/health/**", "/actuator/prometheus")
                        .permitAll()
                        .anyRequest()
                        .access(access))
                .oauth2ResourceServer(
                        server -> refused(server, refusals).jwt(jwt -> jwt.jwtAuthenticationConverter(staff())))
                .build();
    }

    private static HttpSecurity guarded(HttpSecurity http, Refusals refusals) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(refusals).accessDeniedHandler(refusals));
    }

    private static OAuth2ResourceServerConfigurer<HttpSecurity> refused(
            OAuth2ResourceServerConfigurer<HttpSecurity> server, Refusals refusals) {
        return server.authenticationEntryPoint(refusals)
                .accessDeniedHandler(refusals)
                .withObjectPostProcessor(new ObjectPostProcessor<BearerTokenAuthenticationFilter>() {
                    @Override
                    public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
                        filter.setAuthenticationFailureHandler(refusals::commence);
                        return filter;
                    }
                });
    }

    private static JwtAuthenticationConverter staff() {
        var converter = new JwtAuthenticationConverter();
        converter.setJwtGrantedAuthoritiesConverter(AccessAutoConfiguration::authorities);
        return converter;
    }

    private static List<GrantedAuthority> authorities(Jwt token) {
        return token.getClaim("roles") instanceof List<?> roles
                ? roles.stream()
                        .filter(String.class::isInstance)
                        .flatMap(role -> Role.of((String) role).stream())
                        .<GrantedAuthority>map(role -> new SimpleGrantedAuthority(role.authority()))
                        .toList()
                : List.of();
    }
}
