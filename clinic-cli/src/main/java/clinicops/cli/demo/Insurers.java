package clinicops.cli.demo;

import clinicops.cli.CommandFailed;
import clinicops.cli.FrontDoor;
import clinicops.cli.InsurerDoor;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The programs of the demo's two insurers: each looks for what it was sent and answers it, through the FHIR door alone. */
final class Insurers {
    static final String ADJUDICATION = "http://terminology.hl7.org/CodeSystem/adjudication";
    private static final String GROUPS = "https://x12.org/codes/claim-adjustment-group-codes";
    private static final String REASONS = "https://x12.org/codes/claim-adjustment-reason-codes";
    private static final String PAYMENT = "http://terminology.hl7.org/CodeSystem/ex-paymenttype";
    /** Non-covered: "not deemed a medical necessity by the payer". */
    private static final String NOT_NECESSARY = "50";

    private final Map<String, InsurerDoor> byPayer;

    private Insurers(Map<String, InsurerDoor> byPayer) {
        this.byPayer = byPayer;
    }

    /** Registers both, with keys made for this demo: one proves itself by RS384, the other by ES384. */
    static Insurers registered(FrontDoor admin, List<URI> copies) {
        Map<String, InsurerDoor> byPayer = new LinkedHashMap<>();
        byPayer.put(
                "ACME",
                InsurerDoor.registered(
                        admin, copies, "Claims system of Acme Health", "ACME", "validated", rsa("acme-demo")));
        byPayer.put(
                "NORTH",
                InsurerDoor.registered(
                        admin, copies, "Claims system of Northern Mutual", "NORTH", "strict", ec("north-demo")));
        return new Insurers(byPayer);
    }

    private static JWK rsa(String kid) {
        try {
            return new RSAKeyGenerator(2048).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWK ec(String kid) {
        try {
            return new ECKeyGenerator(Curve.P_384).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An adjustment of a claim: who bears it, why, and how much. */
    record Adjustment(String group, String reason, long cents) {}

    /** Pays what the adjustments leave of the claim. */
    void pay(WaitingList.Person person, String claimId, String number, LocalDate day, List<Adjustment> adjustments) {
        JsonNode claim = open(person, "claim", claimId);
        long paid = charged(claim)
                - adjustments.stream().mapToLong(Adjustment::cents).sum();
        Map<String, Object> response = response(claim, number, day);
        response.put("adjudication", adjudication(paid, adjustments));
        if (paid > 0) {
            response.put(
                    "payment",
                    Map.of("type", concept(PAYMENT, "complete"), "date", day.toString(), "amount", money(paid)));
        }
        of(person).answer(response);
    }

    /** Pays nothing and leaves the patient nothing. */
    void deny(WaitingList.Person person, String claimId, String number, LocalDate day) {
        JsonNode claim = open(person, "claim", claimId);
        Map<String, Object> response = response(claim, number, day);
        response.put("adjudication", adjudication(0, List.of(new Adjustment("CO", NOT_NECESSARY, charged(claim)))));
        of(person).answer(response);
    }

    /** Grants the sessions asked for, from today for 120 days. */
    void grant(WaitingList.Person person, String authorizationId, LocalDate today) {
        JsonNode asked = open(person, "preauthorization", authorizationId);
        Map<String, Object> response = response(asked, "DECISION-" + person.referral(), today);
        response.put("preAuthRef", "AUTH-" + person.referral());
        response.put(
                "preAuthPeriod",
                Map.of("start", today.toString(), "end", today.plusDays(120).toString()));
        Map<String, Object> eligible = new LinkedHashMap<>();
        eligible.put("category", concept(ADJUDICATION, "eligible"));
        eligible.put("value", asked.at("/item/0/quantity/value").decimalValue());
        response.put("item", List.of(Map.of("itemSequence", 1, "adjudication", List.of(eligible))));
        of(person).answer(response);
    }

    /** Refuses the sessions asked for. */
    void refuse(WaitingList.Person person, String authorizationId, LocalDate today) {
        JsonNode asked = open(person, "preauthorization", authorizationId);
        Map<String, Object> response = response(asked, "DECISION-" + person.referral(), today);
        response.put(
                "item",
                List.of(Map.of(
                        "itemSequence",
                        1,
                        "adjudication",
                        List.of(Map.of(
                                "category",
                                concept(ADJUDICATION, "eligible"),
                                "reason",
                                concept(REASONS, NOT_NECESSARY),
                                "value",
                                0)))));
        of(person).answer(response);
    }

    /** What insurers still see unanswered, in words; empty when they answered everything and can read their answers. */
    List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        byPayer.forEach((payer, insurer) -> {
            int open = insurer.all("Claim?answered=false&_count=100").size();
            if (open > 0) {
                wrong.add(payer + " finds " + open + " claims and requests unanswered");
            }
            int asked = insurer.all("Claim?_count=50").size();
            int answers = insurer.all("ClaimResponse?_count=50").size();
            if (asked != answers) {
                wrong.add(payer + " finds " + answers + " answers to " + asked + " claims and requests");
            }
        });
        return wrong;
    }

    /** The payer's open request of that kind, as its own search finds it. */
    private JsonNode open(WaitingList.Person person, String use, String id) {
        InsurerDoor insurer = of(person);
        String patient = insurer.get("Claim/" + id).at("/patient/reference").asString();
        return insurer.all("Claim?use=" + use + "&answered=false&patient=" + patient).stream()
                .filter(claim -> claim.path("id").asString().equals(id))
                .findFirst()
                // when a repetition found it answered by the first try, the answer is the same again
                .orElseGet(() -> insurer.get("Claim/" + id));
    }

    private InsurerDoor of(WaitingList.Person person) {
        InsurerDoor insurer = byPayer.get(person.payerCode());
        if (insurer == null) {
            throw new CommandFailed("no insurer is registered for payer " + person.payerCode());
        }
        return insurer;
    }

    private static long charged(JsonNode claim) {
        return claim.at("/total/value").decimalValue().movePointRight(2).longValueExact();
    }

    private static Map<String, Object> response(JsonNode claim, String number, LocalDate day) {
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("resourceType", "ClaimResponse");
        response.put("identifier", List.of(Map.of("system", "urn:demo:payer-claim-number", "value", number)));
        response.put("status", "active");
        response.put("type", claim.path("type"));
        response.put("use", claim.path("use"));
        response.put("patient", claim.path("patient"));
        response.put("created", day.toString());
        response.put("insurer", claim.path("insurer"));
        response.put("request", Map.of("reference", "Claim/" + claim.path("id").asString()));
        response.put("outcome", "complete");
        return response;
    }

    private static List<Map<String, Object>> adjudication(long paid, List<Adjustment> adjustments) {
        List<Map<String, Object>> adjudication = new ArrayList<>();
        adjudication.add(Map.of("category", concept(ADJUDICATION, "benefit"), "amount", money(paid)));
        for (Adjustment adjustment : adjustments) {
            adjudication.add(Map.of(
                    "category",
                    concept(GROUPS, adjustment.group()),
                    "reason",
                    concept(REASONS, adjustment.reason()),
                    "amount",
                    money(adjustment.cents())));
        }
        return adjudication;
    }

    private static Map<String, Object> concept(String system, String code) {
        return Map.of("coding", List.of(Map.of("system", system, "code", code)));
    }

    private static Map<String, Object> money(long cents) {
        return Map.of("value", BigDecimal.valueOf(cents, 2), "currency", "USD");
    }
}
