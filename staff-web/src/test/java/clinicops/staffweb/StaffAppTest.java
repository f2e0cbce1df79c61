package clinicops.staffweb;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Role;
import clinicops.staffweb.app.AppRoutes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The app's page and files, as a browser gets them; the files in the test resources stand for a build. */
class StaffAppTest extends FrontDoor {
    private static final Map<String, String> PAGE = Map.of("Accept", "text/html,application/xhtml+xml");

    @Test
    void everyPlaceInTheAppIsItsPageForWhoeverAsks() {
        var nobody = nobody();
        for (String pattern : AppRoutes.PAGES) {
            for (String path : new String[] {pattern.replace("/**", ""), pattern.replace("**", "some/place")}) {
                String asked = path.isEmpty() ? "/" : path;
                var page = nobody.get(asked, PAGE).expect(200);
                assertThat(page.text()).as(asked).contains("The app, as tests see it");
                assertThat(page.header("Content-Type")).hasValue("text/html;charset=UTF-8");
                assertThat(page.header("Cache-Control")).hasValue("no-store");
            }
        }
        as(Role.NURSE).get("/patients/p1", PAGE).expect(200);
        assertThat(nobody.cookie("XSRF-TOKEN")).isPresent();
        assertThat(nobody.cookie("clinicops")).isEmpty();
    }

    @Test
    void thePageLetsItsOwnStylesPassByANumberThatIsNeverTheSame() {
        var first = nobody().get("/today").expect(200);
        var second = nobody().get("/today").expect(200);
        String nonce = nonce(first);
        assertThat(nonce).hasSizeGreaterThanOrEqualTo(22).isNotEqualTo(nonce(second));
        assertThat(first.text()).doesNotContain("__CSP_NONCE__");
        assertThat(first.response().headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("default-src 'none'")
                .contains("script-src 'self';")
                .contains("style-src 'self' 'nonce-" + nonce + "'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(first.header("X-Frame-Options")).hasValue("DENY");
        assertThat(first.header("Referrer-Policy")).hasValue("no-referrer");
    }

    @Test
    void assetsAreKeptForeverAndCarryNoCookie() {
        var nobody = nobody();
        var script = nobody.get("/assets/main-1a2b3c.js").expect(200);
        assertThat(script.header("Content-Type")).hasValue("text/javascript;charset=UTF-8");
        assertThat(script.header("Cache-Control")).hasValue("max-age=31536000, public, immutable");
        assertThat(script.header("Vary").orElseThrow()).contains("Accept-Encoding");
        assertThat(script.header("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(script.header("Set-Cookie")).isEmpty();
        assertThat(script.header("Content-Encoding")).isEmpty();
        String tag = script.header("ETag").orElseThrow();
        var again = nobody.get("/assets/main-1a2b3c.js", Map.of("If-None-Match", tag))
                .expect(304);
        assertThat(again.text()).isEmpty();
        assertThat(nobody.get("/assets/plain-4d5e6f.css").expect(200).header("Content-Type"))
                .hasValue("text/css;charset=UTF-8");
        assertThat(nobody.send("HEAD", "/assets/plain-4d5e6f.css", BodyPublishers.noBody(), Map.of())
                        .expect(200)
                        .header("Content-Length"))
                .hasValue("20");
    }

    @Test
    void theSmallestFormThatTheBrowserUnderstandsIsSent() throws Exception {
        var nobody = nobody();
        var plain = nobody.get("/assets/main-1a2b3c.js").expect(200);
        var brotli = nobody.get("/assets/main-1a2b3c.js", Map.of("Accept-Encoding", "gzip, deflate, br"))
                .expect(200);
        assertThat(brotli.header("Content-Encoding")).hasValue("br");
        assertThat(brotli.header("Content-Type")).hasValue("text/javascript;charset=UTF-8");
        assertThat(brotli.header("ETag")).isNotEqualTo(plain.header("ETag"));
        try (var http = HttpClient.newHttpClient()) {
            var gzip = http.send(
                    HttpRequest.newBuilder(URI.create(url() + "/assets/main-1a2b3c.js"))
                            .header("Accept-Encoding", "gzip, br;q=0")
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            assertThat(gzip.headers().firstValue("Content-Encoding")).hasValue("gzip");
            try (var text = new GZIPInputStream(gzip.body())) {
                assertThat(new String(text.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(plain.text());
            }
        }
        assertThat(nobody.get("/assets/plain-4d5e6f.css", Map.of("Accept-Encoding", "br"))
                        .expect(200)
                        .header("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void nothingButTheAppsOwnFilesIsHandedOut() {
        var nobody = nobody();
        for (String path : new String[] {
            "/assets/none.js",
            "/assets/",
            "/assets",
            "/assets/.hidden",
            "/assets/deeper/main-1a2b3c.js",
            "/index.html",
            "/favicon.ico",
            "/staff-web.yaml",
            "/no-such-page"
        }) {
            nobody.get(path).expect(404, "no-such-route");
            nobody.get(path, PAGE).expect(404, "no-such-route");
        }
        for (String path : new String[] {
            "/assets/../index.html",
            "/assets/%2e%2e/index.html",
            "/assets/..%2findex.html",
            "/assets/%2e%2e%2f%2e%2e%2fdenied-passwords.txt",
            "/assets/..%5cindex.html",
            "/assets/main-1a2b3c.js%00.css"
        }) {
            assertThat(nobody.get(path).status()).as(path).isIn(400, 404);
        }
        nobody.json("POST", "/assets/main-1a2b3c.js", null, Map.of()).expect(404, "no-such-route");
        nobody.json("POST", "/today", null, Map.of()).expect(404, "no-such-route");
    }

    private static String nonce(Browser.Answer page) {
        var matcher = Pattern.compile("<meta name=\"csp-nonce\" content=\"([^\"]+)\">")
                .matcher(page.text());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
