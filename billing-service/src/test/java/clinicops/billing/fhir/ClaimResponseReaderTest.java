package clinicops.billing.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.context.FhirContext;
import clinicops.billing.authorization.PriorAuthorization.Grant;
import clinicops.billing.claim.ClaimAnswer;
import clinicops.billing.claim.ClaimAnswer.Adjustment;
import clinicops.billing.claim.ClaimAnswer.Group;
import clinicops.billing.claim.InsurersAnswer;
import clinicops.billing.money.Usd;
import clinicops.billing.reason.ReasonCodes;
import clinicops.chassis.BusinessClock;
import java.net.URI;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The door's own rules: each field of an insurer's answer, wrong in each way. */
class ClaimResponseReaderTest {
    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final String BENEFIT =
            "{'category':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/adjudication','code':'benefit'}]},'amount':{'value':300.00,'currency':'USD'}}";
    private static final String CONTRACT = adjustment("CO", "45", "110.00");
    private static final String SHARE = adjustment("PR", "2", "40.00");
    private static final String PAID = """
            {'resourceType':'ClaimResponse',
             'identifier':[{'system':'https://payer.example/claims','value':'PCN-1'}],
             'status':'active',
             'type':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/claim-type','code':'professional'}]},
             'use':'claim',
             'patient':{'reference':'Patient/p-1'},
             'created':'2026-03-10',
             'insurer':{'identifier':{'system':'https://clinic.example/fhir/sid/payer','value':'AETNA'}},
             'request':{'reference':'Claim/c-1'},
             'outcome':'complete',
             'adjudication':[%s,%s,%s]}""".formatted(BENEFIT, CONTRACT, SHARE);
    private static final String GRANTED = """
            {'resourceType':'ClaimResponse',
             'status':'active',
             'type':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/claim-type','code':'professional'}]},
             'use':'preauthorization',
             'patient':{'reference':'Patient/p-1'},
             'created':'2026-03-10',
             'insurer':{'identifier':{'system':'https://clinic.example/fhir/sid/payer','value':'AETNA'}},
             'request':{'reference':'Claim/a-1'},
             'outcome':'complete',
             'preAuthRef':'A-100',
             'preAuthPeriod':{'start':'2026-03-01','end':'2026-06-01'},
             'item':[{'itemSequence':1,'adjudication':[{'category':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/adjudication','code':'eligible'}]},'value':6}]}]}""";

    private final ClaimResponseReader reader = new ClaimResponseReader(
            FhirBase.at(URI.create("https://clinic.example")),
            new ReasonCodes(),
            new BusinessClock(InstantSource.system(), ZoneId.of("America/New_York")));

    @Test
    void readsWhatIsPaidTakenOffAndOwed() {
        assertThat(answer(PAID))
                .isEqualTo(new InsurersAnswer(
                        "c-1",
                        "AETNA",
                        "p-1",
                        0,
                        new ClaimAnswer(
                                ClaimAnswer.Outcome.PAID,
                                new Usd(30_000),
                                List.of(
                                        new Adjustment(Group.CO, "45", new Usd(11_000)),
                                        new Adjustment(Group.PR, "2", new Usd(4_000))),
                                "PCN-1",
                                LocalDate.of(2026, 3, 10))));
    }

    @Test
    void sumsTheLines() {
        String lines = PAID.replace(
                "'adjudication':[" + BENEFIT + "," + CONTRACT + "," + SHARE + "]",
                "'item':[{'itemSequence':1,'adjudication':["
                        + BENEFIT.replace("300.00", "100") + "," + CONTRACT + "]},"
                        + "{'itemSequence':2,'adjudication':[" + BENEFIT.replace("300.00", "200.0") + ","
                        + adjustment("CO", "45", "0.01") + "," + SHARE + "]}]");

        InsurersAnswer answer = answer(lines);

        assertThat(answer.lines()).isEqualTo(2);
        assertThat(answer.answer().paid()).isEqualTo(new Usd(30_000));
        assertThat(answer.answer().adjustments())
                .containsExactly(
                        new Adjustment(Group.CO, "45", new Usd(11_001)), new Adjustment(Group.PR, "2", new Usd(4_000)));
    }

