package clinicops.scheduling.drug;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.Commands;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.outbox.Ids;
import clinicops.outbox.Transactions;
import clinicops.scheduling.drug.CountReview.Finding;
import clinicops.scheduling.drug.CountReview.ReviewCause;
import clinicops.scheduling.drug.DrugBook.Hand;
import clinicops.scheduling.drug.DrugCount.CountState;
import clinicops.scheduling.drug.DrugCount.CountTime;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
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

/** Two people count; where log and cabinet differ, somebody finds out why. */
@RestController
@Tag(name = "Drug counts", description = "Two people count at opening and closing; a difference opens a review")
class CountController {
    private static final int MOST_REVIEWS = 200;

    private final DrugCounts counts;
    private final CountReviews reviews;
    private final StockLots lots;
    private final DrugBooks books;
    private final DrugLog log;
    private final Commands commands;
    private final Transactions transactions;
    private final Audit audit;
    private final BusinessClock clock;

    CountController(
            DrugCounts counts,
            CountReviews reviews,
            StockLots lots,
            DrugBooks books,
            DrugLog log,
            Commands commands,
            Transactions transactions,
            Audit audit,
            BusinessClock clock) {
        this.counts = counts;
        this.reviews = reviews;
        this.lots = lots;
        this.books = books;
        this.log = log;
        this.commands = commands;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param countedMg everything on hand, open vials too */
    record CountRequest(
            @NotBlank @Size(max = 40) String drug,
            CountTime at,

            @DecimalMin("0") @DecimalMax("10000000") @Digits(integer = 8, fraction = 4)
            BigDecimal countedMg) {}

    /** @param countedMg what the second person found, without knowing the first one's number */
    record CountConfirmation(
            @DecimalMin("0") @DecimalMax("10000000") @Digits(integer = 8, fraction = 4)
            BigDecimal countedMg) {}

    /**
     * A count. While it waits for the second person nobody is told a number.
     *
     * @param expectedMg by the log
     */
    record CountView(
            String id,
            long version,
            String drug,
            CountTime at,
            LocalDate day,
            CountState state,
            String firstBy,
            Instant firstAt,
            @Nullable String secondBy,
            @Nullable Instant secondAt,
            @Nullable BigDecimal firstMg,
            @Nullable BigDecimal secondMg,
            @Nullable BigDecimal expectedMg) {
        static CountView of(DrugCount count) {
            return new CountView(
                    count.id(),
                    count.version(),
                    count.drug(),
                    count.at(),
                    count.day(),
                    count.state(),
                    count.firstBy(),
                    count.firstAt(),
                    count.secondBy(),
                    count.secondAt(),
                    count.state() == CountState.WAITING ? null : count.firstMg(),
                    count.secondMg(),
                    count.expectedMg());
        }
    }

    /**
     * How it stands with a drug's counts on a day.
     *
     * @param opening balanced or different when counted, else null
     * @param inventoryDueOn when everything has to be counted by law at the latest
     */
    record CountDue(
            String drug,
            @Nullable CountState opening,
            @Nullable CountState closing,
            LocalDate inventoryDueOn,
            boolean inventoryOverdue) {}

    /** @param due of each drug that the clinic ever had */
    record CountDay(LocalDate day, List<CountDue> due, List<CountView> counts) {}

    /** A prescriber's conclusion. */
    record ReviewConclusion(
            Finding finding,
            @NotBlank @Size(max = 500) String explanation,
            @Nullable @Size(max = 60) String lotId,
            @Nullable LocalDate reportedOn) {}

    /**
     * @param reportDueOn a theft or significant loss is reported to the DEA until then
     * @param overdue still open though that day is over
     */
    record CountReviewView(
            String id,
            long version,
            String drug,
            ReviewCause cause,
            BigDecimal expectedMg,
            BigDecimal foundMg,
            @Nullable String sessionId,
            Instant openedAt,
            LocalDate reportDueOn,
            boolean overdue,
            boolean open,
            @Nullable Finding finding,
            @Nullable String explanation,
            @Nullable String closedBy,
            @Nullable Instant closedAt,
            @Nullable LocalDate reportedOn) {}

    /** @param items the oldest first */
    record CountReviewList(List<CountReviewView> items) {}

    @PostMapping("/api/counts")
    @Operation(
            summary = "The first person has counted",
            description = "Idempotency-Key is optional. Errors: 422 `unknown-drug`.")
    ResponseEntity<CountView> count(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody CountRequest request) {
        CountView told = commands.once(key, request, CountView.class, () -> {
            log.requireControlled(request.drug());
            DrugCount count = counts.save(new DrugCount(
                    Ids.next(),
                    request.drug(),
                    request.at(),
                    clock.today(),
                    request.countedMg(),
                    Caller.current().name(),
                    clock.instant(),
                    log.book(request.drug()).lastNumber()));
            audit.write("count-drug", resource(count), null, count.version(), count.drug());
            return CountView.of(count);
        });
        return ResponseEntity.status(HttpStatus.CREATED)
                .eTag(Versions.etag(told.version()))
                .body(told);
    }

    @PostMapping("/api/counts/{id}/confirmation")
    @Operation(summary = "The second person's own count", description = """
                    Both the same and as the log says: `balanced`. Both the same and otherwise: `different`, a review is open. Two
                    numbers: `disputed`, count again. Errors: 404; 409 `already-confirmed`, `count-outdated`; 422 `second-person`.
                    Emits CountDiscrepancyFound for a difference.""")
    ResponseEntity<CountView> confirm(@PathVariable String id, @Valid @RequestBody CountConfirmation request) {
        DrugCount saved = transactions.inTransaction(() -> {
            DrugCount count = counts.ofClinic(id).orElseThrow(() -> new NotFound("count", id));
            String by = Caller.current().name();
            count.confirm(request.countedMg(), log.book(count.drug()), by, clock.instant());
            if (count.state() != CountState.DISPUTED) {
                log.enter(
                        count.drug(),
                        book -> book.count(
                                request.countedMg(),
                                new Hand(count.firstBy(), by, clock.instant()),
                                count.at().code()));
            }
            if (count.state() == CountState.DIFFERENT) {
                log.openReview(
                        count.drug(), ReviewCause.COUNT, log.book(count.drug()).onHandMg(), request.countedMg(), null);
            }
            DrugCount kept = counts.save(count);
            audit.write("confirm-count", resource(kept), null, kept.version(), null);
            return kept;
        });
        return ResponseEntity.ok().eTag(Versions.etag(saved.version())).body(CountView.of(saved));
    }

    @GetMapping("/api/counts")
    @Operation(summary = "A day's counts, and what is still to be counted", description = "Today without `day`.")
    CountDay ofDay(@RequestParam(required = false) @Nullable LocalDate day) {
        LocalDate which = day == null ? clock.today() : day;
        audit.readList("read-counts", List.of());
        List<DrugCount> known = counts.onDay(which);
        List<CountDue> due = books.everyOne().stream()
                .map(book -> {
                    LocalDate inventory = counts.inventories(book.drug(), Limit.of(1)).stream()
                            .findFirst()
                            .map(last -> last.day().plusMonths(log.terms().inventoryEveryMonths()))
                            .orElse(which);
                    return new CountDue(
                            book.drug(),
                            state(known, book.drug(), CountTime.OPENING),
                            state(known, book.drug(), CountTime.CLOSING),
                            inventory,
                            !inventory.isAfter(which));
                })
                .toList();
        return new CountDay(which, due, known.stream().map(CountView::of).toList());
    }

    private static @Nullable CountState state(List<DrugCount> counts, String drug, CountTime at) {
        return counts.stream()
                .filter(count -> count.drug().equals(drug)
                        && count.at() == at
                        && (count.state() == CountState.BALANCED || count.state() == CountState.DIFFERENT))
                .map(DrugCount::state)
                .reduce((_, last) -> last)
                .orElse(null);
    }

    @GetMapping("/api/counts/reviews")
    @Operation(summary = "Where log and cabinet differ", description = "`all=true`: those that are closed too.")
    CountReviewList reviews(@RequestParam(required = false, defaultValue = "false") boolean all) {
        audit.readList("read-count-reviews", List.of());
        Limit most = Limit.of(MOST_REVIEWS);
        return new CountReviewList((all ? reviews.all("", most) : reviews.open(most))
                .stream().map(this::view).toList());
    }

    @PostMapping("/api/counts/reviews/{id}/conclusion")
    @Operation(summary = "A prescriber says why log and cabinet differed", description = """
                    All but `miscounted` adjust the log, of the lot that is named, by the difference. A theft or significant loss
                    is reported to the DEA before, `reportedOn`. Errors: 404, 412, 428; 409 `review-closed`, `not-in-stock`; 422
                    `loss-not-reported`, `in-the-future`, `lot-missing`, `finding`.""")
    ResponseEntity<CountReviewView> conclude(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody ReviewConclusion request) {
        CountReview saved = transactions.inTransaction(() -> {
            CountReview review = reviews.ofClinic(id).orElseThrow(() -> new NotFound("count-review", id));
            Versions.require(ifMatch, review.version(), "count-review/" + id);
            if (review.cause() == ReviewCause.BEYOND_STOCK && request.finding() == Finding.MISCOUNTED) {
                throw new RuleViolation("finding", "nobody counted: the drug was given, so something was there")
                        .withField("finding");
            }
            String by = Caller.current().name();
            BigDecimal difference = review.close(
                    request.finding(), request.explanation(), request.reportedOn(), clock.today(), by, clock.instant());
            if (difference.signum() != 0) {
                StockLot lot = lotOf(review, request);
                log.enter(
                        review.drug(),
                        book -> book.adjust(
                                lot,
                                difference,
                                Hand.of(by, clock.instant()),
                                request.finding().code()));
                if (lot != null) {
                    lots.save(lot);
                }
            }
            CountReview kept = reviews.save(review);
            audit.write("close-count-review", "count-review/" + id, null, kept.version(), request.explanation());
            return kept;
        });
        return ResponseEntity.ok().eTag(Versions.etag(saved.version())).body(view(saved));
    }

    /** What was taken beyond the stock came from no lot, and goes back to none. */
    private @Nullable StockLot lotOf(CountReview review, ReviewConclusion request) {
        if (review.cause() == ReviewCause.BEYOND_STOCK) {
            return null;
        }
        String lotId = request.lotId();
        if (lotId == null) {
            throw new RuleViolation("lot-missing", "say of which lot it is more or less").withField("lotId");
        }
        StockLot lot = log.lot(lotId);
        if (!lot.drug().equals(review.drug()) || lot.receivedAt() == null) {
            throw new RuleViolation("lot-missing", "that lot is of another drug, or never came").withField("lotId");
        }
        return lot;
    }

    private CountReviewView view(CountReview review) {
        return new CountReviewView(
                review.id(),
                review.version(),
                review.drug(),
                review.cause(),
                review.expectedMg(),
                review.foundMg(),
                review.sessionId(),
                review.openedAt(),
                review.reportDueOn(),
                review.isOpen() && clock.today().isAfter(review.reportDueOn()),
                review.isOpen(),
                review.finding(),
                review.explanation(),
                review.closedBy(),
                review.closedAt(),
                review.reportedOn());
    }

    private static String resource(DrugCount count) {
        return "count/" + count.id();
    }
}
