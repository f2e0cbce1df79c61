package clinicops.staffweb.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class AppMissingTest {
    @Test
    void aBuildWithoutTheAppSaysSoAndHowToMakeIt() throws Exception {
        var response = new MockHttpServletResponse();
        new StaffApp()
                .page(Optional.empty())
                .writeTo(new MockHttpServletRequest("GET", "/"), response, () -> CONVERTERS);
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getContentAsString(StandardCharsets.UTF_8))
                .contains("The staff app is missing")
                .contains("./mvnw -pl staff-web package")
                .doesNotContain("__CSP_NONCE__");
        assertThat(response.getHeader("Content-Security-Policy")).contains("'nonce-");
    }

    private static final List<HttpMessageConverter<?>> CONVERTERS = List.of(new ByteArrayHttpMessageConverter());
}
