package clinicops.staffweb.signin;

import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
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
    /** To sign in, to check a token, to see whether the door stands: for everybody. */
    private static final List<String> OPEN = List.of("/login", "/sign-in.css", "/oauth2/jwks", "/actuator/health/**");

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
            Gatekeeper gatekeeper,
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
            for (String open : OPEN) {
                requests.requestMatchers(PathPatternRequestMatcher.pathPattern(HttpMethod.GET, open))
                        .permitAll();
            }
            requests.requestMatchers(PathPatternRequestMatcher.pathPattern(HttpMethod.GET, "/actuator/prometheus"))
                    .access(new WebExpressionAuthorizationManager("hasIpAddress('127.0.0.1') or hasIpAddress('::1')"));
            requests.anyRequest().access(gatekeeper);
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
}
