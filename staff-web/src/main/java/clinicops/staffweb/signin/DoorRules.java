package clinicops.staffweb.signin;

import clinicops.chassis.Access;
import clinicops.chassis.AccessTable;
import clinicops.chassis.Role;
import clinicops.staffweb.gateway.ServiceRoutes;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.util.Arrays;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.expression.WebExpressionAuthorizationManager;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * Who may pass the front door, and how: a session by form login, a token against requests from other sites, a row for every
 * route, and nothing without a row.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SignInSettings.class)
class DoorRules {
    static final String NO_SUCH_ROUTE = DoorRules.class.getName() + ".noSuchRoute";

    /** No script, style, picture or frame from elsewhere, and no frame around. */
    private static final String CONTENT_SECURITY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'");

    @Bean
    SecurityFilterChain door(
            HttpSecurity http,
            AccessTable accessTable,
            StaffSessions sessions,
            PasswordSignIn passwordSignIn,
            DoorAnswers answers,
            @Value("${clinicops.public-url}") URI publicUrl) {
        http.securityContext(context -> context.securityContextRepository(sessions))
                .authenticationProvider(passwordSignIn)
                .requestCache(cache -> cache.disable())
                .csrf(csrf -> csrf.spa().csrfTokenRepository(csrfCookie(publicUrl)))
                // not changeSessionId: the session store would keep the session under its former id too
                .sessionManagement(session -> session.sessionFixation(fixation -> fixation.newSession()))
                .formLogin(
                        form -> form.loginPage("/login").successHandler(answers).failureHandler(answers))
                .addFilterBefore(answers.throttling(), UsernamePasswordAuthenticationFilter.class)
                .logout(logout -> logout.logoutUrl("/logout")
                        .logoutSuccessHandler(answers)
                        .deleteCookies(SessionConfiguration.COOKIE))
                .exceptionHandling(
                        refusal -> refusal.authenticationEntryPoint(answers).accessDeniedHandler(answers))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY))
                        .referrerPolicy(
                                referrer -> referrer.policy(ReferrerPolicyHeaderWriter.ReferrerPolicy.NO_REFERRER))
                        .permissionsPolicyHeader(permissions ->
                                permissions.policy("camera=(), geolocation=(), microphone=(), payment=()"))
                        .crossOriginOpenerPolicy(opener ->
                                opener.policy(CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .crossOriginResourcePolicy(resource -> resource.policy(
                                CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy.SAME_ORIGIN)));
        http.authorizeHttpRequests(requests -> {
            requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
            for (String open : new String[] {"/login", "/sign-in.css", "/oauth2/jwks", "/actuator/health/**"}) {
                requests.requestMatchers(route(HttpMethod.GET, open)).permitAll();
            }
            requests.requestMatchers(route(HttpMethod.GET, "/actuator/prometheus"))
                    .access(new WebExpressionAuthorizationManager("hasIpAddress('127.0.0.1') or hasIpAddress('::1')"));
            requests.requestMatchers(route(HttpMethod.GET, "/")).hasAnyAuthority(authorities(Role.values()));
            for (Access row : accessTable.rows()) {
                requests.requestMatchers(route(row.method(), row.pattern()))
                        .hasAnyAuthority(authorities(row.roles().toArray(new Role[0])));
            }
            requests.requestMatchers(PathPatternRequestMatcher.pathPattern(ServiceRoutes.DIRECT))
                    .hasAnyAuthority(authorities(Role.ADMIN, Role.AUDITOR));
            for (String pattern : ServiceRoutes.patterns()) {
                requests.requestMatchers(PathPatternRequestMatcher.pathPattern(pattern))
                        .hasAnyAuthority(authorities(Role.values()));
            }
            requests.anyRequest().access((_, request) -> {
                request.getRequest().setAttribute(NO_SUCH_ROUTE, true);
                return new AuthorizationDecision(false);
            });
        });
        return http.build();
    }

    /** Scripts of this site read the cookie and send it back as a header, which no other site can. */
    private static CookieCsrfTokenRepository csrfCookie(URI publicUrl) {
        var cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
        cookie.setCookieCustomizer(
                builder -> builder.path("/").sameSite("Lax").secure("https".equals(publicUrl.getScheme())));
        return cookie;
    }

    private static PathPatternRequestMatcher route(HttpMethod method, String pattern) {
        return PathPatternRequestMatcher.pathPattern(method, pattern);
    }

    private static String[] authorities(Role... roles) {
        return Arrays.stream(roles).map(Role::authority).toArray(String[]::new);
    }
}
