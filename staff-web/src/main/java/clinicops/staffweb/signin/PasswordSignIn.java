package clinicops.staffweb.signin;

import clinicops.chassis.Role;
import clinicops.staffweb.staff.StaffAccount;
import clinicops.staffweb.staff.StaffAccounts;
import java.util.List;
import java.util.Locale;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Compares a password. An unknown username, an account that is switched off and a wrong password take the same time and get
 * the same answer.
 */
@Component
class PasswordSignIn implements AuthenticationProvider {
    /** More than any password that the policy lets through; hashing a megabyte is work for nothing. */
    private static final int MOST_CHARACTERS = 200;

    private final StaffAccounts accounts;
    private final PasswordEncoder passwordEncoder;
    private final String hashOfNobody;

    PasswordSignIn(StaffAccounts accounts, PasswordEncoder passwordEncoder) {
        this.accounts = accounts;
        this.passwordEncoder = passwordEncoder;
        this.hashOfNobody = String.valueOf(passwordEncoder.encode("nobody signs in with this"));
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String username = normal(attempt.getName());
        String password = String.valueOf(attempt.getCredentials());
        StaffAccount account = accounts.findByUsername(username).orElse(null);
        boolean longer = password.length() > MOST_CHARACTERS;
        boolean matches = passwordEncoder.matches(
                longer ? "" : password, account == null ? hashOfNobody : account.passwordHash());
        if (account == null || longer || !matches || !account.active()) {
            throw new BadCredentialsException("refused");
        }
        return authentication(account);
    }

    @Override
    public boolean supports(Class<?> attempt) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(attempt);
    }

    static Authentication authentication(StaffAccount account) {
        List<GrantedAuthority> authorities = account.roles().stream()
                .map(Role::authority)
                .<GrantedAuthority>map(SimpleGrantedAuthority::new)
                .toList();
        return UsernamePasswordAuthenticationToken.authenticated(account.username(), null, authorities);
    }

    /** Usernames are lower case; people's shift keys are not. */
    static String normal(@org.jspecify.annotations.Nullable String typed) {
        String username = typed == null ? "" : typed.strip().toLowerCase(Locale.ROOT);
        return username.length() > MOST_CHARACTERS ? username.substring(0, MOST_CHARACTERS) : username;
    }
}
