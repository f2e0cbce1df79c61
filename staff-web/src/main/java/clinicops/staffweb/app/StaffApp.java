package clinicops.staffweb.app;

import clinicops.chassis.Problem;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Serves the staff app as the build left it on the class path. Its page is made anew for each request, with the number that
 * lets its own style elements pass the content security policy; its assets never change under a name and are kept by browsers.
 */
@Configuration(proxyBeanMethods = false)
class StaffApp {
    private static final Logger log = LoggerFactory.getLogger(StaffApp.class);
    private static final String NONCE_PLACEHOLDER = "__CSP_NONCE__";

    /** No slash, no leading dot: a name of one file of one folder. */
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

    private static final CacheControl FOREVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();
    private static final CacheControl A_DAY =
            CacheControl.maxAge(Duration.ofDays(1)).cachePublic();

    /**
     * Scripts from here alone; styles from here and from what the app itself writes with the number of this page; no frame
     * around, nothing from elsewhere.
     */
    private static final String CONTENT_SECURITY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'nonce-" + NONCE_PLACEHOLDER + "'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'");

    private static final String NOT_BUILT = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>The staff app is missing</title>
            <style nonce="__CSP_NONCE__">
            body { max-width: 38rem; margin: 15vh auto; padding: 0 1.5rem; font: 1.05rem/1.6 system-ui, sans-serif; }
            code { font-size: 0.95em; }
            </style>
            </head>
            <body>
            <main>
            <h1>The staff app is missing</h1>
            <p>The clinic is up, and its API answers. Only the pages are not in this build: it was made with
            <code>-Dfrontend.skip=true</code>.</p>
            <p>Build again without it: <code>./mvnw -pl staff-web package</code></p>
            </main>
            </body>
            </html>
            """;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, AppFile> assets = new ConcurrentHashMap<>();

    @Bean
    RouterFunction<ServerResponse> staffAppRoutes() {
        if (AppFile.read("index.html").isEmpty()) {
            log.warn("The staff app is not in this build; its pages answer 503");
        }
        var routes = RouterFunctions.route();
        AppRoutes.PAGES.forEach(path -> routes.route(looked(path), _ -> page(AppFile.read("index.html"))));
        routes.route(looked(AppRoutes.PATIENT_PAGE), _ -> page(AppFile.read("p.html")));
        AppRoutes.FILES.forEach(path -> routes.route(looked(path), this::file));
        return routes.build();
    }

    private static RequestPredicate looked(String path) {
        return RequestPredicates.methods(HttpMethod.GET, HttpMethod.HEAD).and(RequestPredicates.path(path));
    }

    /** @param index empty when the build has no app */
    ServerResponse page(Optional<AppFile> index) {
        byte[] bits = new byte[18];
        random.nextBytes(bits);
        String nonce = Base64.getEncoder().encodeToString(bits);
        String page = index.map(file -> new String(file.plain(), StandardCharsets.UTF_8))
                .orElse(NOT_BUILT);
        return ServerResponse.status(index.isPresent() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", CONTENT_SECURITY.replace(NONCE_PLACEHOLDER, nonce))
                .body(page.replace(NONCE_PLACEHOLDER, nonce).getBytes(StandardCharsets.UTF_8));
    }

    private ServerResponse file(ServerRequest request) {
        boolean hashed = request.pathVariables().containsKey("file");
        String name = hashed
                ? request.pathVariable("file")
                : request.requestPath().value().substring(1);
        if (!FILE_NAME.matcher(name).matches()) {
            return nothing();
        }
        String path = hashed ? "assets/" + name : name;
        AppFile file = assets.get(path);
        if (file == null) {
            file = AppFile.read(path).orElse(null);
            if (file == null) {
                return nothing();
            }
            assets.put(path, file);
        }
        return answer(file, AcceptedEncodings.of(request.headers().header(HttpHeaders.ACCEPT_ENCODING)), hashed);
    }

    private static ServerResponse answer(AppFile file, AcceptedEncodings accepted, boolean hashed) {
        var answer = ServerResponse.ok()
                .contentType(file.type())
                .cacheControl(hashed ? FOREVER : A_DAY)
                .varyBy(HttpHeaders.ACCEPT_ENCODING);
        byte[] brotli = file.brotli();
        byte[] gzip = file.gzip();
        if (brotli != null && accepted.has("br")) {
            return answer.header(HttpHeaders.CONTENT_ENCODING, "br")
                    .eTag(file.tag() + "-br")
                    .body(brotli);
        }
        if (gzip != null && accepted.has("gzip")) {
            return answer.header(HttpHeaders.CONTENT_ENCODING, "gzip")
                    .eTag(file.tag() + "-gz")
                    .body(gzip);
        }
        return answer.eTag(file.tag()).body(file.plain());
    }

    private static ServerResponse nothing() {
        return ServerResponse.status(HttpStatus.NOT_FOUND)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .cacheControl(CacheControl.noStore())
                .body(Problem.of(HttpStatus.NOT_FOUND.value(), "There is nothing here", "no-such-route", null));
    }
}
