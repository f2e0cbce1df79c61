package clinicops.staffweb.journey;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.contracts.Event;
import clinicops.outbox.Received;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** No order between topics is promised: every order of the same events must give the same journey. */
class JourneyOrderProperties {
    @Property(tries = 500)
    void anyOrderGivesTheSameJourney(@ForAll("histories") List<Received<? extends Event>> history, @ForAll long seed) {
        var shuffled = new ArrayList<>(history);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(view(shuffled)).isEqualTo(view(history));
    }

    @Provide
    Arbitrary<List<Received<? extends Event>>> histories() {
        Arbitrary<Integer> steps = Arbitraries.integers().between(0, 14);
        return steps.list().ofMinSize(1).ofMaxSize(14).map(JourneyOrderProperties::history);
    }

    /** Any steps, sensible or not: what arrives is not for the read model to judge. */
    private static List<Received<? extends Event>> history(List<Integer> steps) {
        var events = new JourneyEvents("patient-anna");
        int courses = 0;
        for (int step : steps) {
            String course = "c" + courses;
            switch (step) {
                case 0 -> events.referred();
                case 1 -> events.screened("none", "cleared");
                case 2 -> events.screened("high", "needs-review");
                case 3 -> events.screened("low", "excluded");
                case 4 -> events.cleared();
                case 5 -> events.declined();
                case 6 -> events.insured();
                case 7 -> events.booked("c" + ++courses, 2);
                case 8 -> events.moved(course, 1);
                case 9 -> events.planned("p" + courses).planReplaced("p" + courses, "q" + courses);
                case 10 -> events.screenedAgain();
                case 12 -> events.inDanger();
                case 13 -> events.takenUp();
                case 14 -> events.unmerged();
                default -> events.treated(course, 1 + step % 2).treated(course, 2);
            }
        }
        return events.all();
    }

    private static JourneyView view(List<Received<? extends Event>> events) {
        var journey = Journey.begin("1", "patient-anna");
        events.forEach(journey::apply);
        return JourneyView.of(journey, JourneySight.ALL, null);
    }
}
