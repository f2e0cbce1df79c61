package clinicops.scheduling.dayclose;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.contracts.BillingEvent;
import clinicops.outbox.Received;
import clinicops.outbox.Transactions;
import clinicops.scheduling.dayclose.DayClose.CloseItem;
import clinicops.scheduling.dayclose.DayClose.CloseLine;
import clinicops.scheduling.drug.DrugDay;
import clinicops.scheduling.session.SessionState;
import clinicops.scheduling.session.Sessions;
import clinicops.scheduling.session.TreatmentSession;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Component;

/** Compares what the day's records say with each other, and with what people counted. */
@Component
public class DayCloseDesk implements InitializingBean {
    private static final int MOST_SESSIONS = 500;

    private final DayCloses closes;
    private final MoneysTaken moneys;
    private final SessionCharges charges;
    private final Sessions sessions;
    private final DrugDay drugs;
    private final Transactions transactions;
    private final Audit audit;
    private final BusinessClock clock;
    private final MongoTemplate mongo;

    DayCloseDesk(
            DayCloses closes,
            MoneysTaken moneys,
            SessionCharges charges,
            Sessions sessions,
            DrugDay drugs,
            Transactions transactions,
            Audit audit,
            BusinessClock clock,
            MongoTemplate mongo) {
        this.closes = closes;
        this.moneys = moneys;
        this.charges = charges;
        this.sessions = sessions;
        this.drugs = drugs;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
        this.mongo = mongo;
    }

    @Override
    public void afterPropertiesSet() {
        mongo.indexOps(MoneyTaken.class)
                .createIndex(
                        new Index("day", Direction.ASC).on("_id", Direction.ASC).named("day"));
        // a collection must not begin inside a transaction
        if (!mongo.collectionExists(SessionCharge.class)) {
            mongo.createCollection(SessionCharge.class);
        }
        mongo.indexOps(DayClose.class)
                .createIndex(new Index("day", Direction.ASC).unique().named("day"));
    }

    /** Billing took money; call inside the event's transaction. */
    public void hear(Received<BillingEvent.PaymentReceived> received) {
        BillingEvent.PaymentReceived payment = received.event();
        moneys.save(new MoneyTaken(
                payment.paymentId(),
                LocalDate.ofInstant(payment.receivedAt(), clock.clinicZone()),
                payment.method(),
                payment.amount().cents(),
                payment.receivedAt()));
    }

    /** Billing made a session's charges; call inside the event's transaction. */
    public void charged(Received<BillingEvent.SessionCharged> received) {
        charges.save(
                new SessionCharge(received.event().sessionId(), received.event().chargedAt()));
    }

    DayClose day(LocalDate day) {
        return closes.ofDay(day).orElseGet(() -> new DayClose(day.toString(), day));
    }

    /** @param ifMatch left out while nothing is on record of the day */
    DayClose change(LocalDate day, @Nullable String ifMatch, String action, Consumer<DayClose> change) {
        if (day.isAfter(clock.today())) {
            throw new RuleViolation("in-the-future", "that day is still to come").withField("day");
        }
        return transactions.inTransaction(() -> {
            DayClose close = day(day);
            if (close.version() > 0 || ifMatch != null) {
                Versions.require(ifMatch, close.version(), "day-close/" + day);
            }
            change.accept(close);
            DayClose saved = closes.save(close);
            audit.write(action, "day-close/" + day, null, saved.version(), null);
            return saved;
        });
    }

    DayClose close(LocalDate day, @Nullable String ifMatch) {
        return change(
                day,
                ifMatch,
                "close-day",
                close -> close.close(lines(close), Caller.current().name(), clock.instant()));
    }

    /** As they were when the day was closed, else as they are now. */
    List<CloseLine> lines(DayClose close) {
        List<CloseLine> kept = close.closedLines();
        if (kept != null) {
            return kept;
        }
        LocalDate day = close.day();
        List<TreatmentSession> ofDay = sessions.between(
                day.atStartOfDay(clock.clinicZone()).toInstant().toString(),
                day.plusDays(1).atStartOfDay(clock.clinicZone()).toInstant().toString(),
                Limit.of(MOST_SESSIONS));
        List<TreatmentSession> treated = ofDay.stream()
                .filter(session -> session.state() != SessionState.CANCELLED && session.state() != SessionState.NO_SHOW)
                .toList();
        long over = treated.stream().filter(session -> session.state().over()).count();
        long signed = treated.stream().filter(TreatmentSession::noteSigned).count();
        // who left against advice or was transferred is not charged
        List<String> toCharge = treated.stream()
                .filter(session -> session.state() == SessionState.DISCHARGED)
                .map(TreatmentSession::id)
                .toList();
        List<MoneyTaken> taken = moneys.onDay(day);
        DrugDay.Left left = drugs.left(day);
        int drugsOpen = left.openDraws() + left.wastesWaiting();
        int countsOpen = left.notCounted().size() + left.openReviews();
        return List.of(
                line(close, CloseItem.SESSIONS, treated.size(), over),
                line(close, CloseItem.NOTES, treated.size(), signed),
                line(close, CloseItem.CHARGES, toCharge.size(), charges.among(toCharge)),
                line(close, CloseItem.CASH, sum(taken, "cash"), close.countedCashCents()),
                line(close, CloseItem.CARD, sum(taken, "card"), close.countedCardCents()),
                line(close, CloseItem.DRUG_DRAWS, 0, (long) drugsOpen),
                line(close, CloseItem.DRUG_COUNT, 0, (long) countsOpen));
    }

    private static CloseLine line(DayClose close, CloseItem what, long expected, @Nullable Long found) {
        boolean balances = Objects.equals(found, expected);
        long left = found == null ? expected : Math.abs(expected - found);
        return new CloseLine(what, balances, expected, found, left, close.owner(what));
    }

    private static long sum(List<MoneyTaken> taken, String method) {
        return taken.stream()
                .filter(money -> money.method().equals(method))
                .mapToLong(MoneyTaken::cents)
                .sum();
    }
}
