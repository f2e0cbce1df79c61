package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.Topics;
import clinicops.outbox.OutboxStatus;
import clinicops.testing.EventProbe;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Whom the clinic calls, and that nobody is forgotten. */
@ServiceTest(database = "around")
class CallsTest {
    @Autowired
    ApplicationContext context;

    private Clinic clinic;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
    }

    private List<JsonNode> callsOf(String patient) {
        return clinic.nurse
                .get("/api/calls?patientId=" + patient)
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .toList();
    }

    private String leftAgainstAdvice(String patient) {
        String session = clinic.sessionToday(patient);
        clinic.act(clinic.nurse, session, "check-in", Map.of()).expect(200);
        clinic.nurse.post("/api/sessions/" + session + "/leave-against-advice").expect(200);
        return session;
    }

    private static Answer outcome(ServiceDoor who, JsonNode call, Map<String, String> told) {
        return who.ifMatch(call.path("version").asLong())
                .post("/api/calls/" + call.path("id").asString() + "/outcome", told);
    }

    private EventProbe onTheTopic() {
        OutboxStatus outbox = context.getBean(OutboxStatus.class);
        return EventProbe.on(Topics.SCHEDULING)
                .settledWhen(() -> outbox.unsent() == 0)
                .forget();
    }

    private static Instant dueAt(JsonNode call) {
        return Instant.parse(call.path("dueAt").asString());
    }

    @Test
    void whoLeftAgainstAdviceIsCalledTheNextDayOnce() {
        String patient = clinic.readyPatient();
        String session = leftAgainstAdvice(patient);
        clinic.nurse.post("/api/sessions/" + session + "/leave-against-advice").expect(200);

        assertThat(callsOf(patient)).singleElement().satisfies(call -> {
            assertThat(call.path("reason").asString()).isEqualTo("left-against-advice");
            var local = dueAt(call).atZone(ZoneId.of("America/New_York"));
            assertThat(local.toLocalDate()).isEqualTo(clinic.today().plusDays(1));
            assertThat(local.toLocalTime()).isEqualTo(LocalTime.NOON);
            assertThat(call.path("overdue").asBoolean()).isFalse();
        });
    }

    @Test
    void aSeriousAdverseEventAndATransferAreFollowedByACallEach() {
        String patient = clinic.readyPatient();
        String session = clinic.sessionToday(patient);
        clinic.act(clinic.nurse, session, "check-in", Map.of()).expect(200);
        clinic.nurse
                .post("/api/sessions/" + session + "/adverse-event", Map.of("effect", "nausea", "severity", "mild"))
                .expect(200);
        assertThat(callsOf(patient)).isEmpty();

        Map<String, String> serious = Map.of(
                "effect",
                "slow-breathing",
                "severity",
                "serious",
                "entryId",
                "0197c0de-1111-7000-8000-" + patient.substring(24));
        clinic.nurse
                .post("/api/sessions/" + session + "/adverse-event", serious)
                .expect(200);
        clinic.nurse
                .post("/api/sessions/" + session + "/adverse-event", serious)
                .expect(200);
        clinic.nurse.post("/api/sessions/" + session + "/transfer").expect(200);

        assertThat(callsOf(patient))
                .extracting(call -> call.path("reason").asString())
                .containsExactlyInAnyOrder("adverse-event", "transferred");
    }

    @Test
    void aCallThatNobodyMakesBecomesOverdueAndIsToldOnce() {
        String patient = clinic.readyPatient();
        leftAgainstAdvice(patient);
        JsonNode call = callsOf(patient).getFirst();

        try (var probe = onTheTopic()) {
            clinic.moveTo(dueAt(call).plus(Duration.ofMinutes(1)));
            probe.await(
                    "the overdue call",
                    event -> event.type().equals("scheduling.call-overdue.v1") && patient.equals(event.key()));
            assertThat(clinic.nurse
                            .get("/api/calls")
                            .expect(200)
                            .body()
                            .path("items")
                            .valueStream()
                            .filter(one -> one.path("patientId").asString().equals(patient))
                            .toList())
                    .singleElement()
                    .satisfies(
                            one -> assertThat(one.path("overdue").asBoolean()).isTrue());

            clinic.nurse
                    .post("/api/calls/" + call.path("id").asString() + "/outcome", Map.of("outcome", "well"))
                    .expect(428);
            // the clock's mark is no new version: whoever has the patient on the line goes on
            long version = outcome(clinic.nurse, call, Map.of("outcome", "no-answer"))
                    .expect(200)
                    .version();
            outcome(clinic.nurse, call, Map.of("outcome", "well")).expect(412);
            JsonNode tried = callsOf(patient).getFirst();
            assertThat(tried.path("version").asLong()).isEqualTo(version);
            outcome(clinic.nurse, tried, Map.of("outcome", "unreachable")).expect(409, "try-again");
            outcome(clinic.nurse, tried, Map.of("outcome", "concern")).expect(422, "concern-needs-note");
            outcome(clinic.nurse, tried, Map.of("outcome", "fine")).expect(400, "enum");
            outcome(clinic.nurse, tried, Map.of("outcome", "concern", "note", "still dizzy"))
                    .expect(200);
            assertThat(probe.ofKey(patient).stream()
                            .filter(event -> event.type().contains("call-overdue")))
                    .hasSize(1);
            assertThat(probe.ofKey(patient).toString()).doesNotContain("dizzy");
        }
        JsonNode second = callsOf(patient).getLast();
        assertThat(second.path("reason").asString()).isEqualTo("concern");
        outcome(clinic.nurse, second, Map.of("outcome", "well")).expect(422, "call-by-prescriber");
        outcome(clinic.frontDesk, second, Map.of("outcome", "well")).expect(403);
        outcome(clinic.prescriber, second, Map.of("outcome", "well")).expect(200);
        outcome(clinic.prescriber, callsOf(patient).getLast(), Map.of("outcome", "well"))
                .expect(409, "call-made");
        clinic.nurse
                .ifMatch(1)
                .post("/api/calls/nobody/outcome", Map.of("outcome", "well"))
                .expect(404);
    }
}
