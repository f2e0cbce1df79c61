package clinicops.scheduling.home;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.outbox.Ids;
import clinicops.outbox.Outbox;
import clinicops.outbox.Transactions;
import clinicops.scheduling.home.HomeController.CountedRequest;
import clinicops.scheduling.home.HomeController.PrescriptionRequest;
import clinicops.scheduling.home.HomePrescription.Tablets;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.readiness.PatientFacts;
import clinicops.scheduling.readiness.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Component;

/** Prescribes tablets for home, by what the clinic knows of the patient, and keeps the patient's own counts. */
@Component
class HomeDesk implements InitializingBean {
    private final HomePrescriptions prescriptions;
    private final Readiness readiness;
    private final ObjectProvider<PrescriptionFollower> followers;
    private final Transactions transactions;
    private final Outbox outbox;
    private final Audit audit;
    private final BusinessClock clock;
    private final MongoTemplate mongo;
    private final HomeTerms terms;

    HomeDesk(
            HomePrescriptions prescriptions,
            Readiness readiness,
            ObjectProvider<PrescriptionFollower> followers,
            Transactions transactions,
            Outbox outbox,
            Audit audit,
            BusinessClock clock,
            MongoTemplate mongo,
            RuleBook rules) {
        this.prescriptions = prescriptions;
        this.readiness = readiness;
        this.followers = followers;
        this.transactions = transactions;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
        this.mongo = mongo;
        this.terms = rules.read("home-tablets", HomeTerms.class);
    }

    @Override
    public void afterPropertiesSet() {
        mongo.indexOps(HomePrescription.class)
                .createIndex(new Index("patientId", Direction.ASC)
                        .on("_id", Direction.ASC)
                        .named("patient"));
    }

    HomeTerms terms() {
        return terms;
    }

    /**
     * Call inside a transaction.
     *
     * @throws RuleViolation as {@link HomePrescription#check} and {@link HomePrescription#checkPlan}, the first blocker of the verdict that counts here, {@code
     *     consent-missing} or {@code previous-not-used-up} (409)
     */
    HomePrescription prescribe(PrescriptionRequest request) {
        LocalDate today = clock.today();
        Tablets tablets = new Tablets(request.strengthMg(), request.tablets(), request.directions());
        HomePrescription.check(tablets, request.pdmpQueriedOn(), request.inPersonVisitOn(), today, terms);
        // written again, so that of two prescriptions at the same moment one waits for the other
        PatientFacts facts = readiness.hold(request.patientId());
        requireNothingAgainst(facts, today);
        PatientFacts.Plan plan = facts.activePlan().orElseThrow();
        HomePrescription.checkPlan(tablets, plan, terms);
        prescriptions.latestOf(facts.patientId(), Limit.of(1)).stream()
                .filter(previous -> previous.left() > terms.leftMost())
                .findFirst()
                .ifPresent(previous -> {
                    throw RuleViolation.conflict(
                            "previous-not-used-up",
                            previous.left() + " of the tablets before are left, as far as the patient has counted");
                });
        Instant now = clock.instant();
        HomePrescription made = prescriptions.save(new HomePrescription(
                Ids.next(),
                facts.patientId(),
                terms.drug(),
                tablets,
                request.pharmacy(),
                request.pdmpQueriedOn(),
                request.inPersonVisitOn(),
                Caller.current().name(),
                now,
                now.plus(Duration.ofDays(terms.checkInDays())),
                terms.reference(),
                new HomePrescription.Under(plan.planId(), plan.revision())));
        outbox.append(made.id(), made.version(), List.of(made.prescribed()));
        audit.write("prescribe-home-tablets", resource(made.id()), made.patientId(), made.version(), null);
        followers.forEach(follower -> follower.prescribed(made.id(), made.patientId(), made.checkInBy()));
        return made;
    }

    private void requireNothingAgainst(PatientFacts facts, LocalDate today) {
        readiness.forBooking(facts, List.of(today)).blockers().stream()
                .filter(blocker -> terms.blockers().contains(blocker.rule()))
                .findFirst()
                .ifPresent(blocker -> {
                    throw RuleViolation.conflict(blocker.rule(), blocker.detail());
                });
        if (facts.inDanger()) {
            throw RuleViolation.conflict("safety-alert-open", "a safety alert is not resolved");
        }
        if (!facts.consents(terms.drug(), terms.route())) {
            throw RuleViolation.conflict("consent-missing", "the patient has not consented to tablets at home");
        }
    }

    /**
     * @throws NotFound 404
     * @throws clinicops.chassis.StaleVersion 412
     */
    HomePrescription counted(String id, @Nullable String ifMatch, CountedRequest request) {
        return transactions.inTransaction(() -> {
            HomePrescription prescription =
                    prescriptions.ofClinic(id).orElseThrow(() -> new NotFound("home-prescription", id));
            Versions.require(ifMatch, prescription.version(), resource(id));
            prescription.counted(
                    request.left(), request.because(), Caller.current().name(), clock.instant());
            HomePrescription saved = prescriptions.save(prescription);
            audit.write("count-home-tablets", resource(id), saved.patientId(), saved.version(), null);
            return saved;
        });
    }

    private static String resource(String id) {
        return "home-prescription/" + id;
    }
}
