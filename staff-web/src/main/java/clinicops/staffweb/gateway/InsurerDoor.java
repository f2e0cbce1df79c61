package clinicops.staffweb.gateway;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The chain before the insurers' passage: no session, no cookie read or set, no token against foreign sites; billing asks for
 * the insurer's token and decides.
 */
@Configuration(proxyBeanMethods = false)
class InsurerDoor {
    static final String PATH = "/fhir/**";
    private static final DataSize LARGEST_BODY = DataSize.ofMegabytes(1);

    /** After the chain of the well-known documents below it, before that of the staff. */
    @Bean
    @Order(0)
    SecurityFilterChain insurerChain(HttpSecurity http, JsonMapper json) {
        return http.securityMatcher(PathPatternRequestMatcher.pathPattern(PATH))
                .securityContext(context -> context.securityContextRepository(new NullSecurityContextRepository()))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(
                        csp -> csp.policyDirectives("default-src 'none'; frame-ancestors 'none'")))
                .addFilterAfter(readable(json), HeaderWriterFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /** Refuses in FHIR's form what would else be refused in another, and keeps the body apart from the query. */
    private static OncePerRequestFilter readable(JsonMapper json) {
        return new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                if (request.getContentLengthLong() > LARGEST_BODY.toBytes()) {
                    String most = "at most " + LARGEST_BODY.toMegabytes() + " MB";
                    Outcome.write(response, json, 413, Outcome.of("too-long", "body-too-large", most));
                    return;
                }
                Map<String, List<String>> query;
                try {
                    query = query(request.getQueryString());
                } catch (IllegalArgumentException e) {
                    Outcome.write(
                            response,
                            json,
                            400,
                            Outcome.of("invalid", "malformed-query", "the query can't be decoded"));
                    return;
                }
                if (query.containsKey("")) {
                    Outcome.write(
                            response,
                            json,
                            400,
                            Outcome.of("invalid", "malformed-query", "every query parameter needs a name"));
                    return;
                }
                chain.doFilter(new QueryOnly(request, query), response);
            }
        };
    }

    private static Map<String, List<String>> query(@Nullable String text) {
        var query = new LinkedHashMap<String, List<String>>();
        if (text == null || text.isEmpty()) {
            return query;
        }
        for (String pair : text.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            query.computeIfAbsent(URLDecoder.decode(name, StandardCharsets.UTF_8), _ -> new ArrayList<>())
                    .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return query;
    }

    /** A search by POST has its parameters in the body: they must stay there, since they name patients and addresses are logged. */
    private static final class QueryOnly extends HttpServletRequestWrapper {
        private final Map<String, String[]> query = new LinkedHashMap<>();

        QueryOnly(HttpServletRequest request, Map<String, List<String>> query) {
            super(request);
            query.forEach((name, values) -> this.query.put(name, values.toArray(String[]::new)));
        }

        @Override
        public @Nullable String getParameter(String name) {
            String[] values = query.get(name);
            return values == null ? null : values[0];
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return Collections.unmodifiableMap(query);
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.enumeration(query.keySet());
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            return query.get(name);
        }
    }
}
