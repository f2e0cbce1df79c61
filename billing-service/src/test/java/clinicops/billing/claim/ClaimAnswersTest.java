package clinicops.billing.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clinicops.billing.claim.ClaimAnswer.Adjustment;
import clinicops.billing.claim.ClaimAnswer.Group;
import clinicops.billing.claim.ClaimAnswers.Answered;
import clinicops.billing.fee.ChargeLine;
import clinicops.billing.ledger.Account;
import clinicops.billing.ledger.Ledger;
import clinicops.billing.ledger.LedgerAccount;
import clinicops.billing.ledger.LedgerTransaction;
import clinicops.billing.money.Usd;
import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.Event;
import clinicops.outbox.Ids;
import clinicops.outbox.Outbox;
import clinicops.outbox.Transactions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** Answers that come at the same time, to the same claims and patients, and a database that fails in the middle. */
@ServiceTest(database = "billing")
class ClaimAnswersTest {
    private static final int WRITERS = 8;
    private static final String PAYER = "AETNA";

    @Autowired
    private ApplicationContext context;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private ClaimAnswers answers;

    @Autowired
    private Ledger ledger;

    @Autowired
    private BusinessClock clock;

    @AfterEach
    void nobodyAsks() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void takesTheSameAnswerAgainAsTheSameAndRefusesAnother() {
        Claim claim = claim(Ids.next(), 45_000);
        InsurersAnswer paid = paid(claim, "N-" + claim.id(), 40_000);

        assertThat(answers.sent(paid).first()).isTrue();
        Answered again = answers.sent(paid);

        assertThat(again.first()).isFalse();
        assertThat(again.claim().version()).isEqualTo(2);
        refuses("already-answered", paid(claim, "N-" + claim.id(), 39_999));
        refuses("already-answered", paid(claim, "another number", 40_000));
        assertThat(events(claim.id())).hasSize(1);
        assertThat(auditRows(claim.id())).hasSize(1);
    }

    @Test
    void refusesANumberThatAnsweredAnotherClaim() {
        String patient = Ids.next();
        Claim first = claim(patient, 45_000);
        Claim second = claim(patient, 45_000);
        answers.sent(paid(first, "N-" + first.id(), 45_000));

        refuses("already-answered", paid(second, "N-" + first.id(), 45_000));
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(() -> answers.typed(
                        second.id(),
                        "\"1\"",
                        paid(second, "N-" + first.id(), 45_000).answer()))
                .extracting(RuleViolation::rule)
                .isEqualTo("already-answered");
        assertThat(answers.sent(paid(second, "N-" + second.id(), 45_000)).first())
                .isTrue();
    }

    @Test
    void anotherPayersOrPatientsClaimIsNotTheirs() {
        Claim claim = claim(Ids.next(), 45_000);
        ClaimAnswer answer = paid(claim, "N-" + claim.id(), 45_000).answer();

        assertThatExceptionOfType(NotFound.class)
                .isThrownBy(() -> answers.sent(new InsurersAnswer(claim.id(), "CIGNA", claim.patientId(), 0, answer)));
        assertThatExceptionOfType(NotFound.class)
                .isThrownBy(() -> answers.sent(new InsurersAnswer("no-claim", PAYER, claim.patientId(), 0, answer)));
        refuses("patient-of-claim", new InsurersAnswer(claim.id(), PAYER, "somebody", 0, answer));
        refuses("item-of-claim", new InsurersAnswer(claim.id(), PAYER, claim.patientId(), 2, answer));
        assertThat(events(claim.id())).isEmpty();
    }

