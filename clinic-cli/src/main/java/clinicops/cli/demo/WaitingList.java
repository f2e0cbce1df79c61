package clinicops.cli.demo;

import clinicops.cli.FrontDoor;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import tools.jackson.databind.JsonNode;

/** The referrals of the demo (a CSV as a county would send it) and what each of these people will answer and live through. */
record WaitingList(String csv, List<Person> people) {

    /**
     * One referral and its script.
     *
     * @param line the line of the CSV, the header being line 1
     * @param script screening answers and the turns that this person's journey takes
     */
    record Person(String referral, int line, String name, String payerCode, JsonNode script) {

        boolean insured() {
            return !payerCode.isEmpty();
        }

        /** What the rules should say: cleared, needs-review, excluded, high-risk. */
        String expected() {
            return script.path("expect").asString();
        }

        boolean declinedAtReview() {
            return script.path("decision").asString("").equals("declined");
        }

        boolean authorizationDenied() {
            return script.path("authorization").asString("").equals("denied");
        }

        /** Whether the payer refuses the claim of session {@code number}. */
        boolean claimDenied(int number) {
            return script.path("deniedClaims").valueStream().anyMatch(n -> n.asInt() == number);
        }

        /** Whether blood pressure is too high at the first reading of session {@code number}. */
        boolean held(int number) {
            return script.path("held").asInt(0) == number;
        }

        /** Whether session {@code number} is interrupted by nausea. */
        boolean stopped(int number) {
            return script.path("stopped").asInt(0) == number;
        }
    }

    static WaitingList load() {
        String csv = resource("waiting-list.csv");
        Map<String, JsonNode> scripts = new HashMap<>();
        for (JsonNode script : FrontDoor.JSON.readTree(resource("patients.json"))) {
            scripts.put(script.path("id").asString(), script);
        }
        List<Person> people = new ArrayList<>();
        var format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (var parser = format.parse(new StringReader(csv))) {
            for (CSVRecord row : parser) {
                JsonNode script = scripts.get(row.get("id"));
                if (script != null) {
                    people.add(new Person(
                            row.get("id"),
                            (int) parser.getCurrentLineNumber(),
                            row.get("given_name") + " " + row.get("family_name").charAt(0) + ".",
                            row.get("payer_code"),
                            script));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new WaitingList(csv, List.copyOf(people));
    }

    private static String resource(String name) {
        try (var in = Objects.requireNonNull(WaitingList.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
