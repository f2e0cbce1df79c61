package clinicops.staffweb.staff;

import clinicops.chassis.Audit;
import clinicops.chassis.Caller;
import clinicops.chassis.Commands;
import clinicops.chassis.NotFound;
import clinicops.chassis.Role;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.outbox.Transactions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Limit;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;

/** Opens and changes staff accounts. */
@Service
public class StaffAdministration {
    /** Names that the audit uses where no person acts. */
    private static final Set<String> NOBODYS = Set.of("patient", "staff-web", "system", "unknown");

    private final StaffAccounts accounts;
    private final AdminGuard guard;
    private final PasswordPolicy passwordPolicy;
    private final PasswordEncoder passwordEncoder;
    private final Commands commands;
    private final Transactions transactions;
    private final Audit audit;

    StaffAdministration(
            StaffAccounts accounts,
            AdminGuard guard,
            PasswordPolicy passwordPolicy,
            PasswordEncoder passwordEncoder,
            Commands commands,
            Transactions transactions,
            Audit audit) {
        this.accounts = accounts;
        this.guard = guard;
        this.passwordPolicy = passwordPolicy;
        this.passwordEncoder = passwordEncoder;
        this.commands = commands;
        this.transactions = transactions;
        this.audit = audit;
    }

    StaffView open(@Nullable String idempotencyKey, String username, String name, String password, Set<Role> roles) {
        passwordPolicy.check(username, password);
        String hash = passwordEncoder.encode(password);
        // the password stays out of the remembered request: a fast digest of it must not lie in the database
        var remembered = new Opening(username, name, roles);
        return commands.once(idempotencyKey, remembered, StaffView.class, () -> {
            if (NOBODYS.contains(username) || accounts.findByUsername(username).isPresent()) {
                throw taken();
            }
            StaffAccount opened;
            try {
                opened = accounts.save(StaffAccount.open(username, name, roles, String.valueOf(hash)));
            } catch (DuplicateKeyException e) {
                throw taken();
            }
            audit.write("open-account", resource(username), null, opened.version(), null);
            return StaffView.of(opened);
        });
    }

    StaffView change(
            String username, @Nullable String ifMatch, Set<Role> roles, boolean active, @Nullable String password) {
        if (password != null) {
            passwordPolicy.check(username, password);
        }
        String hash = password == null ? null : passwordEncoder.encode(password);
        return transactions.inTransaction(() -> {
            StaffAccount account = existing(username);
            Versions.require(ifMatch, account.version(), resource(username));
            keepAnAdmin(account, roles, active);
            account.change(roles, active);
            if (hash != null) {
                account.changePassword(hash);
            }
            StaffAccount changed = accounts.save(account);
            audit.write("change-account", resource(username), null, changed.version(), null);
            return StaffView.of(changed);
        });
    }

    /**
     * Gives the caller's own account another password, against the present one. Every session of the account ends.
     *
     * @throws RuleViolation {@code wrong-password} when {@code current} is not the present one, {@code password-same} when both
     *     are the same, or the rule of the policy that {@code password} breaks
     */
    public void changeOwnPassword(String current, String password) {
        String username = Caller.current().name();
        passwordPolicy.check(username, password);
        requirePassword(current, existing(username), "current");
        if (password.equals(current)) {
            throw new RuleViolation("password-same", "the new password is the present one").withField("password");
        }
        String hash = String.valueOf(passwordEncoder.encode(password));
        transactions.run(() -> {
            StaffAccount account = existing(username);
            // another change between the look and this moment: what was typed may no longer be the present password
            requirePassword(current, account, "current");
            account.changePassword(hash);
            StaffAccount changed = accounts.save(account);
            audit.write("change-own-password", resource(username), null, changed.version(), null);
        });
    }

    private void requirePassword(String typed, StaffAccount account, String field) {
        if (!passwordEncoder.matches(typed, account.passwordHash())) {
            throw new RuleViolation("wrong-password", "this is not your present password").withField(field);
        }
    }

    /**
     * Gives the caller's own account a PIN, which opens a screen that locked itself under this account.
     *
     * @param pin 4 to 8 digits
     * @throws RuleViolation {@code wrong-password} when {@code password} is not the present one, {@code pin-too-simple} for one
     *     digit repeated or a row of digits
     */
    public void setOwnPin(String password, String pin) {
        String username = Caller.current().name();
        PasswordPolicy.checkPin(pin);
        requirePassword(password, existing(username), "password");
        String hash = String.valueOf(passwordEncoder.encode(pin));
        transactions.run(() -> {
            StaffAccount account = existing(username);
            // a new password ends the PIN, also one that was set at the same moment
            requirePassword(password, account, "password");
            account.changePin(hash);
            StaffAccount changed = accounts.save(account);
            audit.write("change-own-pin", resource(username), null, changed.version(), null);
        });
    }

    /**
     * Whoever stands at the caller's locked screen is the caller.
     *
     * @throws RuleViolation {@code wrong-pin} (422); {@code pin-missing} (409) when the account has none
     */
    public void unlock(String pin) {
        String username = Caller.current().name();
        StaffAccount account = existing(username);
        String hash = account.pinHash();
        if (hash == null) {
            throw RuleViolation.conflict("pin-missing", "you have no PIN: sign in with your password");
        }
        if (!passwordEncoder.matches(pin, hash)) {
            throw new RuleViolation("wrong-pin", "this is not your PIN").withField("pin");
        }
        transactions.run(() -> audit.write("unlock-screen", resource(username), null, account.version(), null));
    }

    StaffView show(String username) {
        StaffAccount account = existing(username);
        audit.read("read-account", resource(username), null);
        return StaffView.of(account);
    }

    List<StaffView> list(String after, int limit) {
        audit.readList("read-accounts", List.of());
        return accounts.findByUsernameGreaterThanOrderByUsername(after, Limit.of(limit)).stream()
                .map(StaffView::of)
                .toList();
    }

    private StaffAccount existing(String username) {
        return accounts.findByUsername(username).orElseThrow(() -> new NotFound("staff", username));
    }

    /** Nobody stops being an admin by their own hand, nor by another's that is being taken away at the same time. */
    private void keepAnAdmin(StaffAccount account, Set<Role> roles, boolean active) {
        boolean isOne = account.active() && account.roles().contains(Role.ADMIN);
        boolean staysOne = active && roles.contains(Role.ADMIN);
        if (Caller.current().name().equals(account.username()) && !staysOne) {
            throw RuleViolation.conflict("own-account", "another admin must take this role from you");
        }
        if (isOne && !staysOne) {
            guard.touch();
            if (accounts.countActiveOthers(Role.ADMIN.wireName(), account.username()) == 0) {
                throw RuleViolation.conflict("last-admin", "the clinic would have no admin left");
            }
        }
    }

    private static RuleViolation taken() {
        return RuleViolation.conflict("username-taken", "this username was given before")
                .withField("username");
    }

    static String resource(String username) {
        return "staff/" + username;
    }

    private record Opening(String username, String name, Set<Role> roles) {}
}
