package clinicops.scheduling.drug;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.contracts.SchedulingEvent;
import clinicops.outbox.Ids;
import clinicops.outbox.Outbox;
import clinicops.scheduling.drug.CountReview.ReviewCause;
import clinicops.scheduling.drug.DrugBook.Hand;
import clinicops.scheduling.drug.DrugDraw.DrawUse;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.resource.Rosters;
import clinicops.scheduling.session.DrugUse;
import clinicops.scheduling.session.TreatmentSession;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The one door to the controlled-drug log: book, lot, draw and line are saved together, in the caller's transaction. Two who
 * draw of one drug at the same moment conflict on its book, and one of them comes second.
 */
@Component
class DrugLog {
    private final DrugBooks books;
    private final StockLots lots;
    private final DrugDraws draws;
    private final DrugLogEntries entries;
    private final CountReviews reviews;
    private final Rosters rosters;
    private final Outbox outbox;
    private final Audit audit;
    private final BusinessClock clock;
    private final DrugTerms terms;

    DrugLog(
            DrugBooks books,
            StockLots lots,
            DrugDraws draws,
            DrugLogEntries entries,
            CountReviews reviews,
            Rosters rosters,
            Outbox outbox,
            Audit audit,
            BusinessClock clock,
            RuleBook rules) {
        this.books = books;
        this.lots = lots;
        this.draws = draws;
        this.entries = entries;
        this.reviews = reviews;
        this.rosters = rosters;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
        this.terms = rules.read("drug-terms", DrugTerms.class);
    }

    DrugTerms terms() {
        return terms;
    }

    /** The drug's head; a new one for a drug of which nothing was there yet. */
    DrugBook book(String drug) {
        return books.ofDrug(drug).orElseGet(() -> new DrugBook(drug));
    }

    /** @return the line as it was appended */
    DrugLogEntry enter(String drug, Function<DrugBook, DrugLogEntry> change) {
        DrugBook book = book(drug);
        DrugLogEntry line = entries.insert(change.apply(book));
        if (!book.balances()) {
            throw new IllegalStateException("the log of " + drug + " would not balance");
        }
        books.save(book);
        audit.write(
                "log-drug",
                "drug-log/" + line.id(),
                line.patientId(),
                line.number(),
                line.kind().name());
        return line;
    }

    /** Brings the log in step with what a session has taken; the same again changes nothing. */
    void follow(TreatmentSession session, DrugUse use) {
        Map<String, DrugDraw> known = new HashMap<>();
        draws.ofSessions(List.of(session.id())).forEach(draw -> known.put(draw.id(), draw));
        if (terms.controls(session.drug())) {
            DrawUse now = use(session, use);
            Set<String> current = new HashSet<>();
            BigDecimal left = use.givenMg();
            for (DrugUse.Taken taken : use.taken()) {
                String id = session.id() + "|" + taken.at().toEpochMilli() + "|" + taken.by();
                DrugDraw draw = known.get(id);
                current.add(id);
                if (draw == null) {
                    draw = draw(id, session, taken, use.doseBeganAt());
                }
                boolean news = draw.put(now);
                if (left != null) {
                    BigDecimal given = left.min(draw.drawnMg().subtract(draw.wastedMg()));
                    left = left.subtract(given);
                    news |= give(draw, given);
                }
                if (news) {
                    draws.save(draw);
                }
            }
            // drawn once and replaced since
            known.values().stream()
                    .filter(draw -> draw.drug().equals(session.drug()) && !current.contains(draw.id()))
                    .filter(draw -> draw.put(DrawUse.LEFT))
                    .forEach(draws::save);
        }
        for (int i = 0; i < use.rescues().size(); i++) {
            DrugUse.RescueGiven rescue = use.rescues().get(i);
            String id = session.id() + "|rescue|" + i;
            if (terms.controls(rescue.drug()) && !known.containsKey(id)) {
                rescue(id, session, rescue);
            }
        }
    }

    private static DrawUse use(TreatmentSession session, DrugUse use) {
        if (use.givenMg() != null || session.state().over()) {
            return DrawUse.LEFT;
        }
        return use.doseBeganAt() == null ? DrawUse.DRAWN_UP : DrawUse.RUNNING;
    }

    /** What was drawn before a dose that runs, and the log does not know, is no reason to refuse anything any more. */
    private DrugDraw draw(String id, TreatmentSession session, DrugUse.Taken taken, @Nullable Instant doseBeganAt) {
        boolean late = doseBeganAt != null && taken.at().isBefore(doseBeganAt);
        Optional<StockLot> lot = late
                ? lots.ofLot(session.drug(), taken.ndc(), taken.lot()).stream()
                        .filter(one -> one.onHandMg().compareTo(taken.mg()) >= 0)
                        .findFirst()
                : Optional.of(lotFor(session, taken));
        return drawn(
                new DrugDraw(
                        id,
                        session.drug(),
                        lot.map(StockLot::id).orElse(null),
                        session.id(),
                        session.patientId(),
                        taken.mg(),
                        taken.by(),
                        taken.at()),
                lot.orElse(null));
    }

