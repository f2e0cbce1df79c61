package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Whatever is sent, the answer names the field and the rule, and never breaks. */
@ServiceTest(database = "scheduling")
class BadInputTest {
    private static final String NOBODY = "01990000-0000-7000-8000-000000000000";

    @Autowired
    ApplicationContext context;

    private Clinic clinic;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
    }

    private ServiceDoor who(String role) {
        return switch (role) {
            case "admin" -> clinic.admin;
            case "desk" -> clinic.frontDesk;
            case "prescriber" -> clinic.prescriber;
            default -> clinic.nurse;
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "admin; POST; /api/chairs; {`name`:`x`,`colour`:`red`}; colour; unknown-field",
                "admin; POST; /api/chairs; {}; name; not-blank",
                "admin; POST; /api/chairs; {`name`:7}; name; type",
                "admin; POST; /api/nurses; {`username`:`NORA X`,`name`:`N`,`maxChairs`:1}; username; pattern",
                "admin; POST; /api/nurses; {`username`:`nina`,`name`:`N`,`maxChairs`:0}; maxChairs; min",
                "admin; POST; /api/nurses; {`username`:`nina`,`name`:`N`}; maxChairs; not-null",
                "admin; PUT; /api/opening-hours; {`hours`:[{`day`:`FUNDAY`,`opens`:`08:00`,`closes`:`09:00`}]}; hours[0].day; enum",
                "admin; PUT; /api/opening-hours; {`hours`:[{`day`:`MONDAY`,`opens`:`8 o'clock`,`closes`:`09:00`}]}; hours[0].opens; date",
                "admin; POST; /api/chairs; {`name`:`x`,`bufferMinutes`:-1}; bufferMinutes; min",
                "admin; POST; /api/chairs; {`name`:`x`,`kind`:`sofa`}; kind; enum",
                "admin; POST; /api/resources/pumps; {`name`:`x`,`bufferMinutes`:241}; bufferMinutes; max",
                "admin; POST; /api/resources/therapists; {`name`:``,`external`:true}; name; not-blank",
                "admin; POST; /api/availability; {`of`:`the moon`,`effect`:`closed`,`firstDay`:`2026-12-24`,`reason`:`holiday`}; of; pattern",
                "admin; POST; /api/availability; {`of`:`clinic`,`effect`:`haunted`,`firstDay`:`2026-12-24`,`reason`:`holiday`}; effect; enum",
                "admin; POST; /api/availability; {`of`:`clinic`,`effect`:`closed`,`firstDay`:`2026-02-30`,`reason`:`holiday`}; firstDay; date",
                "admin; POST; /api/availability; {`of`:`clinic`,`effect`:`closed`,`reason`:`holiday`}; firstDay; not-null",
                "admin; PUT; /api/credentials/nora/bls; {`number`:`?`,`expiresOn`:`2027-01-01`}; number; pattern",
                "desk; POST; /api/courses; {`patientId`:`p`,`sessions`:[]}; sessions; size",
                "desk; POST; /api/courses; {`patientId`:`p`,`sessions`:[null]}; sessions[0]; not-null",
                "desk; POST; /api/holds; {`patientId`:`p`,`sessions`:[null]}; sessions[0]; not-null",
                "desk; POST; /api/courses/suggestions; {`patientId`:`p`,`preferred`:[null]}; preferred[0]; not-null",
                "desk; POST; /api/waitlist; {`patientId`:`p`,`wants`:`course`,`preferred`:[null]}; preferred[0]; not-null",
                "nurse; POST; /api/sessions/{id}/vitals/batch; {`readings`:[null]}; readings[0]; not-null",
                "nurse; POST; /api/sessions/{id}/overrides; {`rules`:[null],`reason`:`r`}; rules[0]; not-null",
                "admin; PUT; /api/opening-hours; {`hours`:[null]}; hours[0]; not-null",
                "desk; POST; /api/courses; {`patientId`:`p`,`sessions`:[{`startsAt`:`tomorrow`,`chairId`:`c`,`nurseId`:`n`}]}; sessions[0].startsAt; date",
                "desk; POST; /api/courses/suggestions; {`patientId`:`p`,`from`:`2026-02-30`}; from; date",
                "desk; POST; /api/sessions/{id}/escort; {`name`:`E`,`phone`:`call me`,`relation`:`sister`}; phone; pattern",
                "desk; POST; /api/sessions/{id}/cancel; {`reason`:`bored`}; reason; enum",
                "desk; POST; /api/sessions/{id}/miss; {`why`:`rain`}; why; unknown-field",
                "nurse; POST; /api/sessions/{id}/gate; {`fastingSolidsHours`:-1,`fastingLiquidsHours`:2,`pregnancyTest`:`negative`,`drugsChanged`:false}; fastingSolidsHours; decimal-min",
                "nurse; POST; /api/sessions/{id}/gate; {`fastingSolidsHours`:8,`fastingLiquidsHours`:2,`pregnancyTest`:`maybe`,`drugsChanged`:false}; pregnancyTest; enum",
                "nurse; POST; /api/sessions/{id}/order; {`doseMgPerKg`:`half`,`weightKg`:70}; doseMgPerKg; type",
                "nurse; POST; /api/sessions/{id}/order; {`doseMgPerKg`:0.5,`weightKg`:7}; weightKg; decimal-min",
                "nurse; POST; /api/sessions/{id}/draw; {`ndc`:`x`,`vialMgPerMl`:10,`volumeMl`:3,`lot`:`L`}; ndc; pattern",
                "nurse; POST; /api/sessions/{id}/stop; {}; reason; not-null",
                "nurse; POST; /api/sessions/{id}/rescue; {`drug`:`whisky`,`amountMg`:4}; drug; enum",
                "nurse; POST; /api/sessions/{id}/adverse-event; {`effect`:`nausea`,`severity`:`terrible`}; severity; enum",
                "nurse; POST; /api/sessions/{id}/vitals; {`takenAt`:`2026-11-23T15:00:00Z`,`systolic`:120.5,`diastolic`:80,`spo2`:98,`heartRate`:70,`respiratoryRate`:14,`moaas`:5}; systolic; type",
                "nurse; POST; /api/sessions/{id}/vitals; {`takenAt`:`2026-11-23T15:00:00Z`,`systolic`:120,`diastolic`:80,`spo2`:101,`heartRate`:70,`respiratoryRate`:14,`moaas`:5}; spo2; max",
                "prescriber; POST; /api/sessions/{id}/review-adverse-event; {`adverseEventId`:`a`,`conclusion`:``}; conclusion; not-blank"
            })
    void aBadBodyIsRefusedWithItsFieldAndRule(
            String role, String method, String path, String body, String field, String rule) {
        Answer answer = who(role).ifMatch(1).send(method, path.replace("{id}", NOBODY), body.replace('`', '"'));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.rule()).as(answer.text()).isEqualTo(rule);
        assertThat(answer.field()).as(answer.text()).isEqualTo(field);
    }

    @Test
    void aSessionThatNobodyBookedIsNotFound() {
        clinic.nurse.get("/api/sessions/" + NOBODY).expect(404, "not-found");
        clinic.nurse.ifMatch(1).post("/api/sessions/" + NOBODY + "/check-in").expect(404, "not-found");
        clinic.frontDesk.get("/api/courses/" + NOBODY).expect(404, "not-found");
        clinic.nurse.get("/api/sessions?day=someday").expect(400);
        clinic.nurse.get("/api/sessions?patientId=p&limit=1000").expect(400, "limit");
    }
}
