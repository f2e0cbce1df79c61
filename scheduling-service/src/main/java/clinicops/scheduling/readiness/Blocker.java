package clinicops.scheduling.readiness;

import clinicops.chassis.Role;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One reason why a patient can't be booked or treated.
 *
 * @param rule kebab-case name of the rule
 * @param detail what is wrong, without patient data
 * @param source where the rule comes from
 * @param whoCanClear roles that can remove it
 * @param blocks {@code booking}, {@code treating}
 * @param heardAt since when the fact behind it is known: when another service told it, or this one wrote it down; null for
 *     what nobody has told yet
 */
public record Blocker(
        String rule,
        String detail,
        String source,
        List<String> whoCanClear,
        List<String> blocks,
        @Nullable Instant heardAt) {
    private static final String CLINIC = "clinic policy (K)";

    public static Blocker of(String rule, String detail, Role... who) {
        return sourced(rule, detail, CLINIC, who);
    }

    public static Blocker sourced(String rule, String detail, String source, Role... who) {
        return new Blocker(rule, detail, source, names(who), List.of(), null);
    }

    public Blocker heardAt(@Nullable Instant when) {
        return new Blocker(rule, detail, source, whoCanClear, blocks, when);
    }

    Blocker blocking(String what) {
        return new Blocker(
                rule,
                detail,
                source,
                whoCanClear,
                Stream.concat(blocks.stream(), Stream.of(what)).distinct().toList(),
                heardAt);
    }

    private static List<String> names(Role... who) {
        return Arrays.stream(who).map(Role::wireName).toList();
    }
}
