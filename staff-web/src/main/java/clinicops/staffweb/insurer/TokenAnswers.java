package clinicops.staffweb.insurer;

import clinicops.chassis.Audit;
import clinicops.outbox.Transactions;
import clinicops.staffweb.gateway.RefusalLimit;
import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AccessTokenResponseAuthenticationSuccessHandler;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What the token endpoint says (RFC 6749 section 5). Every token that is issued or refused is audited before the answer. */
@Component
class TokenAnswers implements AuthenticationSuccessHandler, AuthenticationFailureHandler, AuthenticationEntryPoint {
    /** The same for an unknown client, one switched off, an unknown key and a wrong signature: it tells strangers nothing. */
    static final String NOT_PROVEN = "the client is not known, or the assertion is not signed by a key of its";

    private static final String PROVEN = TokenAnswers.class.getName() + ".proven";

    private final AuthenticationSuccessHandler token = new OAuth2AccessTokenResponseAuthenticationSuccessHandler();
    private final Audit audit;
    private final Transactions transactions;
    private final RefusalLimit limit;
    private final JsonMapper json;

    TokenAnswers(Audit audit, Transactions transactions, RefusalLimit limit, JsonMapper json) {
        this.audit = audit;
        this.transactions = transactions;
        this.limit = limit;
        this.json = json;
    }

    /** The client proved who it is; now it is heard. */
    static void clientProven(HttpServletRequest request, HttpServletResponse response, Authentication client) {
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(client);
        SecurityContextHolder.setContext(context);
        request.setAttribute(PROVEN, client.getName());
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication issued)
            throws IOException, ServletException {
        var granted = (OAuth2AccessTokenAuthenticationToken) issued;
        String id = tokenId(granted.getAccessToken().getTokenValue());
        transactions.run(() -> audit.write(
                "issue-token",
                "token/" + id,
                null,
                0,
                Insurer.named(granted.getAccessToken().getScopes())));
        token.onAuthenticationSuccess(request, response, issued);
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        OAuth2Error error = failure instanceof OAuth2AuthenticationException oauth
                ? oauth.getError()
                : new OAuth2Error(OAuth2ErrorCodes.INVALID_CLIENT);
        boolean invalidClient = OAuth2ErrorCodes.INVALID_CLIENT.equals(error.getErrorCode());
        String rule;
        String description;
        boolean proven = request.getAttribute(PROVEN) != null;
        if (failure.getCause() instanceof AssertionRefused refused) {
            rule = refused.rule();
            description = Objects.requireNonNullElse(refused.getMessage(), NOT_PROVEN);
            proven = refused.proven();
        } else if (invalidClient) {
            rule = "client-unknown";
            description = NOT_PROVEN;
        } else {
            rule = error.getErrorCode().replace('_', '-');
            description = described(error);
        }
        limit.count(request.getRemoteAddr());
        record(request, rule, proven);
        write(
                response,
                invalidClient ? HttpStatus.UNAUTHORIZED : HttpStatus.BAD_REQUEST,
                error.getErrorCode(),
                description);
    }

    /** Nobody said who asks; the converter refuses that already, so this is the door behind the door. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        write(response, HttpStatus.UNAUTHORIZED, OAuth2ErrorCodes.INVALID_CLIENT, NOT_PROVEN);
    }

    void write(HttpServletResponse response, HttpStatus status, String error, String description) throws IOException {
        var body = new LinkedHashMap<String, String>();
        body.put("error", error);
        body.put("error_description", description);
        byte[] bytes = json.writeValueAsBytes(body);
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /** In the client's name when it is proven, else in nobody's, naming whom the request claims to be. */
    private void record(HttpServletRequest request, String rule, boolean proven) {
        String claimed = (String) request.getAttribute(TokenRequests.CLAIMED);
        var context = SecurityContextHolder.createEmptyContext();
        if (proven && claimed != null) {
            context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(claimed, null, List.of()));
        }
        SecurityContextHolder.setContext(context);
        try {
            audit.refused("issue-token " + rule, InsurerRegistration.resource(claimed == null ? "unknown" : claimed));
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    private static String described(OAuth2Error error) {
        return switch (error.getErrorCode()) {
            case OAuth2ErrorCodes.UNSUPPORTED_GRANT_TYPE -> "the only grant_type here is client_credentials";
            case OAuth2ErrorCodes.INVALID_SCOPE -> "scopes here are " + String.join(" ", Insurer.SCOPES);
            default -> described(error.getDescription());
        };
    }

    private static String described(@Nullable String description) {
        return description == null ? "the request is not understood" : description;
    }

    private static String tokenId(String token) {
        try {
            return String.valueOf(SignedJWT.parse(token).getJWTClaimsSet().getJWTID());
        } catch (ParseException e) {
            throw new IllegalStateException("The token just made can't be read", e);
        }
    }
}
