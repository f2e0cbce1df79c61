package clinicops.intake.referral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.RuleViolation;
import clinicops.intake.instrument.InstrumentEngines;
import clinicops.intake.patient.Indication;
import clinicops.intake.patient.Language;
import clinicops.intake.patient.ReportedCoverage;
import clinicops.intake.patient.Sex;
import clinicops.intake.patient.Urgency;
import clinicops.intake.referral.ReferralRules.RowError;
import clinicops.intake.rulebook.RuleBook;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class FhirReferralsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final BusinessClock CLOCK = new BusinessClock(
            InstantSource.fixed(Instant.parse("2026-03-02T15:00:00Z")), ZoneId.of("America/New_York"));
    private static final FhirReferrals FHIR = new FhirReferrals(new RuleBook(), InstrumentEngines.form(), CLOCK);

    /** Ana: Patient 0, Conditions 1 and 2, Coverages 3 and 4, ServiceRequest 5. Ben: Patient 6, Condition 7. */
    private static ObjectNode example() {
        try {
            return (ObjectNode)
                    JSON.readTree(Files.readString(Path.of("..", "docs", "examples", "referrals.fhir.json")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private record Judged(int line, ReferralRow row, List<RowError> errors) {}

    private static List<Judged> read(JsonNode bundle) {
        return read(bundle.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static List<Judged> read(byte[] bundle) {
        var judged = new ArrayList<Judged>();
        try {
            FHIR.read(new ByteArrayInputStream(bundle), sent -> {
                switch (sent) {
                    case SentReferral.Unreadable u -> judged.add(new Judged(u.line(), null, u.errors()));
                    case SentReferral.Row row -> {
                        var result = ReferralRules.judge(row, CLOCK.today(), "US");
                        judged.add(new Judged(row.line(), result.row(), result.errors()));
                    }
                }
            });
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return judged;
    }

    private static ObjectNode resource(JsonNode bundle, int entry) {
        return (ObjectNode) bundle.path("entry").path(entry).path("resource");
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }

    private static String complaints(Judged judged) {
        return String.join(
                ", ",
                judged.errors().stream().map(e -> e.field() + " " + e.rule()).toList());
    }

    @Test
    void readsAnInsuredPatientWithEverythingThatBelongsToThem() {
        var ana = read(example()).getFirst();

        assertThat(ana.errors()).isEmpty();
        assertThat(ana.line()).isZero();
        var row = ana.row();
        assertThat(row.importKey()).isEqualTo("http://lakeside.example/records|LS-20417");
        assertThat(row.demographics().givenName()).isEqualTo("Ana María");
        assertThat(row.demographics().familyName()).isEqualTo("Núñez");
        assertThat(row.demographics().birthDate()).isEqualTo("1985-06-01");
        assertThat(row.demographics().sex()).isEqualTo(Sex.FEMALE);
        assertThat(row.contact().email()).isEqualTo("ana@example.org");
        assertThat(row.contact().phone()).as("the one that may be used").isEqualTo("+12125550188");
        assertThat(row.contact().emailAllowed()).isTrue();
        assertThat(row.contact().smsAllowed()).isTrue();
        assertThat(row.contact().zone()).isEqualTo("America/Chicago");
        assertThat(row.contact().language()).isEqualTo(Language.ES);
        assertThat(row.indication()).as("not the diabetes").isEqualTo(Indication.DEPRESSION);
        assertThat(row.urgency()).isEqualTo(Urgency.URGENT);
        assertThat(row.referredOn()).isEqualTo(LocalDate.parse("2026-02-26"));
        assertThat(row.coverage()).as("the least order").isEqualTo(new ReportedCoverage(1, "ACME", "Gold"));
        assertThat(row.memberId()).isEqualTo("M-77");
    }

    @Test
    void takesNothingForGrantedWhereTheBundleIsSilent() {
        var ben = read(example()).getLast();

        assertThat(ben.errors()).isEmpty();
        assertThat(ben.line()).isEqualTo(6);
        var row = ben.row();
        assertThat(row.contact().email()).isNull();
        assertThat(row.contact().emailAllowed()).isFalse();
        assertThat(row.contact().smsAllowed()).isFalse();
        assertThat(row.contact().zone()).isEqualTo("America/New_York");
        assertThat(row.contact().language()).isEqualTo(Language.EN);
        assertThat(row.indication()).isEqualTo(Indication.PTSD);
        assertThat(row.urgency()).isEqualTo(Urgency.ROUTINE);
        assertThat(row.referredOn()).isEqualTo(CLOCK.today());
        assertThat(row.coverage()).isNull();
        assertThat(row.memberId()).isNull();
    }

    @Test
    void anAddressIsNoPermissionToWrite() {
        var bundle = example();
        resource(bundle, 0).path("telecom").forEach(point -> ((ObjectNode) point).remove("extension"));

        var contact = read(bundle).getFirst().row().contact();

        assertThat(contact.email()).isEqualTo("ana@example.org");
        assertThat(contact.phone()).as("a mobile before others").isEqualTo("+12125550188");
        assertThat(contact.emailAllowed()).isFalse();
        assertThat(contact.smsAllowed()).isFalse();
    }

    @Test
    void entriesMayStandInAnyOrder() {
        var bundle = example();
        var entries = new ArrayList<>(bundle.path("entry").values());
        java.util.Collections.reverse(entries);
        ((ArrayNode) bundle.path("entry")).removeAll().addAll(entries);

        var judged = read(bundle);

        assertThat(judged).extracting(Judged::line).containsExactly(1, 7);
        assertThat(judged).allSatisfy(each -> assertThat(each.errors()).isEmpty());
        assertThat(judged.getLast().row().memberId()).isEqualTo("M-77");
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch", "transaction"})
    void aRequestIsNeededWhereFhirWantsOne(String type) {
        var bundle = example().put("type", type);
        assertThat(complaints(read(bundle).getLast()))
                .isEqualTo("Bundle.entry[6].request missing, Bundle.entry[7].request missing");

        bundle.path("entry").forEach(e -> ((ObjectNode) e).set("request", json("{'method':'POST','url':'Any'}")));
        assertThat(read(bundle)).allSatisfy(each -> assertThat(each.errors()).isEmpty());

        ((ObjectNode) bundle.path("entry").path(7).path("request")).put("method", "DELETE");
        assertThat(complaints(read(bundle).getLast())).isEqualTo("Bundle.entry[7].request.method method");
        assertThat(read(bundle).getFirst().errors()).isEmpty();
    }

    // --- which of several --------------------------------------------------------------------------------------------

    @Test
    void theReasonOfTheServiceRequestGoesBeforeOtherConditions() {
        var bundle = example();
        resource(bundle, 1)
                .set("code", json("{'coding':[{'system':'http://hl7.org/fhir/sid/icd-10-cm','code':'G90.511'}]}"));
        assertThat(read(bundle).getFirst().row().indication()).isEqualTo(Indication.DEPRESSION);

        resource(bundle, 5).remove("reasonReference");
        assertThat(read(bundle).getFirst().row().indication())
                .as("else the first")
                .isEqualTo(Indication.CHRONIC_PAIN);
    }

    @ParameterizedTest
    @CsvSource({
        "clinicalStatus,condition-clinical,resolved",
        "clinicalStatus,condition-clinical,remission",
        "verificationStatus,condition-ver-status,refuted",
        "verificationStatus,condition-ver-status,entered-in-error",
        "verificationStatus,condition-ver-status,differential"
    })
    void aConditionThatIsOverOrNotTheirsIsNoReasonToTreat(String field, String system, String code) {
        var bundle = example();
        resource(bundle, 7)
                .set(
                        field,
                        json("{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/%s','code':'%s'}]}"
                                .formatted(system, code)));

        assertThat(complaints(read(bundle).getLast())).isEqualTo("Bundle.entry[6].resource condition-needed");
    }

    @Test
    void withoutAnOrderTheFirstCoverageIsTaken() {
        var bundle = example();
        resource(bundle, 3).remove("order");
        assertThat(read(bundle).getFirst().row().memberId())
                .as("one with an order goes first")
                .isEqualTo("M-77");

        resource(bundle, 4).remove("order");
        assertThat(read(bundle).getFirst().row().memberId()).isEqualTo("Z-9");
    }

    @Test
    void aCoverageThatIsNotInForceIsNone() {
        var bundle = example();
        resource(bundle, 3).put("status", "cancelled");
        resource(bundle, 4).set("period", json("{'start':'2024-01-01','end':'2026-02'}"));
        assertThat(read(bundle).getFirst().row().coverage()).isNull();

        resource(bundle, 4).set("period", json("{'start':'2024-01-01','end':'2026'}"));
        assertThat(read(bundle).getFirst().row().memberId())
                .as("the year is not over")
                .isEqualTo("M-77");
    }

    @Test
    void whoPaysThemselvesHasNoCoverage() {
        var bundle = example();
        resource(bundle, 3).set("payor", json("[{'reference':'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0'}]"));
        resource(bundle, 4).put("status", "draft");

        assertThat(read(bundle).getFirst().errors()).isEmpty();
        assertThat(read(bundle).getFirst().row().coverage()).isNull();
    }

    @Test
    void thePayerMayBeContainedOrNamed() {
        var bundle = example();
        resource(bundle, 4).set("payor", json("[{'reference':'#payer'}]"));
        resource(bundle, 4)
                .set(
                        "contained",
                        json(
                                "[{'resourceType':'Organization','id':'payer','identifier':[{'value':'BLUE'}],'name':'Blue'}]"));
        assertThat(read(bundle).getFirst().row().coverage()).isEqualTo(new ReportedCoverage(1, "BLUE", "Gold"));

        ((ObjectNode) resource(bundle, 4).path("contained").path(0)).remove("identifier");
        assertThat(read(bundle).getFirst().row().coverage()).isEqualTo(new ReportedCoverage(1, "Blue", "Gold"));

        resource(bundle, 4).set("payor", json("[{'display':'Aetna'}]"));
        resource(bundle, 4).remove("contained");
        assertThat(read(bundle).getFirst().row().coverage()).isEqualTo(new ReportedCoverage(1, "Aetna", "Gold"));
    }

    @Test
    void theSocialSecurityNumberIsNeverTheKey() {
        var bundle = example();
        resource(bundle, 6)
                .set(
                        "identifier",
                        json("[{'use':'official','system':'http://hl7.org/fhir/sid/us-ssn','value':'999-99-9999'},"
                                + "{'use':'old','system':'http://a.example','value':'1'},"
                                + "{'system':'http://b.example','value':'2'},"
                                + "{'use':'usual','system':'http://c.example','value':'3'}]"));

        assertThat(read(bundle).getLast().row().importKey()).isEqualTo("http://c.example|3");
    }

    @Test
    void theNameInUseIsTheOfficialOne() {
        var bundle = example();
        resource(bundle, 6)
                .set(
                        "name",
                        json("[{'use':'maiden','family':'A','given':['A']},{'use':'nickname','given':['Benny']},"
                                + "{'use':'usual','family':'B','given':['B']},{'use':'official','family':'C','given':['C']},"
                                + "{'use':'official','family':'D','given':['D'],'period':{'end':'2020'}}]"));

        assertThat(read(bundle).getLast().row().demographics().familyName()).isEqualTo("C");
    }

    // --- wrong -------------------------------------------------------------------------------------------------------

    static Stream<Arguments> everyField() {
        var all = new ArrayList<Arguments>();
        var bundle = example();
        for (int entry = 0; entry < bundle.path("entry").size(); entry++) {
            fields(bundle.path("entry").path(entry), "/entry/" + entry, "Bundle.entry[" + entry + "]", all);
        }
        return all.stream();
    }

    private static void fields(JsonNode node, String pointer, String path, List<Arguments> all) {
        if (node.isObject()) {
            node.properties().forEach(field -> {
                String name = field.getKey();
                if (!name.equals("resourceType")) {
                    all.add(Arguments.of(pointer + "/" + name, path + "." + name));
                    fields(field.getValue(), pointer + "/" + name, path + "." + name, all);
                }
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                all.add(Arguments.of(pointer + "/" + i, path + "[" + i + "]"));
                fields(node.get(i), pointer + "/" + i, path + "[" + i + "]", all);
            }
        }
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("everyField")
    void saysOfEveryFieldWhereItIsMalformed(String pointer, String path) {
        boolean ben = Integer.parseInt(pointer.split("/")[2]) >= 6;
        for (String wrong : List.of("null", "{}", "[]", "[[]]", "{'shoeSize':43}", "''", "' '", "1.5", "-1")) {
            var bundle = example();
            replace(bundle, pointer, json(wrong));

            var judged = read(bundle);

            var sound = judged.stream()
                    .filter(j -> j.row() != null)
                    .map(Judged::line)
                    .toList();
            assertThat(sound)
                    .as("%s as %s stops the other patient", path, wrong)
                    .contains(ben ? 0 : 6);
            // what refers to nobody any more is reported alone, and can't stop its patient
            if (judged.stream().allMatch(j -> j.line() == 0 || j.line() == 6)) {
                assertThat(sound)
                        .as("%s as %s loads its own patient", path, wrong)
                        .hasSize(1);
            }
            assertThat(judged.stream().flatMap(j -> j.errors().stream()).map(RowError::field))
                    .as("%s as %s: %s", path, wrong, judged)
                    .anyMatch(field -> field.startsWith(path));
        }
    }

    private static void replace(JsonNode in, String pointer, JsonNode value) {
        int last = pointer.lastIndexOf('/');
        var parent = in.at(pointer.substring(0, last));
        String name = pointer.substring(last + 1);
        if (parent instanceof ArrayNode list) {
            list.set(Integer.parseInt(name), value);
        } else {
            ((ObjectNode) parent).set(name, value);
        }
    }

    @ParameterizedTest(name = "{0} {1} = {2}: {4}")
    @CsvSource(
            quoteCharacter = '~',
            value = {
                // Ben, the Patient of entry 6
                "6,identifier,[{'value':'2'}],.identifier[0].system,missing",
                "6,identifier,[{'system':'http://b.example'}],.identifier[0].value,missing",
                "6,identifier,~[{'use':'old','system':'http://b.example','value':'2'}]~,.identifier.system,missing",
                "6,identifier,~[{'system':'has space','value':'2'}]~,.identifier[0].system,format",
                "6,identifier,~[{'system':'http://b.example','value':'a|b'}]~,.identifier[0].value,format",
                "6,identifier,~[{'use':'mine','system':'http://b.example','value':'2'}]~,.identifier[0].use,unknown-code",
                "6,name,~[{'family':'Okafor'}]~,.name[0].given,missing",
                "6,name,~[{'given':['Ben']}]~,.name[0].family,missing",
                "6,name,~[{'text':'Ben Okafor','use':'old'}]~,.name.given,missing",
                "6,name,~{'family':'Okafor','given':['Ben']}~,.name,type",
                "6,name,~[{'family':'Okafor','given':'Ben'}]~,.name[0].given,type",
                "6,name,~[{'family':'Okafor','given':['Ben'],'first':'Ben'}]~,.name[0].first,unknown-field",
                "6,name,~[{'family':'nul \\u0000','given':['Ben']}]~,.name[0].family,encoding",
                "6,gender,'m',.gender,unknown-code",
                "6,gender,'M',.gender,unknown-code",
                "6,birthDate,'1971',.birthDate,date",
                "6,birthDate,'1971-02-30',.birthDate,date",
                "6,birthDate,'30.11.1971',.birthDate,date",
                "6,birthDate,'2026-03-03',.birthDate,in-the-future",
                "6,birthDate,'1825-01-01',.birthDate,too-long-ago",
                "6,deceasedBoolean,true,.deceased,deceased",
                "6,deceasedDateTime,'2026-01-01',.deceased,deceased",
                "6,active,false,.active,inactive",
                "6,active,'yes',.active,type",
                "6,link,~[{'type':'replaced-by','other':{'reference':'Patient/1'}}]~,.link[0],replaced",
                "6,link,[{'type':'seealso'}],.link[0].other,missing",
                "6,telecom,~[{'system':'phone','value':'12345'}]~,.telecom[0].value,phone",
                "6,telecom,~[{'system':'email','value':'not an address'}]~,.telecom[0].value,format",
                "6,telecom,~[{'system':'pigeon','value':'x'}]~,.telecom[0].system,unknown-code",
                "6,telecom,~[{'system':'email','value':'a@b.example','rank':0}]~,.telecom[0].rank,number",
                "6,telecom,~[{'system':'email','value':'a@b.example','extension':[{'url':'urn:clinicops:fhir:may-contact','valueString':'yes'}]}]~,.telecom[0].extension[0].value,type",
                "6,telecom,~[{'system':'email','extension':[{'url':'urn:clinicops:fhir:may-contact','valueBoolean':true}]}]~,.telecom[0].value,needed-for-email-ok",
                "6,telecom,~[{'system':'sms','extension':[{'url':'urn:clinicops:fhir:may-contact','valueBoolean':true}]}]~,.telecom[0].value,needed-for-sms-ok",
                "6,communication,~[{'language':{'coding':[{'system':'urn:ietf:bcp:47','code':'fr'}]}}]~,.communication[0].language.coding[0].code,unknown-code",
                "6,communication,~[{'language':{'text':'Spanish'}}]~,.communication[0].language,missing",
                "6,communication,[{'preferred':true}],.communication[0].language,missing",
                "6,extension,~[{'url':'http://hl7.org/fhir/StructureDefinition/timezone','valueCode':'Eastern'}]~,.extension[0].value,unknown-zone",
                "6,extension,~[{'url':'http://hl7.org/fhir/StructureDefinition/timezone','valueInteger':5}]~,.extension[0].value,type",
                "6,extension,[{'valueCode':'Eastern'}],.extension[0].url,missing",
                "6,modifierExtension,[{'url':'http://a.example'}],.modifierExtension,modifier",
                "6,implicitRules,'http://a.example',.implicitRules,modifier",
                "6,id,'has space',.id,format",
                "6,shoeSize,43,.shoeSize,unknown-field",
                "6,_birthDate,[],.birthDate,type",
                "6,_name,{'id':'x'},._name,unknown-field",
                "6,contained,~[{'resourceType':'Organization','naem':'x'}]~,.contained[0].naem,unknown-field",
                "6,managingOrganization,{'reference':'#nobody'},.managingOrganization.reference,reference",
                "6,resourceType,'Person',.resourceType,resource-type",
                "6,resourceType,'Pateint',.resourceType,resource-type",
                // his Condition
                "7,code,{'text':'sad'},.code,unknown-code",
                "7,code,~{'coding':[{'system':'http://hl7.org/fhir/sid/icd-10-cm','code':'E11.9'}]}~,.code.coding[0].code,unknown-code",
                "7,code,~{'coding':[{'system':'http://hl7.org/fhir/sid/icd-10-cm','code':'sad'}]}~,.code.coding[0].code,format",
                "7,code,~{'coding':[{'system':'http://hl7.org/fhir/sid/icd-10-cm'}]}~,.code.coding[0].code,missing",
                "7,code,~{'coding':[{'system':'http://snomed.info/sct','code':'47505003'}]}~,.code,unknown-code",
                "7,clinicalStatus,{'text':'active'},.clinicalStatus,unknown-code",
                "7,verificationStatus,{'coding':[{'code':'confirmed'}]},.verificationStatus,unknown-code",
                "7,subject,{'reference':'Patient/1'},.subject.reference,reference",
                "7,subject,{'reference':'#p'},.subject.reference,reference",
                "7,subject,{'display':'Ben'},.subject.reference,missing",
                "7,onsetDateTime,'lately',.onsetDateTime,date",
                "7,onsetAge,~{'value':'forty'}~,.onsetAge.value,type",
                "7,modifierExtension,[{'url':'http://a.example'}],.modifierExtension,modifier",
                // Ana's Coverage
                "4,status,'paid',.status,unknown-code",
                "4,beneficiary,{'reference':'urn:uuid:1'},.beneficiary.reference,reference",
                "4,payor,[],.payor,empty",
                "4,payor,[{'reference':'Organization/1'}],.payor[0],missing",
                "4,payor,[{'reference':'#payer'}],.payor[0].reference,reference",
                "4,payor,[{'identifier':{'value':'has space'}}],.payor[0].identifier.value,format",
                "4,subscriberId,7,.subscriberId,type",
                "4,order,0,.order,number",
                "4,order,99999999999,.order,number",
                "4,period,{'end':'soon'},.period.end,date",
                "4,class,[{'value':'GOLD'}],.class[0].type,missing",
                // her ServiceRequest
                "5,priority,'now',.priority,unknown-code",
                "5,authoredOn,'2026-03-03',.authoredOn,in-the-future",
                "5,authoredOn,'2026-02',.authoredOn,date",
                "5,doNotPerform,true,.doNotPerform,modifier"
            })
    void saysWhichFieldBreaksWhichRule(int entry, String field, String value, String path, String rule) {
        var bundle = example();
        if (field.equals("deceasedDateTime") || field.equals("onsetAge")) {
            resource(bundle, entry).remove("onsetDateTime");
        }
        resource(bundle, entry).set(field, json(value));

        var judged = read(bundle);

        assertThat(judged.stream().flatMap(j -> j.errors().stream()))
                .extracting(RowError::field, RowError::rule)
                .contains(org.assertj.core.groups.Tuple.tuple("Bundle.entry[" + entry + "].resource" + path, rule));
        assertThat(judged.stream().filter(j -> j.row() != null))
                .as("the other patient")
                .isNotEmpty();
    }

    @Test
    void halfACharacterIsNoText() {
        String bundle = example().toString().replace("Okafor", "Okafor \\ud83d");

        assertThat(complaints(read(bundle.getBytes(StandardCharsets.UTF_8)).getLast()))
                .isEqualTo("Bundle.entry[6].resource.name[0].family encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"identifier", "name", "gender", "birthDate"})
    void saysWhatIsMissingOfAPatient(String field) {
        var bundle = example();
        resource(bundle, 6).remove(field);

        assertThat(read(bundle).getLast().errors())
                .isNotEmpty()
                .allSatisfy(e -> assertThat(e.field()).startsWith("Bundle.entry[6].resource." + field))
                .allSatisfy(e -> assertThat(e.rule()).isEqualTo("missing"));
    }

    @Test
    void anInsuredPatientHasAMemberId() {
        var bundle = example();
        resource(bundle, 4).remove("subscriberId");
        assertThat(complaints(read(bundle).getFirst()))
                .isEqualTo("Bundle.entry[4].resource.subscriberId needed-for-payer");

        resource(bundle, 4)
                .set(
                        "identifier",
                        json(
                                "[{'type':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/v2-0203','code':'MB'}]},'value':'M-78'}]"));
        assertThat(read(bundle).getFirst().row().memberId()).isEqualTo("M-78");
    }

    @Test
    void saysEverythingThatIsWrongWithAPatientAtOnceAndRepeatsNothingOfIt() {
        var bundle = example();
        resource(bundle, 0).put("birthDate", "secret-day").put("gender", "secret-sex");
        resource(bundle, 2).put("secretField", "secret-text");
        resource(bundle, 4).put("status", "secret-status");

        var ana = read(bundle).getFirst();

        assertThat(complaints(ana))
                .isEqualTo(
                        "Bundle.entry[0].resource.gender unknown-code, Bundle.entry[0].resource.birthDate date, "
                                + "Bundle.entry[2].resource.secretField unknown-field, Bundle.entry[4].resource.status unknown-code");
        assertThat(ana.errors().toString()).doesNotContain("secret-");
    }

    @Test
    void twoPatientsByOneUrlAreBothRefused() {
        var bundle = example();
        ((ObjectNode) bundle.path("entry").path(6)).put("fullUrl", "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0");

        var judged = read(bundle);

        assertThat(judged).allSatisfy(each -> assertThat(each.row()).isNull());
        assertThat(complaints(judged.getFirst())).contains("Bundle.entry[0].fullUrl duplicate");
        assertThat(judged.toString()).contains("Bundle.entry[6].fullUrl");
    }

    @Test
    void whatIsNotImportedIsSaidAndStopsNobody() {
        var bundle = example();
        ((ArrayNode) bundle.path("entry"))
                .add(json("{'resource':{'resourceType':'Practitioner','name':[{'family':'House'}]}}"))
                .add(json("{'fullUrl':'urn:uuid:3'}"))
                .add(json("7"));

        var judged = read(bundle);

        assertThat(judged)
                .extracting(FhirReferralsTest::complaints)
                .containsExactly(
                        "",
                        "",
                        "Bundle.entry[8].resource.resourceType resource-type",
                        "Bundle.entry[9].resource missing",
                        "Bundle.entry[10] type");
    }

    @Test
    void anAbsurdListOrTextIsRefusedWithItsPlace() {
        var bundle = example();
        var given = JSON.createArrayNode();
        for (int i = 0; i <= FhirForm.LONGEST_LIST; i++) {
            given.add("Ben");
        }
        ((ObjectNode) resource(bundle, 6).path("name").path(0)).set("given", given);
        ((ObjectNode) resource(bundle, 0).path("name").path(0)).put("family", "x".repeat(FhirForm.LONGEST_TEXT + 1));

        var judged = read(bundle);

        assertThat(complaints(judged.getFirst())).isEqualTo("Bundle.entry[0].resource.name[0].family too-long");
        assertThat(complaints(judged.getLast())).isEqualTo("Bundle.entry[6].resource.name[0].given too-many");
    }

    @Test
    void aResourceFullOfFaultsIsAnsweredShortly() {
        var bundle = example();
        for (int i = 0; i < 1000; i++) {
            resource(bundle, 6).put("field" + i, i);
        }

        assertThat(read(bundle).getLast().errors()).hasSize(FhirForm.MOST_ERRORS);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '~',
            nullValues = "none",
            value = {
                "~~,400,body-required,none",
                "~{'resourceType':'Bundle'~,400,malformed-json,none",
                "~<Bundle/>~,400,malformed-json,none",
                "~{} {}~,400,malformed-json,none",
                "~{'a':1,'a':2}~,400,duplicate-field,none",
                "[],400,bundle,Bundle",
                "null,400,bundle,Bundle",
                "7,400,bundle,Bundle",
                "{},400,bundle,Bundle.resourceType",
                "{'resourceType':'Patient'},400,bundle,Bundle.resourceType",
                "{'resourceType':7},400,bundle,Bundle.resourceType",
                "{'resourceType':'Bundle'},400,missing,Bundle.type",
                "~{'resourceType':'Bundle','type':'mixture'}~,400,unknown-code,Bundle.type",
                "~{'resourceType':'Bundle','type':'collection','entries':[]}~,400,unknown-field,Bundle.entries",
                "~{'resourceType':'Bundle','type':'collection','entry':{}}~,400,type,Bundle.entry",
                "~{'resourceType':'Bundle','type':'collection','total':-1}~,400,number,Bundle.total",
                "~{'resourceType':'Bundle','type':'collection','implicitRules':'urn:x'}~,400,modifier,Bundle.implicitRules",
                "~{'resourceType':'Bundle','type':'searchset','entry':[{}]}~,422,bundle-type,Bundle.type",
                "~{'resourceType':'Bundle','type':'document'}~,422,bundle-type,Bundle.type",
                "~{'resourceType':'Bundle','type':'collection'}~,422,bundle-empty,Bundle.entry",
                "~{'resourceType':'Bundle','type':'collection','entry':[]}~,422,bundle-empty,Bundle.entry"
            })
    void refusesWhatIsNoBundleToReadPatientsFrom(String body, int status, String rule, String field) {
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(() -> read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                .satisfies(refused -> {
                    assertThat(refused.rule()).isEqualTo(rule);
                    assertThat(refused.status().value()).isEqualTo(status);
                    assertThat(refused.field()).isEqualTo(field);
                });
    }

    @Test
    void refusesAnotherEncodingAndJsonWithoutBounds() {
        var latin = example().toString().getBytes(StandardCharsets.ISO_8859_1);
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(() -> read(latin))
                .satisfies(refused -> assertThat(refused.rule()).isEqualTo("malformed-json"));
        var deep = "{\"entry\":[" + "[".repeat(5000);
        var many = "{\"entry\":[" + "{},".repeat(600_000);
        for (String bomb : List.of(deep, many)) {
            assertThatExceptionOfType(RuleViolation.class)
                    .isThrownBy(() -> read(bomb.getBytes(StandardCharsets.UTF_8)))
                    .satisfies(refused -> assertThat(refused.rule()).isEqualTo("json-limits"));
        }
    }
}
