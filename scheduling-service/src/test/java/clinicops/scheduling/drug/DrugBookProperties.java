package clinicops.scheduling.drug;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.RuleViolation;
import clinicops.scheduling.drug.DrugBook.Hand;
import clinicops.scheduling.drug.DrugLogEntry.EntryKind;
import clinicops.scheduling.drug.StockLot.Container;
import clinicops.scheduling.drug.StockLot.Supply;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Whatever is received, drawn, given, wasted, returned or adjusted, in whatever order: the log's sums are the stock's. */
class DrugBookProperties {
    private static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");
    private static final Hand TWO = new Hand("nora", "nick", NOW);

    /** @param which lot or draw it is about, modulo how many there are */
    record Deed(String what, int which, BigDecimal mg) {}

    @Provide
    Arbitrary<List<Deed>> days() {
        return Combinators.combine(
                        Arbitraries.of(
                                "receive",
                                "draw",
                                "draw-beyond",
                                "give",
                                "give-less",
                                "waste-draw",
                                "waste-lot",
                                "return",
                                "adjust",
                                "count"),
                        Arbitraries.integers().between(0, 20),
                        Arbitraries.bigDecimals()
                                .between(new BigDecimal("0.1"), new BigDecimal("300"))
                                .ofScale(1))
                .as(Deed::new)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 500)
    void theLogBalancesAfterAnySequence(@ForAll("days") List<Deed> deeds) {
        DrugBook book = new DrugBook("ketamine");
        List<StockLot> lots = new ArrayList<>();
        List<DrugDraw> draws = new ArrayList<>();
        List<DrugLogEntry> log = new ArrayList<>();
        BigDecimal beyond = BigDecimal.ZERO;
        for (Deed deed : deeds) {
            StockLot lot = lots.isEmpty() ? null : lots.get(deed.which() % lots.size());
            DrugDraw draw = draws.isEmpty() ? null : draws.get(deed.which() % draws.size());
            DrugLogEntry line = attempt(() -> done(deed, book, lots, lot, draws, draw));
            if (line != null) {
                log.add(line);
                if (line.kind() == EntryKind.DRAWN && line.lotId() == null) {
                    beyond = beyond.add(line.mg());
                }
            }

            assertThat(book.balances()).isTrue();
            assertThat(log.stream().map(DrugLogEntry::number))
                    .containsExactlyElementsOf(java.util.stream.LongStream.rangeClosed(1, log.size())
                            .boxed()
                            .toList());
            // what the log says is on hand is in the lots, but for what was taken beyond them
            assertThat(book.onHandMg().add(beyond))
                    .isEqualByComparingTo(
                            lots.stream().map(StockLot::onHandMg).reduce(BigDecimal.ZERO, BigDecimal::add));
            assertThat(book.outMg())
                    .isEqualByComparingTo(
                            draws.stream().map(DrugDraw::openMg).reduce(BigDecimal.ZERO, BigDecimal::add));
            assertThat(lots).allSatisfy(one -> assertThat(one.onHandMg()).isNotNegative());
            assertThat(draws).allSatisfy(one -> {
                assertThat(one.openMg()).isNotNegative();
                assertThat(one.isOpen()).isEqualTo(one.openMg().signum() != 0);
            });
            // the lines alone tell the same as the head
            assertThat(replayed(log)).isEqualByComparingTo(book.onHandMg());
        }
    }

    private static @Nullable DrugLogEntry done(
            Deed deed,
            DrugBook book,
            List<StockLot> lots,
            @Nullable StockLot lot,
            List<DrugDraw> draws,
            @Nullable DrugDraw draw) {
        return switch (deed.what()) {
            case "receive" -> {
                StockLot fresh = new StockLot(
                        "lot-" + lots.size(),
                        "ketamine",
                        "42023-0113-10",
                        Container.VIAL,
                        deed.mg(),
                        Supply.BUY_AND_BILL,
                        null,
                        5,
                        NOW,
                        null);
                DrugLogEntry line = book.receive(fresh, "KET26A", TODAY.plusYears(1), 5, TODAY, Hand.of("nora", NOW));
                lots.add(fresh);
                yield line;
            }
            case "draw", "draw-beyond" -> {
                StockLot from = deed.what().equals("draw") ? lot : null;
                if (from == null && deed.what().equals("draw")) {
                    yield null;
                }
                DrugDraw fresh = new DrugDraw(
                        "draw-" + draws.size(),
                        "ketamine",
                        from == null ? null : from.id(),
                        "session",
                        "patient",
                        deed.mg(),
                        "nora",
                        NOW);
                DrugLogEntry line = book.draw(fresh, from);
                draws.add(fresh);
                yield line;
            }
            case "give" -> draw == null ? null : book.give(draw, deed.mg(), Hand.of("nora", NOW));
            case "give-less" ->
                draw == null || draw.givenMg().signum() == 0
                        ? null
                        : book.giveLess(draw, draw.givenMg().min(deed.mg()), Hand.of("nora", NOW));
            case "waste-draw" -> draw == null ? null : book.waste(draw, deed.mg(), TWO, "rest-of-draw");
            case "waste-lot" -> lot == null ? null : book.waste(lot, deed.mg(), TWO, "broken");
            case "return" -> lot == null ? null : book.giveBack(lot, Hand.of("nora", NOW));
            case "adjust" ->
                lot == null
                        ? null
                        : book.adjust(
                                lot,
                                deed.which() % 2 == 0 ? deed.mg() : deed.mg().negate(),
                                Hand.of("paula", NOW),
                                "minor-loss");
            default -> book.count(deed.mg(), TWO, "closing");
        };
    }

    /** What a rule refuses leaves everything as it was. */
    private static @Nullable DrugLogEntry attempt(Supplier<@Nullable DrugLogEntry> deed) {
        try {
            return deed.get();
        } catch (RuleViolation refused) {
            return null;
        }
    }

    private static BigDecimal replayed(List<DrugLogEntry> log) {
        BigDecimal onHand = BigDecimal.ZERO;
        for (DrugLogEntry line : log) {
            onHand = switch (line.kind()) {
                case RECEIVED, ADJUSTED -> onHand.add(line.mg());
                case DRAWN, RETURNED -> onHand.subtract(line.mg());
                case WASTED -> line.drawId() == null ? onHand.subtract(line.mg()) : onHand;
                case GIVEN, GIVEN_LESS, COUNTED -> onHand;
            };
        }
        return onHand;
    }
}
