package clinicops.scheduling.standingorder;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.contracts.SchedulingEvent;
import clinicops.scheduling.protocol.Protocol;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.session.DrugUse;
import clinicops.scheduling.session.SessionFollower;
import clinicops.scheduling.session.TreatmentSession;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Component;

/** Flags every rescue drug that no signed standing order covers; refuses none. */
@Component
class StandingOrders implements SessionFollower, InitializingBean {
    private final StandingOrderSignatures signatures;
    private final OrdersToSign toSign;
    private final StandingOrderTerms terms;
    private final Protocol protocol;
    private final Audit audit;
    private final BusinessClock clock;
    private final MongoTemplate mongo;

    StandingOrders(
            StandingOrderSignatures signatures,
            OrdersToSign toSign,
            RuleBook rules,
            Protocol protocol,
            Audit audit,
            BusinessClock clock,
            MongoTemplate mongo) {
        this.signatures = signatures;
        this.toSign = toSign;
        this.terms = rules.read("standing-orders", StandingOrderTerms.class);
        this.protocol = protocol;
        this.audit = audit;
        this.clock = clock;
        this.mongo = mongo;
    }

    @Override
    public void afterPropertiesSet() {
        mongo.indexOps(StandingOrderSignature.class)
                .createIndex(new Index("drug", Direction.ASC)
                        .on("validUntil", Direction.DESC)
                        .on("_id", Direction.DESC)
                        .named("newest"));
        var orders = mongo.indexOps(OrderToSign.class);
        orders.createIndex(
                new Index("sessionId", Direction.ASC).on("_id", Direction.ASC).named("session"));
        orders.createIndex(new Index("signedAt", Direction.ASC)
                .on("givenAt", Direction.ASC)
                .named("waiting"));
    }

    StandingOrderTerms terms() {
        return terms;
    }

    /** The newest signature under a drug's order; it may have ended. */
    Optional<StandingOrderSignature> signature(String drug) {
        return signatures.newest(drug, Limit.of(1)).stream().findFirst();
    }

    @Override
    public void followed(TreatmentSession session, List<SchedulingEvent> events) {
        List<DrugUse.RescueGiven> rescues = session.drugUse(protocol).rescues();
        if (rescues.isEmpty()) {
            return;
        }
        // a rescue drug is judged once, on the day on which it is put on record
        if (events.stream().noneMatch(SchedulingEvent.RescueDrugGiven.class::isInstance)) {
            return;
        }
        Set<String> known =
                toSign.ofSession(session.id()).stream().map(OrderToSign::id).collect(Collectors.toSet());
        int number = rescues.size();
        String id = session.id() + "-" + number;
        DrugUse.RescueGiven last = rescues.getLast();
        String why = uncovered(last);
        if (why != null && !known.contains(id)) {
            OrderToSign order = toSign.save(new OrderToSign(
                    id,
                    0,
                    session.id(),
                    session.patientId(),
                    last.drug(),
                    last.mg(),
                    why,
                    last.by(),
                    last.at(),
                    null,
                    null));
            audit.write("order-to-be-signed", "order-to-sign/" + id, session.patientId(), order.version(), why);
        }
    }

    private @Nullable String uncovered(DrugUse.RescueGiven rescue) {
        LocalDate day = LocalDate.ofInstant(rescue.at(), clock.clinicZone());
        if (signature(rescue.drug())
                .filter(signed -> !day.isAfter(signed.validUntil()))
                .isEmpty()) {
            return "not-signed";
        }
        return terms.of(rescue.drug())
                        .filter(order -> rescue.mg().compareTo(order.mostMg()) <= 0)
                        .isPresent()
                ? null
                : "above-order";
    }
}
