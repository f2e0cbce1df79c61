package clinicops.benchmarks;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a nurse asks a patient: mostly somebody with a few drugs and at most a condition or two. */
record MadeUpScreening(
        List<Integer> phq9,
        List<String> conditions,
        List<String> drugs,
        int failedTreatments,
        int systolic,
        int diastolic,
        BigDecimal weightKg,
        String pregnancy) {
    private static final List<String> CONDITIONS = List.of(
            "substance-use-history",
            "cardiac-history",
            "bipolar-disorder",
            "sleep-apnoea",
            "copd",
            "seizures",
            "uncontrolled-thyroid-disease",
            "interstitial-cystitis",
            "heart-failure",
            "raised-eye-pressure",
            "no-reliable-contraception",
            "bad-reaction-before");
    private static final List<String> DRUGS = List.of(
            "sertraline 100 mg daily",
            "Xanax",
            "bupropion XL 300 mg",
            "lisinopril 10 mg",
            "lamotrigina",
            "oxycodone 5 mg as needed",
            "Adderall",
            "metformin",
            "quetiapine 50 mg at night",
            "escitalopram",
            "ibuprofen",
            "St John's wort",
            "atorvastatin 20 mg",
            "clonazepam 0.5 mg bid");
    private static final List<String> PREGNANCY = List.of("no", "no", "not-applicable", "not-applicable", "unknown");

    /** Drugs by class, or conditions by rule, as a programmer without a rule book would write them. */
    private static final List<Set<String>> GROUPS = Stream.concat(
                    Stream.of(
                            Set.of("psychosis", "schizophrenia-history", "uncontrolled-mania"),
                            Set.of("aneurysmal-vascular-disease", "arteriovenous-malformation", "ketamine-allergy"),
                            Set.of("unstable-angina", "recent-stroke", "recent-heart-attack"),
                            Set.of("delirium", "dementia"),
                            Set.of("alprazolam", "xanax", "clonazepam 0.5 mg bid"),
                            Set.of("oxycodone 5 mg as needed", "morphine"),
                            Set.of("quetiapine 50 mg at night", "trazodone"),
                            Set.of("adderall", "methylphenidate"),
                            Set.of("phenelzine", "tranylcypromine"),
                            Set.of("lamotrigina", "lamotrigine"),
                            Set.of("theophylline", "aminophylline")),
                    CONDITIONS.stream().map(Set::of))
            .toList();

    static MadeUpScreening any(SplittableRandom random) {
        int systolic = 100 + random.nextInt(55);
        return new MadeUpScreening(
                IntStream.range(0, 9)
                        .mapToObj(item -> item == 8 ? 0 : random.nextInt(4))
                        .toList(),
                some(CONDITIONS, random.nextInt(3), random),
                some(DRUGS, random.nextInt(6), random),
                random.nextInt(4),
                systolic,
                systolic - 30 - random.nextInt(20),
                BigDecimal.valueOf(50 + random.nextInt(60)),
                PREGNANCY.get(random.nextInt(PREGNANCY.size())));
    }

    private static List<String> some(List<String> of, int many, SplittableRandom random) {
        return IntStream.generate(() -> random.nextInt(of.size()))
                .distinct()
                .limit(many)
                .mapToObj(of::get)
                .toList();
    }

    Map<String, Object> body() {
        return Map.of(
                "phq9",
                phq9,
                "history",
                Map.of(
                        "conditions",
                        conditions,
                        "drugs",
                        drugs,
                        "failedTreatments",
                        failedTreatments,
                        "systolic",
                        systolic,
                        "diastolic",
                        diastolic,
                        "weightKg",
                        weightKg,
                        "pregnancy",
                        pregnancy));
    }

    /** How many conditions held, each written in Java: the floor that no readable rule gets under. */
    int plainFindings() {
        int held = 0;
        for (Set<String> group : GROUPS) {
            held += touches(group, conditions) || touches(group, drugs) ? 1 : 0;
        }
        held += systolic > 140 || diastolic > 90 ? 1 : 0;
        held += failedTreatments < 2 ? 1 : 0;
        held += pregnancy.equals("yes") ? 1 : 0;
        held += pregnancy.equals("unknown") ? 1 : 0;
        return held;
    }

    private static boolean touches(Set<String> group, Collection<String> facts) {
        return !Collections.disjoint(group, facts);
    }
}