    @Test
    void everyClaimIsAnsweredOnceToTheCentWhateverComesTogetherAndBreaks() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var patients = new ArrayList<String>();
        var claims = new LinkedHashMap<String, Claim>();
        for (int p = 0; p < 12; p++) {
            String patient = Ids.next();
            patients.add(patient);
            for (int c = 0; c < 15; c++) {
                Claim claim = claim(patient, 1_000 + random.nextInt(100_000));
                claims.put(claim.id(), claim);
            }
        }
        Queue<InsurersAnswer> todo = new ConcurrentLinkedQueue<>(sentAnswers(claims.values(), random));
        Map<String, List<ClaimAnswer>> taken = new ConcurrentHashMap<>();
        Map<String, String> takenFor = new ConcurrentHashMap<>();
        var breaks = new AtomicInteger();
        var fragile = new FragileOutbox(context.getBean(Outbox.class), new Random(seed + 1), breaks);
        var deep = new ClaimAnswers(
                ledger, context.getBean(Transactions.class), fragile, context.getBean(Audit.class), mongo, clock);
        try (var people = Executors.newFixedThreadPool(WRITERS + 1)) {
            var work = new ArrayList<Future<?>>();
            for (int w = 0; w < WRITERS; w++) {
                String insurer = "insurer-" + w;
                work.add(people.submit(() -> {
                    as(insurer);
                    for (InsurersAnswer next = todo.poll(); next != null; next = todo.poll()) {
                        if (sendUntilDecided(deep, next)) {
                            taken.computeIfAbsent(next.claimId(), _ -> Collections.synchronizedList(new ArrayList<>()))
                                    .add(next.answer());
                            takenFor.put(next.claimId(), insurer);
                        }
                    }
                }));
            }
            // the front desk takes money meanwhile, from the same patients
            work.add(people.submit(() -> {
                for (int i = 0; !todo.isEmpty(); i++) {
                    String payment = Ids.next();
                    try {
                        ledger.change(
                                patients.get(i % patients.size()),
                                "payment",
                                (account, now) -> account.pay(payment, new Usd(7), "cash", now));
                    } catch (org.springframework.dao.DataAccessException crowded) {
                        // five conflicts in a row: they come again
                    }
                }
            }));
            for (Future<?> each : work) {
                each.get();
            }
        } finally {
            deep.destroy();
        }