    @Test
    void paysNothingAndLeavesThePatientNothingIsADenial() {
        String nothing = BENEFIT.replace("300.00", "0.00");
        assertThat(answer(PAID.replace(BENEFIT, nothing).replace("," + SHARE, ""))
                        .answer()
                        .outcome())
                .isEqualTo(ClaimAnswer.Outcome.DENIED);
        // all of it falls under the deductible: paid, with nothing
        assertThat(answer(PAID.replace(BENEFIT, nothing)).answer().outcome()).isEqualTo(ClaimAnswer.Outcome.PAID);
    }

    @Test
    void takesTheClinicsDayOfATimeOfTheInsurers() {
        assertThat(answer(PAID.replace("2026-03-10", "2026-03-11T01:30:00Z"))
                        .answer()
                        .decidedOn())
                .isEqualTo(LocalDate.of(2026, 3, 10));
    }

    @Test
    void takesReferencesByTheFullAddressOfThisServer() {
        assertThat(answer(PAID.replace("'Claim/c-1'", "'https://clinic.example/fhir/Claim/c-1'"))
                        .claimId())
                .isEqualTo("c-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'status':'active', | | required | ClaimResponse.status",
                "'status':'active' | 'status':'draft' | status-active | ClaimResponse.status",
                "'status':'active' | 'status':'cancelled' | status-active | ClaimResponse.status",
                "'use':'claim', | | required | ClaimResponse.use",
                "'use':'claim' | 'use':'predetermination' | use-known | ClaimResponse.use",
                "CodeSystem/claim-type | CodeSystem/other | type-of-claim | ClaimResponse.type",
                "professional | oral | type-of-claim | ClaimResponse.type",
                "'type':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/claim-type','code':'professional'}]}, | | required | ClaimResponse.type",
                "'outcome':'complete', | | required | ClaimResponse.outcome",
                "'complete' | 'queued' | outcome-complete | ClaimResponse.outcome",
                "'complete' | 'partial' | outcome-complete | ClaimResponse.outcome",
                "'complete' | 'error' | outcome-complete | ClaimResponse.outcome",
                "'outcome':'complete' | 'outcome':'complete','error':[{'code':{'text':'x'}}] | outcome-complete | ClaimResponse.error",
                "'patient':{'reference':'Patient/p-1'}, | | required | ClaimResponse.patient",
                "'reference':'Patient/p-1' | 'display':'Ana' | required | ClaimResponse.patient.reference",
                "Patient/p-1 | Practitioner/p-1 | reference-local | ClaimResponse.patient.reference",
                "Patient/p-1 | Patient/ | reference-local | ClaimResponse.patient.reference",
                "Patient/p-1 | Patient/a/b | reference-local | ClaimResponse.patient.reference",
                "Patient/p-1 | https://elsewhere.example/fhir/Patient/p-1 | reference-local | ClaimResponse.patient.reference",
                "Patient/p-1 | Patient?name=x | reference-local | ClaimResponse.patient.reference",
                "'request':{'reference':'Claim/c-1'}, | | required | ClaimResponse.request",
                "Claim/c-1 | Claim | reference-local | ClaimResponse.request.reference",
                "Claim/c-1 | ClaimResponse/c-1 | reference-local | ClaimResponse.request.reference",
                "Claim/c-1 | urn:uuid:0198 | reference-local | ClaimResponse.request.reference",
                "'created':'2026-03-10', | | required | ClaimResponse.created",
                "2026-03-10 | 2026-03 | date-to-the-day | ClaimResponse.created",
                "2026-03-10 | 2026 | date-to-the-day | ClaimResponse.created",
                "'insurer':{'identifier':{'system':'https://clinic.example/fhir/sid/payer','value':'AETNA'}}, | | required | ClaimResponse.insurer",
                "'identifier':{'system':'https://clinic.example/fhir/sid/payer','value':'AETNA'} | 'display':'Aetna' | required | ClaimResponse.insurer.identifier",
                "AETNA | CIGNA | insurer-is-caller | ClaimResponse.insurer.identifier",
                "sid/payer | sid/claim | insurer-is-caller | ClaimResponse.insurer.identifier",
                "'identifier':[{'system':'https://payer.example/claims','value':'PCN-1'}], | | required | ClaimResponse.identifier",
                "'value':'PCN-1' | 'use':'official' | required | ClaimResponse.identifier[0].value",
                "'value':'PCN-1'} | 'value':'PCN-1'},{'value':'PCN-2'} | one-identifier | ClaimResponse.identifier",
                "PCN-1 | 123456789012345678901234567890123456789012345678901 | text-too-long | ClaimResponse.identifier[0].value",
                "'outcome' | 'implicitRules':'https://x.example/rules','outcome' | no-implicit-rules | ClaimResponse.implicitRules",
                "'outcome' | 'modifierExtension':[{'url':'https://x.example/not','valueBoolean':true}],'outcome' | no-modifier-extensions | ClaimResponse.modifierExtension",
                "'outcome' | 'addItem':[{'productOrService':{'text':'x'}}],'outcome' | no-added-items | ClaimResponse.addItem",
                "'value':300.00 | 'value':300.001 | two-places | ClaimResponse.adjudication[0].amount.value",
                "'value':300.00 | 'value':300.000 | two-places | ClaimResponse.adjudication[0].amount.value",
                "'value':300.00 | 'value':-300.00 | not-negative | ClaimResponse.adjudication[0].amount.value",
                "'value':300.00 | 'value':10000000.01 | amount-limit | ClaimResponse.adjudication[0].amount.value",
                "'value':300.00 | 'value':1E+30 | amount-limit | ClaimResponse.adjudication[0].amount.value",
                "'value':300.00, | | required | ClaimResponse.adjudication[0].amount.value",
                "'value':300.00,'currency':'USD' | 'value':300.00,'currency':'EUR' | currency-usd | ClaimResponse.adjudication[0].amount.currency",
                "'value':300.00,'currency':'USD' | 'value':300.00 | required | ClaimResponse.adjudication[0].amount.currency",
                ",'amount':{'value':300.00,'currency':'USD'} | | required | ClaimResponse.adjudication[0].amount",
                "'value':110.00 | 'value':110.005 | two-places | ClaimResponse.adjudication[1].amount.value",
                "'code':'benefit' | 'code':'deductible' | adjudication-category | ClaimResponse.adjudication[0].category",
                "CodeSystem/adjudication | CodeSystem/other | adjudication-category | ClaimResponse.adjudication[0].category",
                "'code':'CO' | 'code':'XX' | adjustment-group | ClaimResponse.adjudication[1].category.coding.code",
                "'code':'CO' | 'code':'co' | adjustment-group | ClaimResponse.adjudication[1].category.coding.code",
                "'code':'45' | 'code':'9999' | reason-code-known | ClaimResponse.adjudication[1].reason",
                "'system':'https://x12.org/codes/claim-adjustment-reason-codes','code':'45' | 'system':'https://x.example','code':'45' | reason-code-known | ClaimResponse.adjudication[1].reason",
                "'system':'https://x12.org/codes/claim-adjustment-reason-codes','code':'45' | 'code':'45' | reason-code-known | ClaimResponse.adjudication[1].reason",
                "'reason':{'coding':[{'system':'https://x12.org/codes/claim-adjustment-reason-codes','code':'45'}]}, | | required | ClaimResponse.adjudication[1].reason",
                "'outcome' | 'total':[{'category':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/adjudication','code':'benefit'}]},'amount':{'value':299,'currency':'USD'}}],'outcome' | total-agrees | ClaimResponse.total[0].amount",
                "'outcome' | 'total':[{'category':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/adjudication','code':'tax'}]},'amount':{'value':299,'currency':'USD'}}],'outcome' | total-agrees | ClaimResponse.total[0].category",
                "'outcome' | 'payment':{'type':{'text':'x'},'amount':{'value':299.99,'currency':'USD'}},'outcome' | payment-agrees | ClaimResponse.payment.amount",
                "'outcome' | 'payment':{'type':{'text':'x'},'amount':{'value':300,'currency':'CAD'}},'outcome' | currency-usd | ClaimResponse.payment.amount.currency",
                "'outcome' | 'payment':{'type':{'text':'x'},'adjustment':{'value':1,'currency':'USD'},'amount':{'value':300,'currency':'USD'}},'outcome' | payment-agrees | ClaimResponse.payment.adjustment",
            })
    void refusesAFieldThatIsWrong(String sound, String wrong, String rule, String expression) {
        refuses(PAID.replaceFirst(java.util.regex.Pattern.quote(sound), replacement(wrong)), rule, expression);
    }

