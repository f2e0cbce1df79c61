package clinicops.billing.claim;

import clinicops.billing.ledger.Ledger;
import clinicops.billing.together.AggregateWrites;
import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.StaleVersion;
import clinicops.chassis.VersionRequired;
import clinicops.chassis.Versions;
import clinicops.chassis.together.GroupCommit;
import clinicops.chassis.together.GroupCommit.Asked;
import clinicops.chassis.together.GroupCommit.Outcome;
import clinicops.contracts.BillingEvent;
import clinicops.outbox.Outbox;
import clinicops.outbox.Transactions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/**
 * Takes insurers' answers, typed by a biller or sent by the insurer, and commits those that come at the same time together:
 * claim, account, postings, events and audit row of each are written in one transaction, by one round trip per collection.
 */
@Component
public class ClaimAnswers implements DisposableBean {
    private static final int MOST_TOGETHER = 64;
    private static final int MOST_WAITING = 256;

    private final Ledger ledger;
    private final Transactions transactions;
    private final Outbox outbox;
    private final Audit audit;
    private final MongoOperations mongo;
    private final BusinessClock clock;
    private final GroupCommit<Given, Answered> commits;

    ClaimAnswers(
            Ledger ledger,
            Transactions transactions,
            Outbox outbox,
            Audit audit,
            MongoOperations mongo,
            BusinessClock clock) {
        this.ledger = ledger;
        this.transactions = transactions;
        this.outbox = outbox;
        this.audit = audit;
        this.mongo = mongo;
        this.clock = clock;
        this.commits = new GroupCommit<>("answers", MOST_TOGETHER, MOST_WAITING, this::take);
    }

    /** @param first false when the same answer had been taken before: nothing was written then */
    public record Answered(Claim claim, boolean first) {}

    /** An answer and the door that it came by. */
    private sealed interface Given {
        String claimId();

        ClaimAnswer answer();
    }

    private record Typed(String claimId, @Nullable String ifMatch, ClaimAnswer answer) implements Given {}

    private record Sent(InsurersAnswer sent) implements Given {
        @Override
        public String claimId() {
            return sent.claimId();
        }

        @Override
        public ClaimAnswer answer() {
            return sent.answer();
        }
    }

    /** A payer's own number of a claim: it answers one claim only. */
    private record Number(String payerCode, String payerClaimNumber) {}

    /**
     * A biller typed what the insurer wrote.
     *
     * @throws NotFound when there is no such claim
     * @throws RuleViolation as {@link Claim#answer}
     */
    Claim typed(String claimId, @Nullable String ifMatch, ClaimAnswer answer) {
        return commit(new Typed(claimId, ifMatch, answer)).claim();
    }

    /**
     * The insurer sent it. Its number of the claim is the natural key: the same answer again is answered as the first time.
     *
     * @throws NotFound when there is no such claim, or it is another payer's
     * @throws RuleViolation as {@link Claim#answer}; {@code already-answered} also when the number answered another claim;
     *     {@code patient-of-claim}, {@code item-of-claim}
     */
    public Answered sent(InsurersAnswer answer) {
        return commit(new Sent(answer));
    }

    private Answered commit(Given given) {
        try {
            return commits.take(given);
        } catch (DuplicateKeyException e) {
            throw numberUsed();
        }
    }

    private static RuleViolation numberUsed() {
        return RuleViolation.conflict(
                        "already-answered", "the payer's claim number stands on the answer to another claim")
                .withField("payerClaimNumber");
    }

    private List<Outcome<Answered>> take(List<Asked<Given>> asked) {
        return transactions.inTransaction(() -> {
            var group = new Group(asked.stream().map(Asked::what).toList());
            var outcomes = new ArrayList<Outcome<Answered>>(asked.size());
            for (Asked<Given> each : asked) {
                outcomes.add(each.onBehalf(() -> group.take(each.what())));
            }
            group.store();
            return outcomes;
        });
    }

