package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.SchedulingEvent;
import clinicops.scheduling.session.SessionFollower;
import clinicops.scheduling.session.TreatmentSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Who follows the sessions is part of their transaction. */
@ServiceTest(database = "scheduling")
@Import(FollowerTransactionTest.Followers.class)
class FollowerTransactionTest {
    @Autowired
    ApplicationContext context;

    @Autowired
    Follower follower;

    @TestConfiguration(proxyBeanMethods = false)
    static class Followers {
        @Bean
        Follower follower() {
            return new Follower();
        }
    }

    static class Follower implements SessionFollower {
        private final List<String> heard = new ArrayList<>();
        private volatile boolean broken;

        @Override
        public void followed(TreatmentSession session, List<SchedulingEvent> events) {
            if (broken) {
                throw new IllegalStateException("broken on purpose");
            }
            heard.add(session.state().code() + " " + events.size());
        }
    }

    @Test
    void aFollowerThatFailsTakesTheChangeBack() {
        Clinic clinic = new Clinic(context);
        String session = clinic.sessionToday(clinic.readyPatient());
        assertThat(follower.heard).hasSize(7).startsWith("booked 1");
        long version = clinic.session(session).version();

        try (var probe = clinic.probe()) {
            follower.broken = true;
            clinic.act(clinic.nurse, session, "check-in", Map.of()).expect(500);
            follower.broken = false;
            assertThat(clinic.state(session)).isEqualTo("booked");
            assertThat(clinic.session(session).version()).isEqualTo(version);
            probe.expectSilence();

            clinic.act(clinic.nurse, session, "check-in", Map.of()).expect(200);
            probe.expectExactly("scheduling.patient-checked-in.v1");
        }
        assertThat(follower.heard.getLast()).isEqualTo("checked-in 1");
    }
}
