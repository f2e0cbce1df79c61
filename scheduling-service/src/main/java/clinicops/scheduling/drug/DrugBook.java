package clinicops.scheduling.drug;

import clinicops.chassis.RuleViolation;
import clinicops.scheduling.drug.DrugLogEntry.EntryKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * The head of one controlled drug's log: its last number and its sums. Every mg enters and leaves through a method here, which
 * changes the lot or the draw and answers with the line to append; all of it is saved in one transaction, so the log has no gap
 * and its sums are the stock's.
 *
 * <p>Invariant: received + adjusted = on hand + out + given + wasted + returned.
 */
@Document("drug_books")
public final class DrugBook {
    @Id
    private final String drug;

    @Version
    private long version;

    private long lastNumber;
    private BigDecimal onHandMg = BigDecimal.ZERO;
    private BigDecimal outMg = BigDecimal.ZERO;
    private BigDecimal receivedMg = BigDecimal.ZERO;
    private BigDecimal givenMg = BigDecimal.ZERO;
    private BigDecimal wastedMg = BigDecimal.ZERO;
    private BigDecimal returnedMg = BigDecimal.ZERO;
    private BigDecimal adjustedMg = BigDecimal.ZERO;

    DrugBook(String drug) {
        this.drug = drug;
    }

    /** Who did it, and when. */
    record Hand(String by, @Nullable String witness, Instant at) {
        static Hand of(String by, Instant at) {
            return new Hand(by, null, at);
        }
    }

    DrugLogEntry receive(StockLot lot, String number, LocalDate expiresOn, int units, LocalDate today, Hand hand) {
        BigDecimal mg = lot.receive(number, expiresOn, units, today, hand.at());
        receivedMg = receivedMg.add(mg);
        onHandMg = onHandMg.add(mg);
        return line(EntryKind.RECEIVED, lot.id(), null, mg, hand, null);
    }

    /** @param lot null when by the log nothing was there to take it from: the stock is then short, and a review says so */
    DrugLogEntry draw(DrugDraw draw, @Nullable StockLot lot) {
        if (lot != null) {
            lot.take(draw.drawnMg());
        }
        onHandMg = onHandMg.subtract(draw.drawnMg());
        outMg = outMg.add(draw.drawnMg());
        return line(EntryKind.DRAWN, draw.lotId(), draw, draw.drawnMg(), Hand.of(draw.by(), draw.at()), null);
    }

    DrugLogEntry give(DrugDraw draw, BigDecimal mg, Hand hand) {
        draw.give(mg);
        outMg = outMg.subtract(mg);
        givenMg = givenMg.add(mg);
        return line(EntryKind.GIVEN, draw.lotId(), draw, mg, hand, null);
    }

    DrugLogEntry giveLess(DrugDraw draw, BigDecimal mg, Hand hand) {
        draw.giveLess(mg);
        outMg = outMg.add(mg);
        givenMg = givenMg.subtract(mg);
        return line(EntryKind.GIVEN_LESS, draw.lotId(), draw, mg, hand, null);
    }

    /** The rest of a draw, before a witness. */
    DrugLogEntry waste(DrugDraw draw, BigDecimal mg, Hand hand, String reason) {
        draw.waste(mg);
        outMg = outMg.subtract(mg);
        wastedMg = wastedMg.add(mg);
        return line(EntryKind.WASTED, draw.lotId(), draw, mg, witnessed(hand), reason);
    }

    /** What never was drawn: expired, broken, the rest of a single-dose vial. */
    DrugLogEntry waste(StockLot lot, BigDecimal mg, Hand hand, String reason) {
        lot.take(mg);
        onHandMg = onHandMg.subtract(mg);
        wastedMg = wastedMg.add(mg);
        return line(EntryKind.WASTED, lot.id(), null, mg, witnessed(hand), reason);
    }

    DrugLogEntry giveBack(StockLot lot, Hand hand) {
        BigDecimal mg = lot.giveBack(hand.at());
        onHandMg = onHandMg.subtract(mg);
        returnedMg = returnedMg.add(mg);
        return line(EntryKind.RETURNED, lot.id(), null, mg, hand, null);
    }

    DrugLogEntry count(BigDecimal countedMg, Hand hand, String when) {
        return line(EntryKind.COUNTED, null, null, countedMg, witnessed(hand), when);
    }

    /**
     * What a review found.
     *
     * @param lot null only for what had been taken beyond the stock
     * @param mg positive when there is more than the log said
     */
    DrugLogEntry adjust(@Nullable StockLot lot, BigDecimal mg, Hand hand, String reason) {
        if (lot != null) {
            if (mg.signum() < 0) {
                lot.take(mg.negate());
            } else {
                lot.put(mg);
            }
        }
        onHandMg = onHandMg.add(mg);
        adjustedMg = adjustedMg.add(mg);
        return line(EntryKind.ADJUSTED, lot == null ? null : lot.id(), null, mg, hand, reason);
    }

    private static Hand witnessed(Hand hand) {
        if (hand.witness() == null) {
            throw new RuleViolation("witness-missing", "a second person has to see it");
        }
        if (hand.witness().equals(hand.by())) {
            throw secondPerson();
        }
        return hand;
    }

    static RuleViolation secondPerson() {
        return new RuleViolation("second-person", "another person than the first has to confirm it");
    }

    private DrugLogEntry line(
            EntryKind kind,
            @Nullable String lotId,
            @Nullable DrugDraw draw,
            BigDecimal mg,
            Hand hand,
            @Nullable String reason) {
        lastNumber++;
        return new DrugLogEntry(
                DrugLogEntry.id(drug, lastNumber),
                drug,
                lastNumber,
                kind,
                lotId,
                draw == null ? null : draw.id(),
                draw == null ? null : draw.sessionId(),
                draw == null ? null : draw.patientId(),
                mg,
                onHandMg,
                outMg,
                hand.by(),
                hand.witness(),
                reason,
                hand.at());
    }

    /** The invariant; false would be a fault of this program. */
    boolean balances() {
        return receivedMg
                        .add(adjustedMg)
                        .compareTo(
                                onHandMg.add(outMg).add(givenMg).add(wastedMg).add(returnedMg))
                == 0;
    }

    String drug() {
        return drug;
    }

    long version() {
        return version;
    }

    long lastNumber() {
        return lastNumber;
    }

    BigDecimal onHandMg() {
        return onHandMg;
    }

    BigDecimal outMg() {
        return outMg;
    }
}
