package clinicops.scheduling.home;

import static clinicops.chassis.Access.allow;
import static clinicops.chassis.Role.NURSE;
import static clinicops.chassis.Role.PRESCRIBER;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import clinicops.chassis.Audit;
import clinicops.chassis.Commands;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.chassis.Versions;
import clinicops.scheduling.FeatureAccess;
import clinicops.scheduling.home.HomePrescription.CountReason;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tablets that patients take at home. */
@RestController
@Tag(
        name = "Tablets at home",
        description =
                "Small quantities prescribed to a pharmacy between infusions; the patient counts, the clinic takes none back")
class HomeController {
    private final HomePrescriptions prescriptions;
    private final HomeDesk desk;
    private final Commands commands;
    private final Audit audit;

    HomeController(HomePrescriptions prescriptions, HomeDesk desk, Commands commands, Audit audit) {
        this.prescriptions = prescriptions;
        this.desk = desk;
        this.commands = commands;
        this.audit = audit;
    }

    /**
     * @param strengthMg milligrams in a tablet, one of the terms'
     * @param directions code of how they are taken, one of the terms'
     * @param pharmacy which one is given the prescription; stays in scheduling
     * @param pdmpQueriedOn when the prescription-monitoring programme was asked
     * @param inPersonVisitOn when a prescriber last saw the patient in person; needed from the terms' day on
     */
    record PrescriptionRequest(
            @NotBlank String patientId,
            @NotNull @Positive BigDecimal strengthMg,
            @Positive int tablets,
            @NotBlank String directions,
            @NotBlank @Size(max = 200) String pharmacy,
            @NotNull LocalDate pdmpQueriedOn,
            @Nullable LocalDate inPersonVisitOn) {}

    /** @param left tablets, as the patient counted them */
    record CountedRequest(@Min(0) int left, @NotNull CountReason because) {}

    /**
     * @param left as counted last; all of them while nobody has counted
     * @param checkInBy until when the patient is called
     * @param terms version of the rules it was judged by
     * @param planId of the plan that was in force; null for what was prescribed before it was kept, as {@code planRevision}
     */
    record HomePrescriptionView(
            String id,
            long version,
            String patientId,
            String drug,
            BigDecimal strengthMg,
            int tablets,
            String directions,
            String pharmacy,
            LocalDate pdmpQueriedOn,
            @Nullable LocalDate inPersonVisitOn,
            String prescribedBy,
            Instant prescribedAt,
            Instant checkInBy,
            int left,
            List<TabletCount> counts,
            String terms,
            @Nullable String planId,
            @Nullable Integer planRevision) {}

    record TabletCount(int left, CountReason because, String by, Instant at) {}

    /**
     * @param strengthsMg milligrams in a tablet
     * @param mgMost in one prescription, all tablets together
     * @param pdmpDaysMost how old the prescription-monitoring query may be
     * @param leftMost how many tablets may be left of the ones before
     * @param inPersonVisitFrom first day on which nobody prescribes without having seen the patient in person
     */
    record HomeTabletTerms(
            String version,
            String source,
            String approver,
            String drug,
            String route,
            List<BigDecimal> strengthsMg,
            int tabletsMost,
            BigDecimal mgMost,
            List<String> directions,
            int pdmpDaysMost,
            int leftMost,
            LocalDate inPersonVisitFrom,
            int checkInDays) {}

    @GetMapping("/api/home-prescriptions/terms")
    @Operation(summary = "What may be prescribed for home", description = "With its source; home-tablets.json.")
    HomeTabletTerms terms() {
        HomeTerms terms = desk.terms();
        return new HomeTabletTerms(
                terms.version(),
                terms.source(),
                terms.approver(),
                terms.drug(),
                terms.route(),
                terms.strengthsMg(),
                terms.tabletsMost(),
                terms.mgMost(),
                terms.directions(),
                terms.pdmpDaysMost(),
                terms.leftMost(),
                terms.inPersonVisitFrom(),
                terms.checkInDays());
    }

    @GetMapping("/api/home-prescriptions")
    @Operation(summary = "A patient's tablets for home, oldest first")
    Page<HomePrescriptionView> ofPatient(
            @RequestParam String patientId,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        var page = Page.of(
                prescriptions.ofPatient(patientId, Cursor.of(cursor).after(), Limit.of(size + 1)),
                size,
                HomePrescription::id);
        audit.readList("read-home-prescriptions", List.of(patientId));
        return page.map(HomeController::view);
    }

    @PostMapping("/api/home-prescriptions")
    @Operation(summary = "Prescribe tablets for home", description = """
                    No chair, no session: by consent to the tablets' route, between infusions or under a plan of that route.
                    422 `strength-unknown`, `directions-unknown`, `quantity-above-limit`, `pdmp-too-old`, `in-the-future`,
                    `in-person-visit-missing`, `strength-not-of-plan` (a plan by mouth says which); 409 `consent-missing`, `previous-not-used-up` (the patient has to count first) and the
                    verdict's `clearance-missing`, `plan-missing`, `safety-alert-open`, `adverse-event-unreviewed` and their like; 404
                    for an unknown patient. Idempotency-Key is optional. Emits HomeTabletsPrescribed and CallDue.""")
    ResponseEntity<HomePrescriptionView> prescribe(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody PrescriptionRequest body) {
        HomePrescriptionView made =
                commands.once(key, body, HomePrescriptionView.class, () -> view(desk.prescribe(body)));
        return ResponseEntity.status(HttpStatus.CREATED)
                .eTag(Versions.etag(made.version()))
                .body(made);
    }

    @PostMapping("/api/home-prescriptions/{id}/counts")
    @Operation(
            summary = "The patient's own count",
            description = "422 `count-above-left`. There is no way to give tablets back to the clinic.")
    ResponseEntity<HomePrescriptionView> counted(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody CountedRequest body) {
        HomePrescriptionView counted = view(desk.counted(id, ifMatch, body));
        return ResponseEntity.ok().eTag(Versions.etag(counted.version())).body(counted);
    }

    private static HomePrescriptionView view(HomePrescription prescription) {
        HomePrescription.Under under = prescription.under();
        return new HomePrescriptionView(
                prescription.id(),
                prescription.version(),
                prescription.patientId(),
                prescription.drug(),
                prescription.tablets().strengthMg(),
                prescription.tablets().number(),
                prescription.tablets().directions(),
                prescription.pharmacy(),
                prescription.pdmpQueriedOn(),
                prescription.inPersonVisitOn(),
                prescription.prescribedBy(),
                prescription.prescribedAt(),
                prescription.checkInBy(),
                prescription.left(),
                prescription.counts().stream()
                        .map(count -> new TabletCount(count.left(), count.because(), count.by(), count.at()))
                        .toList(),
                prescription.terms(),
                under == null ? null : under.planId(),
                under == null ? null : under.revision());
    }

    /** Who prescribes, and who counts with the patient. */
    @Configuration(proxyBeanMethods = false)
    static class HomeAccess {
        @Bean
        FeatureAccess homeRows() {
            return FeatureAccess.of(
                    allow(GET, "/api/home-prescriptions", NURSE, PRESCRIBER),
                    allow(GET, "/api/home-prescriptions/terms", NURSE, PRESCRIBER),
                    allow(POST, "/api/home-prescriptions", PRESCRIBER),
                    allow(POST, "/api/home-prescriptions/{id}/counts", NURSE, PRESCRIBER));
        }
    }
}
