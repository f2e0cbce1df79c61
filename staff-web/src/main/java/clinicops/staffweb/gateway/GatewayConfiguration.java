package clinicops.staffweb.gateway;

import static org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions.rewritePath;
import static org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions.setPath;
import static org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions.uri;
import static org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions.route;
import static org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions.http;
import static org.springframework.web.servlet.function.RequestPredicates.path;

import clinicops.staffweb.token.TokenMint;
import java.net.URI;
import java.util.List;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.cloud.gateway.server.mvc.handler.RestClientProxyExchange;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** The way to the services. Bodies stream through in both directions. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClinicServices.class)
class GatewayConfiguration {
    private static final String OWN_NAME = "staff-web";
    /** To one service; more than its container takes at once would only wait there. */
    private static final int MOST_CONNECTIONS = 500;

    private static final TimeValue LOOKED_AT_AFTER = TimeValue.ofMilliseconds(200);
    /** Shorter than a service keeps an idle connection. */
    private static final TimeValue IDLE_AT_MOST = TimeValue.ofSeconds(10);

    /**
     * A client that blocks: on virtual threads that costs nothing, where the JDK's client hands each request from thread to thread.
     * It adds nothing and repeats nothing by itself: whether to ask again is the caller's to say.
     */
    @Bean(destroyMethod = "close")
    CloseableHttpClient serviceHttpClient(ClinicServices services) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .setMaxConnTotal(MOST_CONNECTIONS * services.byName().size())
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(services.connectTimeout()))
                        .setSocketTimeout(Timeout.of(services.readTimeout()))
                        // a service that was restarted meanwhile has forgotten it
                        .setValidateAfterInactivity(LOOKED_AT_AFTER)
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(services.connectTimeout()))
                        .setResponseTimeout(Timeout.of(services.readTimeout()))
                        .build())
                .evictIdleConnections(IDLE_AT_MOST)
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableContentCompression()
                .disableCookieManagement()
                .disableDefaultUserAgent()
                .disableRedirectHandling()
                .build();
    }

    @Bean
    ProxyExchange proxyExchange(CloseableHttpClient serviceHttpClient, GatewayMvcProperties properties) {
        return new RestClientProxyExchange(
                RestClient.builder()
                        .requestFactory(new HttpComponentsClientHttpRequestFactory(serviceHttpClient))
                        .build(),
                properties);
    }

    @Bean
    RouterFunction<ServerResponse> serviceRoutes(
            ClinicServices services, TokenMint mint, CloseableHttpClient serviceHttpClient) {
        RouterFunction<ServerResponse> routes = toMyself()
                .and(toInsurersDoor(new InsurerPassage("billing", services.billing(), serviceHttpClient)))
                .and(toPatientsDoor(services.intake()))
                .and(toFeeds(services.scheduling(), new FeedPassage(mint)));
        for (var service : services.byName().entrySet()) {
            routes = routes.and(toService(service.getKey(), service.getValue(), mint));
        }
        return routes;
    }

    /** All below /fhir but the document that says where tokens come from, which is the front door's own. */
    private static RouterFunction<ServerResponse> toInsurersDoor(InsurerPassage passage) {
        return RouterFunctions.route(
                path(InsurerDoor.PATH).and(path("/fhir/.well-known/**").negate()), passage);
    }

    private static RouterFunction<ServerResponse> toPatientsDoor(URI intake) {
        return route("patient")
                .route(path(PatientPassage.PATH), http())
                .before(uri(intake))
                .before(rewritePath("/patient/api/?(?<rest>.*)", "/patient/${rest}"))
                .filter(new PatientPassage("intake"))
                .build();
    }

    private static RouterFunction<ServerResponse> toFeeds(URI scheduling, FeedPassage passage) {
        return route("feeds")
                .route(RequestPredicates.GET("/feeds/{file}"), http())
                .before(uri(scheduling))
                .before(rewritePath("/feeds/(?<secret>[A-Za-z0-9_-]+)\\.ics", "/feeds/${secret}"))
                .filter(passage)
                .build();
    }

    private static RouterFunction<ServerResponse> toService(String name, URI base, TokenMint mint) {
        var passage = new Passage(name, mint);
        String direct = "/api/services/" + name;
        RequestPredicate own = ServiceRoutes.PREFIXES.getOrDefault(name, List.of()).stream()
                .map(prefix -> path(prefix + "/**"))
                .reduce(RequestPredicate::or)
                .orElseThrow();
        return route(name + "-api-docs")
                .route(RequestPredicates.GET(direct + "/api-docs"), http())
                .before(uri(base))
                .before(setPath("/v3/api-docs"))
                .filter(passage)
                .build()
                .and(route(name + "-direct")
                        .route(path(direct + "/**"), http())
                        .before(uri(base))
                        .before(rewritePath(direct + "/?(?<rest>.*)", "/api/${rest}"))
                        .filter(passage)
                        .build())
                .and(route(name)
                        .route(own, http())
                        .before(uri(base))
                        .filter(passage)
                        .build());
    }

    /** The front door is one of the services too: the same request, forwarded within, past the same access rules. */
    private static RouterFunction<ServerResponse> toMyself() {
        String direct = "/api/services/" + OWN_NAME;
        return RouterFunctions.route()
                .GET(direct + "/api-docs", _ -> new ForwardedWithin("/v3/api-docs"))
                .route(path(direct + "/{*rest}"), request -> new ForwardedWithin("/api" + request.pathVariable("rest")))
                .build();
    }
}
