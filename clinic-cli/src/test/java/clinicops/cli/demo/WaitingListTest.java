package clinicops.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WaitingListTest {
    private final WaitingList list = WaitingList.load();

    @Test
    void isLongAndVariedEnoughToShowEveryWay() {
        assertThat(list.people()).hasSizeGreaterThanOrEqualTo(25);
        assertThat(list.people().stream().map(WaitingList.Person::expected).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("cleared", "needs-review", "excluded", "high-risk");
        assertThat(list.people()).anyMatch(WaitingList.Person::insured).anyMatch(p -> !p.insured());
        assertThat(list.people()).anyMatch(WaitingList.Person::authorizationDenied);
        assertThat(list.people())
                .anyMatch(p -> p.claimDenied(3))
                .anyMatch(p -> p.held(2))
                .anyMatch(p -> p.stopped(1));
    }

    @Test
    void hasBadRowsThatNobodyHasAScriptFor() {
        long rows = list.csv().lines().count() - 1;
        assertThat(rows).isGreaterThan(list.people().size());
    }

    @Test
    void everyPersonKnowsTheirLine() {
        var lines = list.csv().lines().toList();
        assertThat(list.people())
                .allSatisfy(p -> assertThat(lines.get(p.line() - 1)).contains("," + p.referral() + ","));
    }
}