    @Test
    void refusesAnswersThatContradictThemselves() {
        String twice = PAID.replace(BENEFIT, BENEFIT + "," + BENEFIT);
        refuses(twice, "benefit-once", "ClaimResponse.adjudication[1]");
        refuses(PAID.replace(BENEFIT + ",", ""), "benefit-once", "ClaimResponse.adjudication");
        refuses(
                PAID.replace("'adjudication':[" + BENEFIT + "," + CONTRACT + "," + SHARE + "]", "'disposition':'ok'"),
                "required",
                "ClaimResponse.adjudication");
        String item = ",'item':[{'itemSequence':1,'adjudication':[%s]}]}";
        refuses(
                body(PAID) + item.formatted(BENEFIT + "," + CONTRACT),
                "header-sums-items",
                "ClaimResponse.adjudication");
        refuses(
                body(PAID) + item.formatted(BENEFIT + "," + CONTRACT.replace("'CO'", "'OA'") + "," + SHARE),
                "header-sums-items",
                "ClaimResponse.adjudication");
        assertThat(answer(body(PAID) + item.formatted(BENEFIT + "," + SHARE + "," + CONTRACT))
                        .lines())
                .isEqualTo(1);
        refuses(
                body(PAID) + item.formatted(BENEFIT).replace("'itemSequence':1", "'itemSequence':0"),
                "item-sequence",
                "ClaimResponse.item[0].itemSequence");
        refuses(
                body(PAID) + item.formatted(BENEFIT).replace("'itemSequence':1,", ""),
                "required",
                "ClaimResponse.item[0].itemSequence");
        refuses(
                body(PAID)
                        + ",'item':[{'itemSequence':1,'adjudication':[" + BENEFIT
                        + "]},{'itemSequence':1,'adjudication':["
                        + BENEFIT + "]}]}",
                "item-sequence",
                "ClaimResponse.item[1].itemSequence");
        refuses(
                PAID.replace(SHARE, SHARE + "," + BENEFIT.replace("benefit", "submitted")),
                "remittance-balances",
                "ClaimResponse.adjudication");
        refuses(
                PAID.replace(SHARE, (SHARE + ",").repeat(50) + SHARE),
                "adjustments-at-most",
                "ClaimResponse.adjudication");
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        var refused = refused(PAID.replace("'active'", "'draft'")
                .replace("'complete'", "'queued'")
                .replace("300.00", "300.001"));
        assertThat(refused.issues())
                .extracting(FhirIssue::rule)
                .containsExactly("status-active", "outcome-complete", "two-places");
    }

