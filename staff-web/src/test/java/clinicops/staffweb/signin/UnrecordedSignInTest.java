package clinicops.staffweb.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinicops.chassis.Audit;
import clinicops.chassis.web.ProblemWriter;
import clinicops.outbox.Transactions;
import clinicops.staffweb.FrontDoor;
import clinicops.staffweb.staff.StaffAccounts;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import tools.jackson.databind.json.JsonMapper;

class UnrecordedSignInTest extends FrontDoor {
    @Test
    void aSignInThatCannotBePutOnRecordLetsNobodyIn() {
        var answers = new DoorAnswers(
                context.getBean(SignInThrottle.class),
                context.getBean(StaffAccounts.class),
                context.getBean(Transactions.class),
                new FullAudit(),
                context.getBean(ProblemWriter.class),
                JsonMapper.shared());
        var admin = UsernamePasswordAuthenticationToken.authenticated("admin", null, java.util.List.of());
        var request = new MockHttpServletRequest("POST", "/login");
        request.setParameter("username", "admin");
        SecurityContextHolder.getContext().setAuthentication(admin);
        assertThat(request.getSession(true)).isNotNull();

        assertThatThrownBy(() -> answers.onAuthenticationSuccess(request, new MockHttpServletResponse(), admin))
                .isInstanceOf(IllegalStateException.class);

        assertThat(request.getSession(false)).isNull();
        assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
    }

    /** Takes no more rows. */
    private static final class FullAudit implements Audit {
        @Override
        public void read(String action, String resource, String patientId) {
            throw new IllegalStateException("full");
        }

        @Override
        public void readList(String action, Collection<String> patientIds) {
            throw new IllegalStateException("full");
        }

        @Override
        public void write(String action, String resource, String patientId, long version, String why) {
            throw new IllegalStateException("full");
        }

        @Override
        public void refused(String action, String resource) {
            throw new IllegalStateException("full");
        }
    }
}
