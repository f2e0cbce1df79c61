package clinicops.staffweb.insurer;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.http.HttpServletRequest;
import java.text.ParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;

/** Reads the form that is sent to the token endpoint. */
final class TokenRequests {
    /** Who a request says it is, as an attribute; not proven by anything yet. */
    static final String CLAIMED = TokenRequests.class.getName() + ".claimed";

    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final ClientAuthenticationMethod BY_ASSERTION = new ClientAuthenticationMethod(ASSERTION_TYPE);
    private static final Pattern CLIENT_ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private TokenRequests() {}

    /** The client is whom the assertion speaks of; SMART sends no {@code client_id}. */
    static Authentication client(HttpServletRequest request) {
        String type = one(request, OAuth2ParameterNames.CLIENT_ASSERTION_TYPE);
        String assertion = one(request, OAuth2ParameterNames.CLIENT_ASSERTION);
        if (assertion == null || !ASSERTION_TYPE.equals(type)) {
            throw invalidClient(
                    "client-assertion-missing",
                    "send client_assertion and client_assertion_type " + ASSERTION_TYPE,
                    null);
        }
        String clientId = subject(assertion);
        String named = one(request, OAuth2ParameterNames.CLIENT_ID);
        request.setAttribute(CLAIMED, clientId);
        if (named != null && !named.equals(clientId)) {
            throw invalidClient("client-id-differs", "client_id and the assertion's sub differ", null);
        }
        return new OAuth2ClientAuthenticationToken(clientId, BY_ASSERTION, assertion, Map.of());
    }

    private static String subject(String assertion) {
        JWTClaimsSet claims;
        try {
            if (!(JWTParser.parse(assertion) instanceof SignedJWT jwt)) {
                throw invalidClient("assertion-algorithm", "sign the assertion by RS384 or ES384", null);
            }
            claims = jwt.getJWTClaimsSet();
        } catch (ParseException e) {
            throw invalidClient("assertion-malformed", "the assertion is no signed JWT", e);
        }
        String subject = claims.getSubject();
        if (subject == null || !CLIENT_ID.matcher(subject).matches()) {
            throw invalidClient("client-unknown", TokenAnswers.NOT_PROVEN, null);
        }
        return subject;
    }

    /** Null for any other grant. Without a scope all that the client has are meant. */
    static @Nullable Authentication clientCredentials(HttpServletRequest request) {
        if (!AuthorizationGrantType.CLIENT_CREDENTIALS.getValue().equals(one(request, OAuth2ParameterNames.GRANT_TYPE))
                || !(SecurityContextHolder.getContext().getAuthentication()
                        instanceof OAuth2ClientAuthenticationToken client)) {
            return null;
        }
        return new OAuth2ClientCredentialsAuthenticationToken(client, scopes(request), Map.of());
    }

    private static Set<String> scopes(HttpServletRequest request) {
        String scope = one(request, OAuth2ParameterNames.SCOPE);
        return new LinkedHashSet<>(
                scope == null ? Insurer.SCOPES : List.of(scope.strip().split(" +")));
    }

    /** RFC 6749 section 3.2: no parameter twice, and an empty one counts as left out. */
    private static @Nullable String one(HttpServletRequest request, String parameter) {
        String[] values = request.getParameterValues(parameter);
        if (values == null) {
            return null;
        }
        if (values.length != 1) {
            throw new OAuth2AuthenticationException(
                    new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST, parameter + " is there more than once", null));
        }
        return values[0].isBlank() ? null : values[0];
    }

    private static OAuth2AuthenticationException invalidClient(String rule, String message, @Nullable Throwable cause) {
        var refused = new AssertionRefused(rule, message, false);
        if (cause != null) {
            refused.initCause(cause);
        }
        return new OAuth2AuthenticationException(
                new OAuth2Error(OAuth2ErrorCodes.INVALID_CLIENT, message, null), message, refused);
    }
}