    @Test
    void readsAGrantAndADenial() {
        var granted = ((SentResponse.Decision) read(GRANTED)).decision();
        assertThat(granted.grant())
                .isEqualTo(new Grant("A-100", 6, LocalDate.of(2026, 3, 1), LocalDate.of(2026, 6, 1)));
        assertThat(granted.authorizationId()).isEqualTo("a-1");
        assertThat(granted.patientId()).isEqualTo("p-1");
        assertThat(granted.payerCode()).isEqualTo("AETNA");

        var denied = ((SentResponse.Decision) read(denied("'adjudication':[" + adjustment("CO", "50", "0") + "]")))
                .decision();
        assertThat(denied.grant()).isNull();
        assertThat(denied.denialReason()).isEqualTo("50");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'preAuthRef':'A-100' | 'preAuthRef':'123456789012345678901234567890123456789012345678901' | text-too-long | ClaimResponse.preAuthRef",
                "'preAuthRef':'A-100', | | decision-complete | ClaimResponse.preAuthPeriod",
                "'preAuthPeriod':{'start':'2026-03-01','end':'2026-06-01'}, | | required | ClaimResponse.preAuthPeriod.start",
                "'start':'2026-03-01', | | required | ClaimResponse.preAuthPeriod.start",
                ",'end':'2026-06-01' | | required | ClaimResponse.preAuthPeriod.end",
                "2026-06-01 | 2026-06 | date-to-the-day | ClaimResponse.preAuthPeriod.end",
                "2026-06-01 | 2026-02-28 | valid-to-after-valid-from | ClaimResponse.preAuthPeriod.end",
                "'value':6 | 'value':0 | units-whole | ClaimResponse.item[0].adjudication[0].value",
                "'value':6 | 'value':-1 | units-whole | ClaimResponse.item[0].adjudication[0].value",
                "'value':6 | 'value':2.5 | units-whole | ClaimResponse.item[0].adjudication[0].value",
                "'value':6 | 'value':101 | units-whole | ClaimResponse.item[0].adjudication[0].value",
                "'value':6 | 'value':1E+30 | units-whole | ClaimResponse.item[0].adjudication[0].value",
                ",'value':6 | | units-once | ClaimResponse.item[0].adjudication[0].value",
                "eligible | benefit | adjudication-category | ClaimResponse.item[0].adjudication[0].category",
                "'itemSequence':1 | 'itemSequence':2 | item-sequence | ClaimResponse.item[0].itemSequence",
                "AETNA | CIGNA | insurer-is-caller | ClaimResponse.insurer.identifier",
                "'complete' | 'partial' | outcome-complete | ClaimResponse.outcome",
                "Claim/a-1 | Task/a-1 | reference-local | ClaimResponse.request.reference",
            })
    void refusesADecisionThatIsWrong(String sound, String wrong, String rule, String expression) {
        refuses(GRANTED.replaceFirst(java.util.regex.Pattern.quote(sound), replacement(wrong)), rule, expression);
    }

    @Test
    void refusesADecisionThatIsNone() {
        refuses(GRANTED.substring(0, GRANTED.indexOf(",\n 'item'")) + "}", "one-item", "ClaimResponse.item");
        refuses(denied("'disposition':'no'"), "decision-complete", "ClaimResponse.adjudication");
        refuses(
                denied("'adjudication':[" + adjustment("CO", "50", "0") + "," + adjustment("CO", "197", "0") + "]"),
                "one-reason",
                "ClaimResponse.adjudication");
        refuses(
                denied("'adjudication':[" + adjustment("CO", "4711", "0") + "]"),
                "reason-code-known",
                "ClaimResponse.adjudication[0].reason");
    }

    private static String denied(String why) {
        return GRANTED.substring(0, GRANTED.indexOf("'preAuthRef'")) + why + "}";
    }

    private static String replacement(String wrong) {
        return wrong == null ? "" : java.util.regex.Matcher.quoteReplacement(wrong);
    }

    private static String body(String resource) {
        return resource.substring(0, resource.length() - 1);
    }

    private static String adjustment(String group, String reason, String amount) {
        return "{'category':{'coding':[{'system':'https://x12.org/codes/claim-adjustment-group-codes','code':'" + group
                + "'}]},'reason':{'coding':[{'system':'https://x12.org/codes/claim-adjustment-reason-codes','code':'"
                + reason + "'}]},'amount':{'value':" + amount + ",'currency':'USD'}}";
    }

    private SentResponse read(String json) {
        return reader.read(FHIR.newJsonParser().parseResource(ClaimResponse.class, json.replace('\'', '"')), "AETNA");
    }

    private InsurersAnswer answer(String json) {
        return ((SentResponse.Remittance) read(json)).answer();
    }

    private FhirRefusal refused(String json) {
        var refused = catchThrowableOfType(FhirRefusal.class, () -> read(json));
        assertThat(refused).as(json).isNotNull();
        assertThat(refused.status()).isEqualTo(422);
        return refused;
    }

    private void refuses(String json, String rule, String expression) {
        assertThat(refused(json).issues())
                .as(json)
                .extracting(issue -> issue.rule() + " " + issue.expression())
                .contains(rule + " " + expression);
    }
}
