package clinicops.scheduling.drug;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.Commands;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.chassis.Versions;
import clinicops.contracts.SchedulingEvent;
import clinicops.outbox.Ids;
import clinicops.outbox.Outbox;
import clinicops.outbox.Transactions;
import clinicops.scheduling.drug.DrugBook.Hand;
import clinicops.scheduling.drug.StockLot.Container;
import clinicops.scheduling.drug.StockLot.LotState;
import clinicops.scheduling.drug.StockLot.Supply;
import clinicops.scheduling.readiness.PatientAtHand;
import clinicops.scheduling.readiness.Pulses;
import clinicops.scheduling.readiness.Readiness;
import clinicops.scheduling.resource.Roster;
import clinicops.scheduling.resource.Rosters;
import clinicops.scheduling.session.SessionState;
import clinicops.scheduling.session.Sessions;
import clinicops.scheduling.session.TreatmentSession;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

/** Shipments of controlled drugs, and what is on hand. */
@RestController
@Tag(name = "Drug stock", description = "Shipments of controlled drugs, from the order to the last mg")
class DrugStockController {
    private static final int MOST_SESSIONS = 500;

    private final StockLots lots;
    private final DrugBooks books;
    private final DrugDraws draws;
    private final DrugLog log;
    private final DrugOnSite onSite;
    private final Readiness readiness;
    private final Pulses pulses;
    private final Sessions sessions;
    private final Rosters rosters;
    private final Commands commands;
    private final Transactions transactions;
    private final Outbox outbox;
    private final Audit audit;
    private final BusinessClock clock;

