package clinicops.scheduling.readiness;

import clinicops.chassis.Role;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One reason why a patient can't be booked or treated.
 *
 * @param rule kebab-case name of the rule
 * @param detail what is wrong, without patient data
 * @param source where the rule comes from
 * @param whoCanClear roles that can remove it
 * @param blocks {@code booking}, {@code treating}
 */
public record Blocker(String rule, String detail, String source, List<String> whoCanClear, List<String> blocks) {
    private static final String CLINIC = "clinic policy (K)";

    static Blocker of(String rule, String detail, Role... who) {
        return sourced(rule, detail, CLINIC, who);
    }

    static Blocker sourced(String rule, String detail, String source, Role... who) {
        return new Blocker(rule, detail, source, names(who), List.of());
    }

    Blocker blocking(String what) {
        return new Blocker(
                rule,
                detail,
                source,
                whoCanClear,
                Stream.concat(blocks.stream(), Stream.of(what)).distinct().toList());
    }

    private static List<String> names(Role... who) {
        return Arrays.stream(who).map(Role::wireName).toList();
    }
}