        assertThat(breaks).as("seed %d", seed).hasPositiveValue();
        assertThat(taken.keySet()).as("seed %d", seed).isEqualTo(claims.keySet());
        for (Claim claim : mongo.find(Query.query(Criteria.where("_id").in(claims.keySet())), Claim.class)) {
            assertThat(taken.get(claim.id())).as("seed %d", seed).containsExactly(claim.answer());
            assertThat(claim.version()).isEqualTo(2);
            assertThat(events(claim.id())).as("seed %d", seed).hasSize(1);
            assertThat(auditRows(claim.id()))
                    .as("seed %d", seed)
                    .extracting(row -> row.getString("who"))
                    .containsExactly(takenFor.get(claim.id()));
        }
        for (String patient : patients) {
            balances(patient, seed);
        }
    }

    /** The account says what its postings say, nothing is lost between accounts, and its events count up without a gap. */
    private void balances(String patient, long seed) {
        Account account = mongo.find(Query.query(Criteria.where("_id").is(patient)), Account.class)
                .getFirst();
        var posted = mongo.find(Query.query(Criteria.where("patientId").is(patient)), LedgerTransaction.class);
        long all = 0;
        for (LedgerAccount each : LedgerAccount.values()) {
            Usd sum = Usd.sum(posted.stream().map(t -> t.on(each)).toList());
            assertThat(account.total(each)).as("seed %d, %s", seed, each).isEqualTo(sum);
            all += sum.cents();
        }
        assertThat(all).isZero();
        var claims = mongo.find(Query.query(Criteria.where("patientId").is(patient)), Claim.class);
        long disputed = claims.stream()
                .filter(c -> c.status() == Claim.Status.DENIED)
                .mapToLong(c -> c.charged().cents())
                .sum();
        assertThat(account.total(LedgerAccount.INSURANCE_RECEIVABLE).cents()).isEqualTo(disputed);
        assertThat(account.openClaims()).isEqualTo((int)
                claims.stream().filter(c -> c.status() == Claim.Status.DENIED).count());
        assertThat(posted.stream()
                        .filter(t -> t.kind() == LedgerTransaction.Kind.ADJUDICATION)
                        .map(LedgerTransaction::cause))
                .doesNotHaveDuplicates()
                .hasSize((int) claims.stream()
                        .filter(c -> c.status() == Claim.Status.PAID)
                        .count());
        var sequences = new HashMap<Long, Integer>();
        mongo.getCollection("outbox")
                .find(new Document("subject", patient).append("type", "billing.balance-changed.v1"))
                .forEach(row -> sequences.merge(row.getLong("sequence"), 1, Integer::sum));
        assertThat(sequences.values()).containsOnly(1);
        assertThat(Collections.max(sequences.keySet())).isEqualTo(account.version());
    }

    /** Of each claim one to three answers, some of them the same, some not, in any order. */
    private List<InsurersAnswer> sentAnswers(Iterable<Claim> claims, Random random) {
        var sent = new ArrayList<InsurersAnswer>();
        for (Claim claim : claims) {
            InsurersAnswer first = anyAnswer(claim, random);
            sent.add(first);
            if (random.nextInt(3) == 0) {
                sent.add(first);
            }
            if (random.nextInt(3) == 0) {
                sent.add(anyAnswer(claim, random));
            }
        }
        Collections.shuffle(sent, random);
        return sent;
    }

    private InsurersAnswer anyAnswer(Claim claim, Random random) {
        long charged = claim.charged().cents();
        String number = "N-" + Ids.next();
        if (random.nextInt(4) == 0) {
            var refused = new Adjustment(Group.CO, "50", claim.charged());
            return sent(
                    claim,
                    new ClaimAnswer(ClaimAnswer.Outcome.DENIED, Usd.ZERO, List.of(refused), number, clock.today()));
        }
        long off = random.nextLong(charged / 2);
        long share = random.nextLong(charged / 2);
        return sent(
                claim,
                new ClaimAnswer(
                        ClaimAnswer.Outcome.PAID,
                        new Usd(charged - off - share),
                        List.of(
                                new Adjustment(Group.CO, "45", new Usd(off)),
                                new Adjustment(Group.PR, "2", new Usd(share))),
                        number,
                        clock.today()));
    }

    /** As an insurer does: sends it until it is taken or refused. */
    private static boolean sendUntilDecided(ClaimAnswers to, InsurersAnswer answer) {
        while (true) {
            try {
                return to.sent(answer).first();
            } catch (RuleViolation refused) {
                return false;
            } catch (Broken | org.springframework.dao.DataAccessException again) {
                // nothing was done
            }
        }
    }

    private void refuses(String rule, InsurersAnswer answer) {
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(() -> answers.sent(answer))
                .extracting(RuleViolation::rule)
                .isEqualTo(rule);
    }

    private static InsurersAnswer paid(Claim claim, String number, long cents) {
        return sent(
                claim,
                new ClaimAnswer(
                        ClaimAnswer.Outcome.PAID,
                        new Usd(cents),
                        List.of(new Adjustment(Group.PR, "2", claim.charged().minus(new Usd(cents)))),
                        number,
                        claim.serviceDate()));
    }

    private static InsurersAnswer sent(Claim claim, ClaimAnswer answer) {
        return new InsurersAnswer(claim.id(), PAYER, claim.patientId(), 1, answer);
    }

    private Claim claim(String patient, long cents) {
        String session = Ids.next();
        var line = new ChargeLine("96365", "IV infusion", 1, new Usd(cents), null, "40 min", "rules 1", "fees 1");
        Claim claim = mongo.insert(new Claim(
                Ids.next(),
                0,
                patient,
                session,
                "coverage",
                PAYER,
                "W123",
                null,
                "F33.2",
                clock.today(),
                List.of(line),
                clock.instant(),
                Claim.Status.SUBMITTED,
                null,
                null));
        ledger.change(patient, "claim-submitted", (account, now) -> {
            account.await(session);
            account.chargeInsurance(claim.id(), claim.charged(), now);
            return List.of();
        });
        return claim;
    }

    private List<Document> events(String claim) {
        return mongo.getCollection("outbox")
                .find(new Document("subject", claim))
                .into(new ArrayList<>());
    }

    private List<Document> auditRows(String claim) {
        return mongo.getCollection("audit")
                .find(new Document("resource", "claim/" + claim).append("what", "answer-claim"))
                .into(new ArrayList<>());
    }

    private static void as(String who) {
        var callers = SecurityContextHolder.createEmptyContext();
        callers.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(who, null, List.of()));
        SecurityContextHolder.setContext(callers);
    }

    private static final class Broken extends RuntimeException {}

    /** Breaks now and then in the middle of the transaction: before its rows are written, or after. */
    private record FragileOutbox(Outbox outbox, Random random, AtomicInteger breaks) implements Outbox {
        @Override
        public void append(String subject, long sequence, List<? extends Event> events) {
            outbox.append(subject, sequence, events);
        }

        @Override
        public void appendContact(String patientId, long sequence, String sealed) {
            outbox.appendContact(patientId, sequence, sealed);
        }

        @Override
        public Gathered gather() {
            Gathered gathered = outbox.gather();
            return new Gathered() {
                @Override
                public void append(String subject, long sequence, List<? extends Event> events) {
                    gathered.append(subject, sequence, events);
                }

                @Override
                public void appendContact(String patientId, long sequence, String sealed) {
                    gathered.appendContact(patientId, sequence, sealed);
                }

                @Override
                public void store() {
                    maybeBreak();
                    gathered.store();
                    maybeBreak();
                }
            };
        }

        private void maybeBreak() {
            if (random.nextInt(10) == 0) {
                breaks.incrementAndGet();
                throw new Broken();
            }
        }
    }
}
