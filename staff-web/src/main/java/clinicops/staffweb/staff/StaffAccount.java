package clinicops.staffweb.staff;

import clinicops.chassis.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One member of staff at the door. An account is opened by an admin, may change its roles and be switched off and on, and is
 * never deleted: audit rows name it for good, and its username is never given to somebody else.
 *
 * <p>Whoever signed in with a former password is signed out by the next one: sessions remember {@link #credentials()}.
 */
@Document("staff")
public final class StaffAccount {
    @Id
    private final String username;

    private final String name;
    private List<String> roles;
    private String passwordHash;
    private int credentials;
    private boolean active;
    private @Nullable String pinHash;

    @Version
    private @Nullable Long version;

    @PersistenceCreator
    StaffAccount(
            String username,
            String name,
            List<String> roles,
            String passwordHash,
            int credentials,
            boolean active,
            @Nullable String pinHash,
            @Nullable Long version) {
        this.username = username;
        this.name = name;
        this.roles = List.copyOf(roles);
        this.passwordHash = passwordHash;
        this.credentials = credentials;
        this.active = active;
        this.pinHash = pinHash;
        this.version = version;
    }

    /** @param passwordHash made by the house's password encoder, never the password */
    static StaffAccount open(String username, String name, Set<Role> roles, String passwordHash) {
        return new StaffAccount(username, name, wireNames(roles), passwordHash, 1, true, null, null);
    }

    void change(Set<Role> roles, boolean active) {
        this.roles = wireNames(roles);
        this.active = active;
    }

    /** A new password ends the PIN: it was chosen by whoever knew the former one. */
    void changePassword(String newHash) {
        passwordHash = newHash;
        pinHash = null;
        credentials++;
    }

    /** @param newHash made by the house's password encoder, never the PIN */
    void changePin(String newHash) {
        pinHash = newHash;
    }

    public String username() {
        return username;
    }

    public String name() {
        return name;
    }

    public Set<Role> roles() {
        Set<Role> known = EnumSet.noneOf(Role.class);
        roles.forEach(role -> Role.of(role).ifPresent(known::add));
        return known;
    }

    public String passwordHash() {
        return passwordHash;
    }

    /** Of the PIN that opens a locked screen, where this account is signed in already; null when it has none. */
    public @Nullable String pinHash() {
        return pinHash;
    }

    /** Counts the passwords that this account has had. */
    public int credentials() {
        return credentials;
    }

    public boolean active() {
        return active;
    }

    public long version() {
        return version == null ? 0 : version;
    }

    private static List<String> wireNames(Set<Role> roles) {
        return roles.stream().map(Role::wireName).sorted().collect(Collectors.toUnmodifiableList());
    }
}
