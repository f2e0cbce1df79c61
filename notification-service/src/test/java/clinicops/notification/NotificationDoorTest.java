package clinicops.notification;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Role;
import clinicops.chassis.testing.AccessMatrix;
import clinicops.chassis.testing.HouseRules;
import clinicops.chassis.testing.OpenApiDrift;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.contracts.BillingEvent.EstimateIssued;
import clinicops.contracts.Money;
import clinicops.outbox.Ids;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The service's HTTP door. */
class NotificationDoorTest extends NotificationTest {

    @Test
    void opensEveryRouteToTheRolesOfItsRowOnly() {
        AccessMatrix.verify(context);
    }

    @Test
    void servesTheApiThatIsCommitted() {
        OpenApiDrift.verify(context);
    }

    @Test
    void keepsTheRulesOfTheHouse() {
        HouseRules.verify("clinicops.notification");
    }

    @ParameterizedTest(name = "{0} -> {1} {2}")
    @CsvSource({
        "/api/notices?status=lost, status, status",
        "/api/notices?status=DELIVERED, status, status",
        "/api/notices?limit=0, limit, limit",
        "/api/notices?limit=201, limit, limit",
        "/api/notices?limit=many, '', limit",
        "/api/notices?cursor=%25%25, cursor, cursor",
        "/api/notices?patientId=, id, patientId",
        "/api/notices?patientId=01234567890123456789012345678901234567890123456789012345678901234, id, patientId",
        "/api/inbox?limit=-1, limit, limit",
        "/api/inbox?cursor=%00, cursor, cursor",
        "/api/staff-tasks?open=perhaps, '', open",
        "/api/staff-tasks?limit=1000, limit, limit"
    })
    void refusesWhatItCantUnderstand(String path, String rule, String field) {
        ServiceDoor.Answer answer = admin().get(path).expect(400);

        assertThat(answer.field()).isEqualTo(field);
        if (!rule.isEmpty()) {
            assertThat(answer.rule()).isEqualTo(rule);
        }
    }

    @Test
    void knowsNoNoticeOfAnUnknownId() {
        for (String id : new String[] {"00000000-0000-7000-8000-000000000000", "x", "%7B%24ne%3Anull%7D"}) {
            admin().get("/api/notices/" + id).expect(404);
            admin().ifMatch(1).post("/api/notices/" + id + "/resend").expect(404);
        }
        assertThat(notices("nobody")).isEmpty();
    }

    @Test
    void listsNoticesPageByPageAndByState() {
        TestPatient rosa = reachable();
        for (int i = 0; i < 5; i++) {
            sender.send("e" + i, new EstimateIssued(Ids.next(), rosa.id, 6, Money.usd(1), clock.instant()));
        }
        delivered(5);

        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = frontDesk()
                    .get("/api/notices?limit=2&patientId=" + rosa.id + "&cursor=" + cursor)
                    .expect(200)
                    .body();
            items(page).forEach(n -> ids.add(n.path("id").asString()));
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        assertThat(ids).hasSize(5).doesNotHaveDuplicates().isSorted();
        assertThat(items(frontDesk()
                        .get("/api/notices?status=delivered")
                        .expect(200)
                        .body()))
                .hasSize(5);
        assertThat(items(frontDesk()
                        .get("/api/notices?status=pending")
                        .expect(200)
                        .body()))
                .isEmpty();

        JsonNode first = admin().get("/api/inbox?limit=3").expect(200).body();
        JsonNode second = admin().get(
                        "/api/inbox?limit=3&cursor=" + first.path("nextCursor").asString())
                .expect(200)
                .body();
        assertThat(items(first)).hasSize(3);
        assertThat(items(second)).hasSize(2);
        assertThat(second.path("nextCursor").isNull()).isTrue();
    }

    @Test
    void remembersWhoLookedAtAPatientsNotices() {
        TestPatient rosa = reachable();
        sender.send("e1", new EstimateIssued(Ids.next(), rosa.id, 6, Money.usd(1), clock.instant()));
        delivered(1);
        String id = notices(rosa.id).getFirst().path("id").asString();
        frontDesk().get("/api/notices/" + id).expect(200);

        String rows = ServiceDoor.of(context)
                .as("otto", Role.AUDITOR)
                .get("/api/audit?patientId=" + rosa.id)
                .expect(200)
                .text();

        assertThat(rows).contains("list-notices", "read-notice", "\"fred\"");
    }
}
