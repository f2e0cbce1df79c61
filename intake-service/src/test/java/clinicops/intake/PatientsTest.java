package clinicops.intake;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Role;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@ServiceTest(database = "intake")
class PatientsTest {
    @Autowired
    ApplicationContext context;

    private Clinic clinic;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
    }

    @Test
    void areFoundByTheBeginningOfANameInAnyOrderCaseAndAccent() {
        String id = clinic.refer("given_name", "María-José", "family_name", "Quiñones");

        for (String q :
                List.of("quin", "QUI%C3%91", "maria%20jose", "jose", "quinones%20mar", "mar%C3%ADa-jos%C3%A9")) {
            boolean found = ids(clinic.frontDesk().get("/api/patients?q=" + q)).contains(id);
            assertThat(found).describedAs(q).isEqualTo(!q.equals("jose"));
        }
    }

    @Test
    void areListedByStatusAndById() {
        String waiting = clinic.refer();
        String screened = clinic.refer();
        clinic.screen(screened, Clinic.screening()).expect(200);

        String both = "ids=" + waiting + "," + screened + ",nobody";
        assertThat(ids(clinic.biller().get("/api/patients?" + both))).containsExactly(waiting, screened);
        assertThat(ids(clinic.biller().get("/api/patients?status=screened&" + both)))
                .containsExactly(screened);
        assertThat(ids(clinic.biller().get("/api/patients?status=awaiting-safety-review&" + both)))
                .isEmpty();
    }

    @Test
    void comePageByPageInTheOrderOfTheirRegistration() {
        var referred = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            referred.add(clinic.refer("family_name", "Pagington"));
        }

        var seen = new ArrayList<String>();
        String next = "";
        do {
            var page = clinic.nurse()
                    .get("/api/patients?q=pagington&limit=2&cursor=" + next)
                    .expect(200);
            seen.addAll(ids(page));
            next = page.body().path("nextCursor").asString("");
        } while (!next.isEmpty());

        assertThat(seen).containsExactlyElementsOf(referred);
    }

    @Test
    void showTheirScreeningToThoseWhoTreatAndNotToBillers() {
        String id = clinic.refer();
        clinic.screen(id, Clinic.screeningWith("drugs", List.of("lorazepam"))).expect(200);
        String path = "/api/patients/" + id;

        var forPrescriber = clinic.prescriber().get(path).expect(200);
        var forBiller = clinic.biller().get(path).expect(200);

        assertThat(forPrescriber.version()).isEqualTo(2);
        assertThat(forPrescriber.body().path("screening").path("findings").size())
                .isGreaterThan(40);
        assertThat(forPrescriber.body().path("birthDate").asString()).isEqualTo("1985-06-01");
        assertThat(forBiller.body().path("screening").isNull()).isTrue();
        assertThat(forBiller.text()).doesNotContain("lorazepam");
        assertThat(forBiller.body().path("coverage").path("payerCode").asString())
                .isEqualTo("ACME");
    }

    @Test
    void ofTwoDecisionsOnTheSameVersionOneIsKept() throws Exception {
        String id = clinic.refer();
        clinic.screen(id, Clinic.screening()).expect(200);
        clinic.prepare(id);
        Callable<Integer> clear = () -> clinic.prescriber()
                .ifMatch(2)
                .put("/api/patients/" + id + "/clearances/medical", Clinic.cleared())
                .status();

        try (var prescribers = Executors.newFixedThreadPool(4)) {
            var answers = new ArrayList<Integer>();
            for (var answer : prescribers.invokeAll(List.of(clear, clear, clear, clear))) {
                answers.add(answer.get());
            }
            assertThat(answers).containsExactlyInAnyOrder(200, 412, 412, 412);
        }
        assertThat(clinic.version(id)).isEqualTo(3);
    }

    @Test
    void leaveATraceOfEveryReadAndWrite() {
        String id = clinic.refer();
        clinic.screen(id, Clinic.screening()).expect(200);
        clinic.prescriber().get("/api/patients/" + id).expect(200);
        clinic.frontDesk().get("/api/patients?ids=" + id).expect(200);

        var rows = ServiceDoor.of(context)
                .as("audrey", Role.AUDITOR)
                .get("/api/audit?patientId=" + id)
                .expect(200);

        assertThat(rows.text())
                .contains("import-referral")
                .contains("record-screening")
                .contains("read-patient")
                .contains("list-patients")
                .contains("nora");
    }

    private static List<String> ids(Answer list) {
        return list.expect(200)
                .body()
                .path("items")
                .valueStream()
                .map(item -> item.path("id").asString())
                .toList();
    }
}
