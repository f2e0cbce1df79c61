package clinicops.staffweb.staff;

import clinicops.chassis.RuleViolation;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a password must be: long, not the username, not one of those that everybody tries first. No rule on kinds of characters
 * and no expiry, as NIST SP 800-63B section 3.1.1 advises.
 */
final class PasswordPolicy {
    static final int LEAST_CHARACTERS = 12;

    /** bcrypt reads no further than this; what lies beyond would protect nothing. */
    static final int MOST_BYTES = 72;

    private final Set<String> denied;

    /** @param denied lower case */
    PasswordPolicy(Set<String> denied) {
        this.denied = Set.copyOf(denied);
    }

    /** @throws RuleViolation naming the first rule that the password breaks */
    void check(String username, String password) {
        if (password.codePointCount(0, password.length()) < LEAST_CHARACTERS) {
            throw refused("password-too-short", "a password has at least " + LEAST_CHARACTERS + " characters");
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw refused("password-too-long", "a password has at most " + MOST_BYTES + " bytes");
        }
        String plain = password.toLowerCase(Locale.ROOT);
        if (plain.equals(username) || plain.equals(username + username)) {
            throw refused("password-is-username", "the password must not be the username");
        }
        if (denied.contains(plain) || kinds(plain) <= 2) {
            throw refused("password-too-common", "this password is among the first that are tried");
        }
    }

    /**
     * A PIN opens only a screen where its owner is signed in, and few guesses are free: digits are enough, but not those that
     * everybody tries first.
     *
     * @throws RuleViolation {@code pin-too-simple}
     */
    static void checkPin(String pin) {
        Set<Integer> steps = IntStream.range(1, pin.length())
                .mapToObj(i -> pin.charAt(i) - pin.charAt(i - 1))
                .collect(Collectors.toSet());
        if (steps.size() == 1 && Set.of(-1, 0, 1).containsAll(steps)) {
            throw new RuleViolation("pin-too-simple", "not one digit repeated, and no row of digits").withField("pin");
        }
    }

    private static int kinds(String password) {
        return password.codePoints().boxed().collect(Collectors.toSet()).size();
    }

    private static RuleViolation refused(String rule, String message) {
        return new RuleViolation(rule, message).withField("password");
    }
}
