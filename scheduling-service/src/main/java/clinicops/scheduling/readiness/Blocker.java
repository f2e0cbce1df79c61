package clinicops.scheduling.readiness;

import clinicops.chassis.Role;
import java.util.Arrays;
import java.util.List;

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

    static Blocker both(String rule, String detail, Role... who) {
        return new Blocker(rule, detail, CLINIC, names(who), List.of("booking", "treating"));
    }

    static Blocker booking(String rule, String detail, Role... who) {
        return new Blocker(rule, detail, CLINIC, names(who), List.of("booking"));
    }

    static Blocker treating(String rule, String detail, Role... who) {
        return treating(rule, detail, CLINIC, who);
    }

    static Blocker treating(String rule, String detail, String source, Role... who) {
        return new Blocker(rule, detail, source, names(who), List.of("treating"));
    }

    boolean stops(String what) {
        return blocks.contains(what);
    }

    private static List<String> names(Role... who) {
        return Arrays.stream(who).map(Role::wireName).toList();
    }
}