    DrugStockController(
            StockLots lots,
            DrugBooks books,
            DrugDraws draws,
            DrugLog log,
            DrugOnSite onSite,
            Readiness readiness,
            Pulses pulses,
            Sessions sessions,
            Rosters rosters,
            Commands commands,
            Transactions transactions,
            Outbox outbox,
            Audit audit,
            BusinessClock clock) {
        this.lots = lots;
        this.books = books;
        this.draws = draws;
        this.log = log;
        this.onSite = onSite;
        this.readiness = readiness;
        this.pulses = pulses;
        this.sessions = sessions;
        this.rosters = rosters;
        this.commands = commands;
        this.transactions = transactions;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param drug a controlled one: ketamine, esketamine or midazolam
     * @param ndc National Drug Code, three groups
     * @param mgPerUnit mg in one vial or device
     * @param forPatientId whom a pharmacy's shipment is for; left out for the clinic's own
     * @param dueOn when it should arrive; left out when nobody said
     */
    record DrugOrder(
            @NotBlank @Size(max = 40) String drug,

            @NotBlank @Pattern(regexp = "\\d{4,5}-\\d{3,4}-\\d{1,2}")
            String ndc,

            Container container,

            @DecimalMin("0.1") @DecimalMax("10000") @Digits(integer = 5, fraction = 3)
            BigDecimal mgPerUnit,

            Supply supply,
            @Nullable @Size(max = 60) String forPatientId,
            @Min(1) @Max(1000) int units,
            @Nullable LocalDate dueOn) {}

    /** @param units that really came */
    record DrugReceipt(
            @NotBlank @Size(max = 40) String lot,
            LocalDate expiresOn,
            @Min(1) @Max(1000) int units) {}

    /**
     * A shipment.
     *
     * @param late not here though it was due
     * @param onHandMg by the log
     */
    record StockLotView(
            String id,
            long version,
            String drug,
            String ndc,
            Container container,
            BigDecimal mgPerUnit,
            Supply supply,
            @Nullable String forPatientId,
            LotState state,
            int unitsOrdered,
            Instant orderedAt,
            @Nullable LocalDate dueOn,
            boolean late,
            @Nullable String lot,
            @Nullable LocalDate expiresOn,
            boolean expired,
            int unitsReceived,
            @Nullable Instant receivedAt,
            BigDecimal onHandMg,
            @Nullable Instant returnedAt) {}

    /**
     * What the log says is there.
     *
     * @param onHandMg in stock
     * @param outMg drawn, and neither given nor wasted before a witness: in use or left
     * @param inUseMg of it, drawn up for a dose or running; the rest of {@code outMg} nobody has accounted for
     * @param entries lines of the log
     */
    record DrugBalance(
            String drug, String schedule, BigDecimal onHandMg, BigDecimal outMg, BigDecimal inUseMg, long entries) {}

    /** @param items one for each controlled drug */
    record DrugBalances(List<DrugBalance> items) {}

    /** A session whose drug is not there. */
    record DrugMissing(String sessionId, String patientId, String drug, Instant startsAt) {}

    /** @param until last day that was looked at */
    record DrugsMissing(LocalDate until, List<DrugMissing> items) {}

    @PostMapping("/api/drug-stock")
    @Operation(summary = "Record that a shipment was ordered", description = """
                    Of the clinic's own stock, or of a pharmacy for one named patient, for whom alone it is then used.
                    Idempotency-Key is optional. Errors: 404 for an unknown patient; 422 `unknown-drug`, `patient-missing`,
                    `patient-named`, `in-the-past`.""")
    ResponseEntity<StockLotView> order(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody DrugOrder request) {
        StockLotView ordered = commands.once(key, request, StockLotView.class, () -> {
            log.requireControlled(request.drug());
            String patientId = request.forPatientId();
            if (patientId != null) {
                readiness.facts(patientId);
            }
            StockLot lot = lots.save(new StockLot(
                    Ids.next(),
                    request.drug(),
                    request.ndc(),
                    request.container(),
                    request.mgPerUnit(),
                    request.supply(),
                    patientId,
                    request.units(),
                    clock.instant(),
                    request.dueOn()));
            audit.write("order-drug", resource(lot), patientId, lot.version(), null);
            return view(lot);
        });
        return ResponseEntity.status(HttpStatus.CREATED)
                .eTag(Versions.etag(ordered.version()))
                .body(ordered);
    }

    @PostMapping("/api/drug-stock/{id}/receipt")
    @Operation(
            summary = "A shipment has come",
            description =
                    "As many units as really came. Errors: 404, 412, 428; 409 `already-received`; 422 `lot-expired`. Emits DrugReceived.")
    ResponseEntity<StockLotView> receive(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody DrugReceipt request) {
        return changed(transactions.inTransaction(() -> {
            StockLot lot = log.lot(id);
            Versions.require(ifMatch, lot.version(), resource(lot));
            Hand hand = Hand.of(Caller.current().name(), clock.instant());
            log.enter(
                    lot.drug(),
                    book -> book.receive(
                            lot, request.lot(), request.expiresOn(), request.units(), clock.today(), hand));
            StockLot saved = lots.save(lot);
            pulses.dayMayHaveChanged();
            outbox.append(
                    saved.id(),
                    saved.version(),
                    List.of(new SchedulingEvent.DrugReceived(
                            saved.id(),
                            saved.drug(),
                            saved.ndc(),
                            saved.unitsReceived(),
                            saved.forPatientId(),
                            hand.at())));
            return saved;
        }));
    }

    @PostMapping("/api/drug-stock/{id}/return")
    @Operation(
            summary = "The rest of a shipment is sent back",
            description =
                    "To the pharmacy or a reverse distributor: all that is on hand. Errors: 404, 412, 428; 409 `nothing-on-hand`.")
    ResponseEntity<StockLotView> giveBack(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return changed(transactions.inTransaction(() -> {
            StockLot lot = log.lot(id);
            Versions.require(ifMatch, lot.version(), resource(lot));
            Hand hand = Hand.of(Caller.current().name(), clock.instant());
            log.enter(lot.drug(), book -> book.giveBack(lot, hand));
            pulses.dayMayHaveChanged();
            return lots.save(lot);
        }));
    }

    @GetMapping("/api/drug-stock")
    @Operation(
            summary = "Shipments in the order in which they were ordered",
            description = "`onHand=true`: those with something left.")
    Page<StockLotView> list(
            @RequestParam(required = false, defaultValue = "false") boolean onHand,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        String after = Cursor.of(cursor).after();
        Limit first = Limit.of(size + 1);
        var page = Page.of(
                onHand ? lots.inState(LotState.RECEIVED, after, first) : lots.all(after, first), size, StockLot::id);
        List<String> patients = new ArrayList<>();
        page.items().forEach(lot -> {
            String patientId = lot.forPatientId();
            if (patientId != null) {
                patients.add(patientId);
            }
        });
        audit.readList("read-drug-stock", patients);
        return page.map(this::view);
    }

    @GetMapping("/api/drug-stock/balances")
    @Operation(summary = "What is there of each controlled drug, by the log")
    DrugBalances balances() {
        audit.readList("read-drug-balances", List.of());
        List<DrugBook> known = books.everyOne();
        Map<String, BigDecimal> inUse =
                draws.inUse().stream().collect(Collectors.toMap(DrugDraw::drug, DrugDraw::openMg, BigDecimal::add));
        return new DrugBalances(log.terms().controlled().stream()
                .map(drug -> {
                    DrugBook book = known.stream()
                            .filter(one -> one.drug().equals(drug.drug()))
                            .findFirst()
                            .orElseGet(() -> new DrugBook(drug.drug()));
                    return new DrugBalance(
                            drug.drug(),
                            drug.schedule(),
                            book.onHandMg(),
                            book.outMg(),
                            inUse.getOrDefault(drug.drug(), BigDecimal.ZERO),
                            book.lastNumber());
                })
                .toList());
    }

    @GetMapping("/api/drug-stock/missing")
    @Operation(
            summary = "Sessions of the next business days whose drug is not on site",
            description = "drug-terms.json says how many days ahead: time enough to order.")
    DrugsMissing missing() {
        Roster roster = rosters.present();
        LocalDate today = clock.today();
        LocalDate until = roster.businessDayAfter(today, log.terms().onSiteBusinessDays());
        Instant end = until.plusDays(1).atStartOfDay(clock.clinicZone()).toInstant();
        List<TreatmentSession> ahead =
                sessions.between(clock.instant().toString(), end.toString(), Limit.of(MOST_SESSIONS)).stream()
                        .filter(session -> session.state() == SessionState.BOOKED)
                        .toList();
        List<DrugMissing> missing = new ArrayList<>();
        for (TreatmentSession session : ahead) {
            PatientAtHand patient = new PatientAtHand(
                    session.patientId(),
                    session.drug(),
                    session.route(),
                    roster.dayOf(session.place().startsAt()),
                    session.id());
            if (!onSite.of(List.of(patient)).equals(Map.of())) {
                missing.add(new DrugMissing(
                        session.id(),
                        session.patientId(),
                        session.drug(),
                        session.place().startsAt()));
            }
        }
        audit.readList(
                "read-missing-drugs",
                missing.stream().map(DrugMissing::patientId).toList());
        return new DrugsMissing(until, missing);
    }

    private ResponseEntity<StockLotView> changed(StockLot lot) {
        return ResponseEntity.ok().eTag(Versions.etag(lot.version())).body(view(lot));
    }

    private StockLotView view(StockLot lot) {
        LocalDate today = clock.today();
        LocalDate dueOn = lot.dueOn();
        return new StockLotView(
                lot.id(),
                lot.version(),
                lot.drug(),
                lot.ndc(),
                lot.container(),
                lot.mgPerUnit(),
                lot.supply(),
                lot.forPatientId(),
                lot.state(),
                lot.unitsOrdered(),
                lot.orderedAt(),
                dueOn,
                lot.state() == LotState.ORDERED && dueOn != null && today.isAfter(dueOn),
                lot.lot(),
                lot.expiresOn(),
                lot.hasExpiredBy(today),
                lot.unitsReceived(),
                lot.receivedAt(),
                lot.onHandMg(),
                lot.returnedAt());
    }

    private static String resource(StockLot lot) {
        return "stock-lot/" + lot.id();
    }
}
