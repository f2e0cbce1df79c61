package clinicops.staffweb.gateway;

import static org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions.rewritePath;
import static org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions.setPath;
import static org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions.uri;
import static org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions.route;
import static org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions.http;
import static org.springframework.web.servlet.function.RequestPredicates.path;

import clinicops.staffweb.token.TokenMint;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.Executors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.cloud.gateway.server.mvc.handler.RestClientProxyExchange;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
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

    @Bean(destroyMethod = "close")
    HttpClient serviceHttpClient(ClinicServices services) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(services.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    @Bean
    ProxyExchange proxyExchange(
            HttpClient serviceHttpClient, ClinicServices services, GatewayMvcProperties properties) {
        var factory = new JdkClientHttpRequestFactory(serviceHttpClient, Executors.newVirtualThreadPerTaskExecutor());
        factory.setReadTimeout(services.readTimeout());
        return new RestClientProxyExchange(
                RestClient.builder().requestFactory(factory).build(), properties);
    }

    @Bean
    RouterFunction<ServerResponse> serviceRoutes(ClinicServices services, TokenMint mint) {
        RouterFunction<ServerResponse> routes =
                toMyself().and(toInsurersDoor(services.billing())).and(toPatientsDoor(services.intake()));
        for (var service : services.byName().entrySet()) {
            routes = routes.and(toService(service.getKey(), service.getValue(), mint));
        }
        return routes;
    }

    /** All below /fhir but the document that says where tokens come from, which is the front door's own. */
    private static RouterFunction<ServerResponse> toInsurersDoor(URI billing) {
        return route("fhir")
                .route(path(InsurerDoor.PATH).and(path("/fhir/.well-known/**").negate()), http())
                .before(uri(billing))
                .filter(new InsurerPassage("billing"))
                .build();
    }

    private static RouterFunction<ServerResponse> toPatientsDoor(URI intake) {
        return route("patient")
                .route(path(PatientPassage.PATH), http())
                .before(uri(intake))
                .before(rewritePath("/patient/api/?(?<rest>.*)", "/patient/${rest}"))
                .filter(new PatientPassage("intake"))
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
