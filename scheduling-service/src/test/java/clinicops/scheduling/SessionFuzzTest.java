package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Absurd numbers in every number of every request to a session: an answer with a rule, soon, and nothing written. */
@ServiceTest(database = "scheduling")
class SessionFuzzTest {
    private static final int TRIES_EACH = 25;

    @Autowired
    ApplicationContext context;

    /** A request, with {@code #} where the number goes. */
    private static final Map<String, List<String>> REQUESTS = Map.of(
            "gate",
            List.of(
                    "{'fastingSolidsHours':#,'fastingLiquidsHours':3,'pregnancyTest':'negative','drugsChanged':false}",
                    "{'fastingSolidsHours':8,'fastingLiquidsHours':#,'pregnancyTest':'negative','drugsChanged':false}"),
            "order",
            List.of(
                    "{'doseMgPerKg':#,'weightKg':70}",
                    "{'doseMgPerKg':0.5,'weightKg':#}",
                    "{'doseMgPerKg':0.5,'highMgPerKg':#,'weightKg':70}"),
            "titrate",
            List.of("{'doseMgPerKg':#}"),
            "draw",
            List.of(
                    "{'ndc':'42023-0113-10','lot':'L','vialMgPerMl':#,'volumeMl':3.5}",
                    "{'ndc':'42023-0113-10','lot':'L','vialMgPerMl':10,'volumeMl':#}",
                    "{'ndc':'42023-0113-10','lot':'L','vialMgPerMl':100,'dilutedToMgPerMl':#,'volumeMl':3.5}"),
            "pump",
            List.of("{'volumeMl':#,'rateMlPerH':5.4}", "{'volumeMl':3.6,'rateMlPerH':#}"),
            "iv-access",
            List.of("{'site':'hand-left','gauge':#,'success':true}"),
            "rescue",
            List.of("{'drug':'ondansetron','amountMg':#}"),
            "discharge",
            List.of(
                    "{'aldrete':{'activity':#,'breathing':2,'circulation':2,'consciousness':2,'spo2':2},'moaas':5,'dissociationOver':true,'walksSteadily':true,'instructionsGiven':true,'cssrsHigh':false,'escortPresent':true}",
                    "{'aldrete':{'activity':2,'breathing':2,'circulation':2,'consciousness':2,'spo2':2},'moaas':#,'dissociationOver':true,'walksSteadily':true,'instructionsGiven':true,'cssrsHigh':false,'escortPresent':true}"),
            "vitals",
            List.of("{'takenAt':'2026-11-23T15:00:00Z','spo2':#}", "{'takenAt':'2026-11-23T15:00:00Z','moaas':#}"));

    private static Arbitrary<String> absurd() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "-1",
                        "-0.0001",
                        "1e400",
                        "-1e400",
                        "1e-400",
                        "1e999999999",
                        "1e-999999999",
                        "9".repeat(400),
                        "0." + "0".repeat(400) + "1",
                        "1.7976931348623157e309",
                        "5e-324",
                        "1e15",
                        "2147483648"),
                Arbitraries.bigDecimals()
                        .between(new BigDecimal("1e4"), new BigDecimal("1e60"))
                        .map(BigDecimal::toString),
                Arbitraries.bigDecimals()
                        .between(new BigDecimal("-1e60"), new BigDecimal("-1e-9"))
                        .ofScale(12)
                        .map(BigDecimal::toString));
    }

    @Test
    void absurdNumbersAreRefusedByARuleAndChangeNothing() {
        Clinic clinic = new Clinic(context);
        String session = clinic.sessionToday(clinic.readyPatient());
        clinic.makeReady(session);
        clinic.act(clinic.prescriber, session, "order", Map.of("doseMgPerKg", 0.5, "weightKg", 72.5))
                .expect(200);
        clinic.act(clinic.nurse, session, "draw", Clinic.drawn(10, 3.62)).expect(200);
        long version = clinic.session(session).version();
        JqwikSession.run(() -> {
            Arbitrary<String> absurd = absurd();
            REQUESTS.forEach((action, bodies) -> bodies.forEach(
                    body -> absurd.sampleStream().limit(TRIES_EACH).forEach(number -> {
                        String sent = body.replace('\'', '"').replace("#", number);
                        long began = System.nanoTime();
                        Answer answer = clinic.nurse
                                .ifMatch(version)
                                .send("POST", "/api/sessions/" + session + "/" + action, sent);
                        assertThat(answer.status())
                                .as("%s %s: %s", action, sent, answer.text())
                                .isIn(400, 409, 422);
                        assertThat(answer.rule()).as(sent).isNotBlank();
                        assertThat(Duration.ofNanos(System.nanoTime() - began))
                                .as("%s %s", action, sent)
                                .isLessThan(Duration.ofSeconds(1));
                    })));
        });
        assertThat(clinic.session(session).version()).isEqualTo(version);
        clinic.nurse.post("/api/sessions/" + session + "/leave-against-advice").expect(200);
    }
}
