package clinicops.billing.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.PerformanceOptionsEnum;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.HardcodedServerAddressStrategy;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The insurers' door: FHIR R4 at {@code /fhir}, by HAPI, behind a security chain of its own. A staff token opens nothing here,
 * and an insurer's token nothing else.
 */
@Configuration(proxyBeanMethods = false)
class FhirDoor {

    /** Where the outside world finds this door; the base of every link and full URL. */
    @Bean
    FhirBase fhirBase(@Value("${clinicops.public-url}") URI publicUrl) {
        return FhirBase.at(publicUrl);
    }

    /** Heavy to make and thread-safe: one for all. Not the process-wide one, which other services may configure otherwise. */
    @Bean
    FhirContext fhirContext() {
        FhirContext fhir = FhirContext.forR4();
        fhir.setPerformanceOptions(PerformanceOptionsEnum.DEFERRED_MODEL_SCANNING);
        return fhir;
    }

    @Bean
    ClaimResources claimResources(FhirBase base, FhirSettings settings) {
        return new ClaimResources(base, settings);
    }

    @Bean
    MemberResources memberResources(FhirBase base, ClaimResources claims) {
        return new MemberResources(base, claims);
    }

    @Bean
    ResponseResources responseResources(FhirBase base, ClaimResources claims) {
        return new ResponseResources(base, claims);
    }

    @Bean
    FhirOutcomes fhirOutcomes(FhirContext fhir, Audit audit) {
        return new FhirOutcomes(fhir, audit);
    }

    @Bean
    ServletRegistrationBean<RestfulServer> fhirServlet(
            FhirContext fhir,
            FhirBase base,
            FhirSettings settings,
            FhirOutcomes outcomes,
            IncomingResources incoming,
            BusinessClock clock,
            List<IResourceProvider> providers,
            ClaimResponseReading answers) {
        RestfulServer server = new RestfulServer(fhir) {
            @Override
            public void addHeadersToResponse(HttpServletResponse response) {
                // it would tell which product and version this is
            }
        };
        server.setServerAddressStrategy(new HardcodedServerAddressStrategy(base.url()));
        server.setDefaultResponseEncoding(EncodingEnum.JSON);
        server.setResourceProviders(providers);
        server.setPlainProviders(answers);
        server.setServerConformanceProvider(new FhirCapabilities(base, settings, clock));
        server.registerInterceptor(new FhirExchange(outcomes, incoming));
        var servlet = new ServletRegistrationBean<>(server, "/fhir/*");
        servlet.setName("fhir");
        servlet.setLoadOnStartup(1);
        return servlet;
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain fhirSecurity(
            HttpSecurity http,
            JWKSource<SecurityContext> issuerKeys,
            @Value("${clinicops.issuer}") String issuer,
            FhirOutcomes outcomes,
            Audit audit) {
        var refusals = new FhirRefusals(outcomes, audit);
        var tokens = new FhirTokens(issuerKeys, issuer, InstantSource.system());
        return http.securityMatcher("/fhir", "/fhir/**")
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, FhirAccess.METADATA)
                        .permitAll()
                        .anyRequest()
                        .access(new FhirAccess()))
                .oauth2ResourceServer(server -> server.authenticationManagerResolver(_ -> tokens)
                        .authenticationEntryPoint(refusals)
                        .accessDeniedHandler(refusals)
                        .withObjectPostProcessor(new ObjectPostProcessor<BearerTokenAuthenticationFilter>() {
                            @Override
                            public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
                                filter.setAuthenticationFailureHandler(refusals::commence);
                                return filter;
                            }
                        }))
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .build();
    }

    /** Just behind the security chain, before the chassis refuses a large body in its own words. */
    @Bean
    FilterRegistrationBean<FhirRequestFilter> fhirRequestFilter(FhirOutcomes outcomes) {
        var filter = new FilterRegistrationBean<>(new FhirRequestFilter(outcomes));
        filter.addUrlPatterns("/fhir/*");
        filter.setOrder(-10);
        return filter;
    }

    /** What the container or the firewall refused comes back as an error dispatch. */
    @Bean
    FilterRegistrationBean<FhirErrorDispatch> fhirErrorDispatch(FhirOutcomes outcomes) {
        var filter = new FilterRegistrationBean<>(new FhirErrorDispatch(outcomes));
        filter.setDispatcherTypes(EnumSet.of(DispatcherType.ERROR));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
        return filter;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> fhirErrorReport() {
        return tomcat -> tomcat.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(FhirErrorReport.class.getName());
            }
        });
    }
}
