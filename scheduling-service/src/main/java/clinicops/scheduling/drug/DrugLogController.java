package clinicops.scheduling.drug;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.Commands;
import clinicops.chassis.Cursor;
import clinicops.chassis.NotFound;
import clinicops.chassis.Page;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.outbox.Ids;
import clinicops.outbox.Transactions;
import clinicops.scheduling.drug.DrugBook.Hand;
import clinicops.scheduling.drug.DrugDraw.DrawUse;
import clinicops.scheduling.drug.Waste.WasteReason;
import clinicops.scheduling.drug.Waste.WasteState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The log of controlled drugs; draws and doses come from the sessions, waste from here. */
@RestController
@Tag(name = "Drug log", description = "Every mg of a controlled drug: received, drawn, given, wasted before a witness")
class DrugLogController {
    private static final int MOST_OPEN = 200;

    private final DrugLogEntries entries;
    private final DrugDraws draws;
    private final StockLots lots;
    private final Wastes wastes;
    private final DrugLog log;
    private final Commands commands;
    private final Transactions transactions;
    private final Audit audit;
    private final BusinessClock clock;

    DrugLogController(
            DrugLogEntries entries,
            DrugDraws draws,
            StockLots lots,
            Wastes wastes,
            DrugLog log,
            Commands commands,
            Transactions transactions,
            Audit audit,
            BusinessClock clock) {
        this.entries = entries;
        this.draws = draws;
        this.lots = lots;
        this.wastes = wastes;
        this.log = log;
        this.commands = commands;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param drawId the draw whose rest it was; left out for what never was drawn
     * @param lotId the lot that it was taken from, when it never was drawn
     */
    record WasteRequest(
            @Nullable @Size(max = 200) String drawId,
            @Nullable @Size(max = 60) String lotId,

            @DecimalMin("0.001") @DecimalMax("100000") @Digits(integer = 6, fraction = 4)
            BigDecimal mg,

            WasteReason reason) {}

    /**
     * @param by who wasted it
     * @param witness who confirmed or refused it
     */
    record WasteView(
            String id,
            long version,
            String drug,
            @Nullable String drawId,
            @Nullable String lotId,
            @Nullable String patientId,
            BigDecimal mg,
            WasteReason reason,
            String by,
            Instant at,
            WasteState state,
            @Nullable String witness,
            @Nullable Instant witnessedAt) {
        static WasteView of(Waste waste) {
            return new WasteView(
                    waste.id(),
                    waste.version(),
                    waste.drug(),
                    waste.drawId(),
                    waste.lotId(),
                    waste.patientId(),
                    waste.mg(),
                    waste.reason(),
                    waste.by(),
                    waste.at(),
                    waste.state(),
                    waste.witness(),
                    waste.witnessedAt());
        }
    }

    /** @param items the oldest first, at most 200 */
    record WastesWaiting(List<WasteView> items) {}

    /**
     * @param openMg drawn, and neither given nor wasted
     * @param use whether the open part is in use, for a dose that is {@code drawn-up} or {@code running}, or {@code left} to be
     *     accounted for
     */
    record DrawView(
            String id,
            String drug,
            @Nullable String lotId,
            String sessionId,
            String patientId,
            BigDecimal drawnMg,
            BigDecimal givenMg,
            BigDecimal wastedMg,
            BigDecimal openMg,
            DrawUse use,
            String by,
            Instant at) {}

    /** @param items the oldest first, at most 200 */
    record DrawsOpen(List<DrawView> items) {}

    @GetMapping("/api/drug-log")
    @Operation(summary = "The log of one drug", description = """
                    Numbers count from 1 without a gap; nothing is ever changed or deleted. `newestFirst` turns it round.
                    Errors: 400 `limit`, `cursor`; 422 `unknown-drug`.""")
    Page<DrugLogEntry> log(
            @RequestParam String drug,
            @RequestParam(required = false, defaultValue = "false") boolean newestFirst,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        log.requireControlled(drug);
        int size = Cursor.limit(limit);
        String seen = Cursor.of(cursor).after();
        Limit first = Limit.of(size + 1);
        String least = drug + "|";
        String most = drug + "}";
        List<DrugLogEntry> found = newestFirst
                ? entries.newest(least, seen.isEmpty() ? most : seen, first)
                : entries.between(seen.isEmpty() ? least : seen, most, first);
        var page = Page.of(found, size, DrugLogEntry::id);
        audit.readList(
                "read-drug-log",
                page.items().stream()
                        .map(DrugLogEntry::patientId)
                        .filter(Objects::nonNull)
                        .toList());
        return page;
    }

    @GetMapping("/api/drug-log/draws")
    @Operation(
            summary = "Draws with a part that is neither given nor wasted",
            description =
                    "In use for a dose that is drawn up or runs, or left: what is left somebody wastes before a witness.")
    DrawsOpen open() {
        List<DrugDraw> open = draws.open(Limit.of(MOST_OPEN));
        audit.readList("read-open-draws", open.stream().map(DrugDraw::patientId).toList());
        return new DrawsOpen(open.stream()
                .map(draw -> new DrawView(
                        draw.id(),
                        draw.drug(),
                        draw.lotId(),
                        draw.sessionId(),
                        draw.patientId(),
                        draw.drawnMg(),
                        draw.givenMg(),
                        draw.wastedMg(),
                        draw.openMg(),
                        draw.use(),
                        draw.by(),
                        draw.at()))
                .toList());
    }

    @GetMapping("/api/drug-log/wastes")
    @Operation(summary = "Waste that waits for its witness")
    WastesWaiting waiting() {
        List<Waste> waiting = wastes.waiting(Limit.of(MOST_OPEN));
        audit.readList(
                "read-wastes",
                waiting.stream()
                        .flatMap(waste -> Stream.ofNullable(waste.patientId()))
                        .toList());
        return new WastesWaiting(waiting.stream().map(WasteView::of).toList());
    }

    @PostMapping("/api/drug-log/wastes")
    @Operation(summary = "Say what was wasted", description = """
                    The rest of a draw, or what never was drawn of a lot. It is in the log when a second person has confirmed it.
                    Idempotency-Key is optional. Errors: 404 for an unknown draw or lot; 409 `not-in-stock`, `dose-running`; 422
                    `waste-of-what` unless exactly one of `drawId` and `lotId` is named, `waste-above-drawn`.""")
    ResponseEntity<WasteView> waste(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody WasteRequest request) {
        WasteView told = commands.once(key, request, WasteView.class, () -> {
            String drawId = request.drawId();
            String lotId = request.lotId();
            if ((drawId == null) == (lotId == null)) {
                throw new RuleViolation("waste-of-what", "name the draw whose rest it was, or else the lot")
                        .withField("drawId");
            }
            DrugDraw draw = drawId == null ? null : draw(drawId);
            StockLot lot = lotId == null ? null : log.lot(lotId);
            // tried on what was read and not kept: the amount is booked when the witness confirms
            if (draw != null) {
                draw.waste(request.mg());
            } else if (lot != null) {
                lot.take(request.mg());
            }
            Waste waste = wastes.save(new Waste(
                    Ids.next(),
                    draw != null ? draw.drug() : Objects.requireNonNull(lot).drug(),
                    drawId,
                    lotId,
                    draw == null ? null : draw.patientId(),
                    request.mg(),
                    request.reason(),
                    Caller.current().name(),
                    clock.instant()));
            audit.write(
                    "waste-drug",
                    resource(waste.id()),
                    waste.patientId(),
                    waste.version(),
                    waste.reason().code());
            return WasteView.of(waste);
        });
        return ResponseEntity.status(HttpStatus.CREATED)
                .eTag(Versions.etag(told.version()))
                .body(told);
    }

    @PostMapping("/api/drug-log/wastes/{id}/witness")
    @Operation(
            summary = "A second person saw it wasted",
            description =
                    "From the own login. Errors: 404; 409 `already-confirmed`, `not-in-stock`, `dose-running`; 422 `second-person`, `waste-above-drawn`.")
    ResponseEntity<WasteView> witness(@PathVariable String id) {
        String witness = Caller.current().name();
        return answered(id, "witness-waste", waste -> {
            waste.witness(witness, clock.instant());
            Hand hand = new Hand(waste.by(), witness, clock.instant());
            String drawId = waste.drawId();
            String lotId = waste.lotId();
            if (drawId != null) {
                DrugDraw draw = draw(drawId);
                log.enter(
                        waste.drug(),
                        book -> book.waste(
                                draw, waste.mg(), hand, waste.reason().code()));
                draws.save(draw);
            } else {
                StockLot lot = log.lot(Objects.requireNonNull(lotId));
                log.enter(
                        waste.drug(),
                        book -> book.waste(lot, waste.mg(), hand, waste.reason().code()));
                lots.save(lot);
            }
        });
    }

    @PostMapping("/api/drug-log/wastes/{id}/refusal")
    @Operation(
            summary = "It was not so",
            description = "By somebody who did not see it, or by who said it. Nothing is booked. Errors: 404; 409"
                    + " `already-confirmed`.")
    ResponseEntity<WasteView> refuse(@PathVariable String id) {
        return answered(
                id, "refuse-waste", waste -> waste.refuse(Caller.current().name(), clock.instant()));
    }

    private ResponseEntity<WasteView> answered(String id, String action, Consumer<Waste> answer) {
        Waste saved = transactions.inTransaction(() -> {
            Waste waste = wastes.ofClinic(id).orElseThrow(() -> new NotFound("waste", id));
            answer.accept(waste);
            Waste kept = wastes.save(waste);
            audit.write(action, resource(id), kept.patientId(), kept.version(), null);
            return kept;
        });
        return ResponseEntity.ok().eTag(Versions.etag(saved.version())).body(WasteView.of(saved));
    }

    private DrugDraw draw(String id) {
        return draws.ofClinic(id).orElseThrow(() -> new NotFound("draw", id));
    }

    private static String resource(String id) {
        return "waste/" + id;
    }
}
