package clinicops.staffweb.insurer;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.staffweb.gateway.RefusalLimit;
import jakarta.servlet.FilterChain;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.CannotCreateTransactionException;
import tools.jackson.databind.json.JsonMapper;

class TokenFormTest {
    static Stream<RuntimeException> away() {
        return Stream.of(
                new DataAccessResourceFailureException("no server"),
                new CannotCreateTransactionException("no server"),
                new com.mongodb.MongoTimeoutException("no server"));
    }

    @ParameterizedTest
    @MethodSource("away")
    void whileTheDatabaseIsAwayClientsAreToldToComeBack(RuntimeException away) throws Exception {
        var limit = new RefusalLimit(10, InstantSource.system());
        var form = new TokenForm(limit, new TokenAnswers(null, null, limit, JsonMapper.shared()));
        var request = new MockHttpServletRequest("POST", "/oauth2/token");
        request.setContentType("application/x-www-form-urlencoded;charset=UTF-8");
        var response = new MockHttpServletResponse();
        FilterChain chain = (_, _) -> {
            throw away;
        };
        form.doFilter(request, response, chain);
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("5");
        assertThat(response.getContentAsString())
                .contains("temporarily_unavailable")
                .doesNotContain("no server");
    }
}
