package clinicops.staffweb.signin;

import clinicops.chassis.Caller;
import clinicops.staffweb.staff.StaffAccount;
import clinicops.staffweb.staff.StaffAccounts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Component;

/**
 * Keeps in a session no more than whose it is. Everything else is asked of the account at every request, so that a role that
 * is taken away, an account that is switched off and a new password take effect at once.
 */
@Component
class StaffSessions implements SecurityContextRepository, OpenSessions {
    /** Not the business clock: this must not move with a demo. */
    private static final InstantSource SYSTEM = InstantSource.system();

    private static final String USERNAME = "staff";
    private static final String CREDENTIALS = "credentials";
    private static final String SIGNED_IN_AT = "signedInAt";

    private final StaffAccounts accounts;
    private final SignInSettings settings;
    private final SessionRepository<? extends Session> stored;

    StaffSessions(StaffAccounts accounts, SignInSettings settings, SessionRepository<? extends Session> stored) {
        this.accounts = accounts;
        this.settings = settings;
        this.stored = stored;
    }

    @Override
    @Deprecated
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        HttpSession session = holder.getRequest().getSession(false);
        var context = new SecurityContextImpl();
        if (session != null) {
            account(session).ifPresent(account -> context.setAuthentication(PasswordSignIn.authentication(account)));
        }
        return context;
    }

    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        Authentication authentication = context.getAuthentication();
        if (authentication == null) {
            HttpSession session = request.getSession(false);
            if (session != null) {
                session.removeAttribute(USERNAME);
            }
            return;
        }
        StaffAccount account = accounts.findByUsername(authentication.getName()).orElseThrow();
        HttpSession session = request.getSession(true);
        session.setAttribute(USERNAME, account.username());
        session.setAttribute(CREDENTIALS, String.valueOf(account.credentials()));
        session.setAttribute(SIGNED_IN_AT, SYSTEM.instant().toString());
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(USERNAME) != null;
    }

    @Override
    public Optional<Caller> callerOf(String sessionId) {
        return Optional.ofNullable(stored.findById(sessionId))
                .flatMap(session -> account(session::getAttribute))
                .map(account -> new Caller(account.username(), account.roles()));
    }

    private Optional<StaffAccount> account(HttpSession session) {
        if (session.getAttribute(USERNAME) == null) {
            return Optional.empty();
        }
        Optional<StaffAccount> account = account(session::getAttribute);
        if (account.isEmpty()) {
            session.invalidate();
        }
        return account;
    }

    private Optional<StaffAccount> account(Function<String, @Nullable Object> attributes) {
        if (!(attributes.apply(USERNAME) instanceof String username)
                || !(attributes.apply(CREDENTIALS) instanceof String credentials)
                || !(attributes.apply(SIGNED_IN_AT) instanceof String signedInAt)
                || Instant.parse(signedInAt).plus(settings.absolute()).isBefore(SYSTEM.instant())) {
            return Optional.empty();
        }
        return accounts.findByUsername(username)
                .filter(StaffAccount::active)
                .filter(found -> String.valueOf(found.credentials()).equals(credentials));
    }
}
