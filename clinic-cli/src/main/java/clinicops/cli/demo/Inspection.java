package clinicops.cli.demo;

import clinicops.cli.FrontDoor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Looks at the clinic from outside once everything is over: is anything there twice, missing, unpaid or refused? What was
 * killed meanwhile must not show.
 */
final class Inspection {
    private static final List<String> SERVICES =
            List.of("intake", "scheduling", "billing", "notification", "staff-web");

    private final Staff staff;
    private final Tally tally;
    private final List<String> wrong = new ArrayList<>();

    private Inspection(Staff staff, Tally tally) {
        this.staff = staff;
        this.tally = tally;
    }

    /** @return what is wrong, in words; empty when all is well */
    static List<String> of(Staff staff, Tally tally, List<Journey> journeys) {
        var inspection = new Inspection(staff, tally);
        inspection.sessionsAndVitals(journeys);
        inspection.claims();
        inspection.money(journeys);
        inspection.notices();
        inspection.deadLetters();
        return List.copyOf(inspection.wrong);
    }

    private void sessionsAndVitals(List<Journey> journeys) {
        int completed = 0;
        int courses = 0;
        for (Journey journey : journeys) {
            List<JsonNode> sessions = staff.frontDesk().all("/api/sessions?patientId=" + journey.patientId() + "&");
            once(
                    "sessions of " + journey.person().referral(),
                    sessions,
                    s -> s.path("courseId").asString() + " number "
                            + s.path("number").asInt());
            Set<String> its =
                    sessions.stream().map(s -> s.path("courseId").asString()).collect(Collectors.toSet());
            courses += its.size();
            if (sessions.size() != 6 * its.size()) {
                wrong.add(journey.person().referral() + " has " + sessions.size() + " sessions in " + its.size()
                        + " courses");
            }
            for (JsonNode session : sessions) {
                if (session.path("state").asString().equals("discharged")) {
                    completed++;
                }
                JsonNode full =
                        staff.nurse().get("/api/sessions/" + session.path("id").asString());
                once(
                        "vital signs of session " + session.path("id").asString(),
                        full.path("vitals").valueStream().toList(),
                        v -> v.path("takenAt").asString());
            }
        }
        equal("courses", tally.courses, courses);
        equal("completed sessions", tally.sessionsCompleted, completed);
    }

    private void claims() {
        List<JsonNode> claims = staff.biller().all("/api/claims?");
        once("claims", claims, c -> "session " + c.path("sessionId").asString());
        equal("claims", tally.claims, claims.size());
    }

    private void money(List<Journey> journeys) {
        for (Journey journey : journeys) {
            String referral = journey.person().referral();
            FrontDoor.Answer balance = staff.biller().tryGet("/api/balances/" + journey.patientId());
            long cents = balance.body().path("balance").path("cents").asLong(0);
            if (cents != 0) {
                wrong.add(referral + " has a balance of " + cents + " cents");
            }
            List<JsonNode> payments = staff.biller().all("/api/payments?patientId=" + journey.patientId() + "&");
            if (payments.size() > 1) {
                wrong.add(referral + " paid " + payments.size() + " times");
            }
        }
    }

    /** One notice per patient, template, channel and what it is about; each that went out by mail is in the inbox, once. */
    private void notices() {
        List<JsonNode> notices = staff.admin().all("/api/notices?");
        once(
                "notices",
                notices,
                n -> n.path("patientId").asString() + " " + n.path("template").asString() + " "
                        + n.path("channel").asString() + " "
                        + n.path("aboutKind").asString() + " "
                        + n.path("aboutId").asString());
        Set<String> mailed = notices.stream()
                .filter(n -> n.path("channel").asString().equals("email")
                        && n.path("status").asString().equals("delivered"))
                .map(n -> n.path("id").asString())
                .collect(Collectors.toSet());
        FrontDoor.Answer first = staff.admin().tryGet("/api/inbox?limit=1");
        if (first.status() == 404) {
            return; // a mail server has the mail
        }
        List<JsonNode> inbox = staff.admin().all("/api/inbox?");
        once("mails", inbox, m -> "notice " + m.path("id").asString());
        Set<String> missing = new HashSet<>(mailed);
        inbox.forEach(m -> missing.remove(m.path("id").asString()));
        if (!missing.isEmpty()) {
            wrong.add(missing.size() + " delivered notices are not in the inbox");
        }
    }

    private void deadLetters() {
        for (String service : SERVICES) {
            int letters = staff.admin()
                    .all("/api/services/" + service + "/dead-letters?")
                    .size();
            if (letters > 0) {
                wrong.add(service + " has " + letters + " dead letters");
            }
        }
    }

    private void once(String what, List<JsonNode> rows, Function<JsonNode, String> key) {
        Map<String, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(key.apply(row), 1, Integer::sum));
        counts.forEach((row, count) -> {
            if (count > 1) {
                wrong.add(what + ": " + row + " is there " + count + " times");
            }
        });
    }

    private void equal(String what, int expected, int found) {
        if (expected != found) {
            wrong.add(found + " " + what + " instead of " + expected);
        }
    }
}
