package clinicops.staffweb.signin;

import clinicops.staffweb.app.AppRoutes;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.expression.WebExpressionAuthorizationManager;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.context.NullSecurityContextRepository;
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
    private static final List<String> OPEN = List.of("/login", "/oauth2/jwks", "/actuator/health/**");

    /** Answers are data, not pages: nothing in them is run or loaded. The app's page brings a policy of its own. */
    private static final String CONTENT_SECURITY =
            "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    /** The app's files and the patients' page are the same for everybody: no session is looked up and no cookie set. */
    @Bean
    @Order(1)
    SecurityFilterChain files(HttpSecurity http) {
        http.securityMatchers(matching -> Stream.concat(AppRoutes.FILES.stream(), Stream.of(AppRoutes.PATIENT_PAGE))
                        .forEach(file -> matching.requestMatchers(PathPatternRequestMatcher.pathPattern(file))))
                .securityContext(context -> context.securityContextRepository(new NullSecurityContextRepository()))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .csrf(csrf -> csrf.disable())
                .logout(logout -> logout.disable())
                .headers(DoorRules::guard)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
        return http.build();
    }

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
                .headers(DoorRules::guard);
        http.authorizeHttpRequests(requests -> {
            requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
            for (String open : OPEN) {
                requests.requestMatchers(PathPatternRequestMatcher.pathPattern(HttpMethod.GET, open))
                        .permitAll();
            }
            for (String page : AppRoutes.PAGES) {
                for (HttpMethod look : List.of(HttpMethod.GET, HttpMethod.HEAD)) {
                    requests.requestMatchers(PathPatternRequestMatcher.pathPattern(look, page))
                            .permitAll();
                }
            }
            requests.requestMatchers(PathPatternRequestMatcher.pathPattern(HttpMethod.GET, "/actuator/prometheus"))
                    .access(new WebExpressionAuthorizationManager("hasIpAddress('127.0.0.1') or hasIpAddress('::1')"));
            requests.anyRequest().access(gatekeeper);
        });
        return http.build();
    }

    private static void guard(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicyHeaderWriter.ReferrerPolicy.NO_REFERRER))
                .permissionsPolicyHeader(
                        permissions -> permissions.policy("camera=(), geolocation=(), microphone=(), payment=()"))
                .crossOriginOpenerPolicy(opener ->
                        opener.policy(CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy.SAME_ORIGIN))
                .crossOriginResourcePolicy(resource ->
                        resource.policy(CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy.SAME_ORIGIN));
    }

    /** Scripts of this site read the cookie and send it back as a header, which no other site can. */
    private static CookieCsrfTokenRepository csrfCookie(URI publicUrl) {
        var cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
        cookie.setCookieCustomizer(
                builder -> builder.path("/").sameSite("Lax").secure("https".equals(publicUrl.getScheme())));
        return cookie;
    }
}