    /** @throws RuleViolation (409) {@code not-in-stock}, {@code for-another-patient}, {@code lot-expired} */
    private StockLot lotFor(TreatmentSession session, DrugUse.Taken taken) {
        LocalDate today = clock.today();
        List<StockLot> ofLot = lots.ofLot(session.drug(), taken.ndc(), taken.lot()).stream()
                .filter(lot -> lot.receivedAt() != null)
                .toList();
        if (ofLot.isEmpty()) {
            throw notInStock("no shipment of this product and lot was received");
        }
        List<StockLot> own =
                ofLot.stream().filter(lot -> lot.isFor(session.patientId())).toList();
        if (own.isEmpty()) {
            throw RuleViolation.conflict("for-another-patient", "this shipment is for one named patient, and another")
                    .withField("lot");
        }
        List<StockLot> fresh =
                own.stream().filter(lot -> !lot.hasExpiredBy(today)).toList();
        if (fresh.isEmpty()) {
            throw RuleViolation.conflict("lot-expired", "the lot has expired").withField("lot");
        }
        // the patient's own shipment before the clinic's
        return fresh.stream()
                .filter(lot -> lot.onHandMg().compareTo(taken.mg()) >= 0)
                .min((a, b) -> Boolean.compare(a.forPatientId() == null, b.forPatientId() == null))
                .orElseThrow(() -> notInStock("the log knows less of this lot on hand than was drawn"));
    }

    private static RuleViolation notInStock(String why) {
        return RuleViolation.conflict("not-in-stock", why).withField("lot");
    }

    private DrugDraw drawn(DrugDraw draw, @Nullable StockLot lot) {
        enter(draw.drug(), book -> book.draw(draw, lot));
        if (lot == null) {
            DrugBook book = book(draw.drug());
            openReview(
                    draw.drug(),
                    ReviewCause.BEYOND_STOCK,
                    book.onHandMg(),
                    book.onHandMg().add(draw.drawnMg()),
                    draw.sessionId());
        } else {
            lots.save(lot);
        }
        return draws.save(draw);
    }

    /** @return whether anything changed; the draw is the caller's to save */
    private boolean give(DrugDraw draw, BigDecimal total) {
        BigDecimal more = total.subtract(draw.givenMg());
        if (more.signum() != 0) {
            Hand hand = Hand.of(Caller.current().name(), clock.instant());
            enter(
                    draw.drug(),
                    book -> more.signum() > 0 ? book.give(draw, more, hand) : book.giveLess(draw, more.negate(), hand));
        }
        return more.signum() != 0;
    }

    /** Never refused: without a lot to take it from, the log says so. */
    private void rescue(String id, TreatmentSession session, DrugUse.RescueGiven rescue) {
        StockLot lot = lots.onHand(List.of(rescue.drug())).stream()
                .filter(one -> one.isFor(session.patientId()) && one.onHandMg().compareTo(rescue.mg()) >= 0)
                .findFirst()
                .orElse(null);
        DrugDraw draw = drawn(
                new DrugDraw(
                        id,
                        rescue.drug(),
                        lot == null ? null : lot.id(),
                        session.id(),
                        session.patientId(),
                        rescue.mg(),
                        rescue.by(),
                        rescue.at()),
                lot);
        give(draw, rescue.mg());
        draws.save(draw);
    }

    CountReview openReview(
            String drug, ReviewCause cause, BigDecimal expectedMg, BigDecimal foundMg, @Nullable String sessionId) {
        Instant now = clock.instant();
        CountReview review = reviews.save(new CountReview(
                Ids.next(),
                drug,
                cause,
                expectedMg,
                foundMg,
                sessionId,
                now,
                rosters.present().businessDayAfter(clock.today(), terms.lossReportBusinessDays())));
        outbox.append(
                review.id(),
                review.version(),
                List.of(new SchedulingEvent.CountDiscrepancyFound(review.id(), drug, expectedMg, foundMg, now)));
        audit.write("open-count-review", "count-review/" + review.id(), null, review.version(), drug);
        return review;
    }

    StockLot lot(String id) {
        return lots.ofClinic(id).orElseThrow(() -> new NotFound("stock-lot", id));
    }

    /** @throws RuleViolation {@code unknown-drug} (422) for one that is not under control */
    void requireControlled(String drug) {
        if (!terms.controls(drug)) {
            throw new RuleViolation("unknown-drug", "the log is kept for controlled drugs alone").withField("drug");
        }
    }
}