    /** The answers of one transaction, one after the other: each sees what those before it did. */
    private final class Group {
        private final Map<String, Claim> claims = new HashMap<>();
        private final Map<Number, String> answeredBy = new HashMap<>();
        private final AggregateWrites<Claim> writes = new AggregateWrites<>(mongo, Claim.class);
        private final Outbox.Gathered events = outbox.gather();
        private final Audit.Gathered auditRows = audit.gather();
        private final Ledger.OpenAccounts accounts;

        Group(List<Given> answers) {
            for (Claim claim : mongo.find(namedBy(answers), Claim.class)) {
                claims.put(claim.id(), claim);
                note(claim);
            }
            Set<String> patients = new HashSet<>();
            for (Given given : answers) {
                Claim claim = claims.get(given.claimId());
                if (claim != null && claim.status() == Claim.Status.SUBMITTED) {
                    patients.add(claim.patientId());
                }
            }
            accounts = ledger.open(patients, events);
        }

        Outcome<Answered> take(Given given) {
            Claim claim;
            List<BillingEvent> told;
            try {
                claim = admitted(given);
                if (given instanceof Sent && given.answer().sameAs(claim.answer())) {
                    return new Outcome.Done<>(new Answered(claim, false));
                }
                requireFreeNumber(claim, given.answer());
                told = claim.answer(given.answer(), clock.today(), clock.instant());
            } catch (NotFound | RuleViolation | StaleVersion | VersionRequired refused) {
                // before anything was changed: the group goes on
                return new Outcome.Refused<>(refused);
            }
            post(claim, given.answer(), told);
            return new Outcome.Done<>(new Answered(claim, true));
        }

        /** A failure in here is the whole group's: nothing of it may be stored. */
        private void post(Claim claim, ClaimAnswer answer, List<BillingEvent> told) {
            long version = writes.changed(claim);
            note(claim);
            events.append(claim.id(), version, told);
            if (answer.outcome() == ClaimAnswer.Outcome.PAID) {
                accounts.change(claim.patientId(), "claim-paid", (account, now) -> {
                    account.adjudicate(
                            claim.id(),
                            claim.sessionId(),
                            claim.charged(),
                            answer.paid(),
                            answer.takenOff(),
                            answer.patientOwes(),
                            now);
                    return List.of();
                });
            }
            auditRows.write("answer-claim", "claim/" + claim.id(), claim.patientId(), version, null);
        }

        void store() {
            writes.store();
            accounts.store();
            events.store();
            auditRows.store();
        }

        private Claim admitted(Given given) {
            Claim claim = claims.get(given.claimId());
            if (claim == null) {
                throw new NotFound("claim", given.claimId());
            }
            switch (given) {
                case Typed typed -> Versions.require(typed.ifMatch(), claim.version(), "claim/" + claim.id());
                case Sent(InsurersAnswer sent) -> claim.requireAnswerable(sent);
            }
            return claim;
        }

        private void requireFreeNumber(Claim claim, ClaimAnswer answer) {
            String other = answeredBy.get(new Number(claim.payerCode(), answer.payerClaimNumber()));
            if (other != null && !other.equals(claim.id())) {
                throw numberUsed();
            }
        }

        private void note(Claim claim) {
            ClaimAnswer answer = claim.answer();
            if (answer != null) {
                answeredBy.put(new Number(claim.payerCode(), answer.payerClaimNumber()), claim.id());
            }
        }
    }

    /** The claims that are answered, and those that were answered by one of the insurers' numbers. */
    static Query namedBy(List<? extends Given> answers) {
        Map<String, Set<String>> numbers = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (Given given : answers) {
            ids.add(given.claimId());
            if (given instanceof Sent(InsurersAnswer sent)) {
                numbers.computeIfAbsent(sent.payerCode(), _ -> new HashSet<>())
                        .add(sent.answer().payerClaimNumber());
            }
        }
        var any = new ArrayList<Criteria>();
        any.add(Criteria.where("_id").in(ids));
        numbers.forEach((payer, of) -> any.add(Criteria.where("payerCode")
                .is(payer)
                .and("answer.payerClaimNumber")
                .in(of)));
        return Query.query(new Criteria().orOperator(any));
    }

    @Override
    public void destroy() {
        commits.close();
    }
}
