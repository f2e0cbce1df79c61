package clinicops.scheduling.rems;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Role;
import clinicops.contracts.SchedulingEvent;
import clinicops.outbox.Outbox;
import clinicops.scheduling.protocol.Protocol;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.readiness.Blocker;
import clinicops.scheduling.readiness.BlockerSource;
import clinicops.scheduling.readiness.PatientAtHand;
import clinicops.scheduling.session.AtBedside;
import clinicops.scheduling.session.Readings;
import clinicops.scheduling.session.SessionFollower;
import clinicops.scheduling.session.TreatmentSession;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Component;

/**
 * The programme under which esketamine alone may be given: a certified setting, an enrolled patient, and a form of every
 * session, made when the session is over.
 */
@Component
class Rems implements SessionFollower, BlockerSource, InitializingBean {
    private final RemsSettings settings;
    private final RemsEnrolments enrolments;
    private final RemsForms forms;
    private final Readings readings;
    private final Protocol protocol;
    private final Outbox outbox;
    private final Audit audit;
    private final BusinessClock clock;
    private final MongoTemplate mongo;
    private final RemsTerms terms;

    Rems(
            RemsSettings settings,
            RemsEnrolments enrolments,
            RemsForms forms,
            Readings readings,
            Protocol protocol,
            RuleBook rules,
            Outbox outbox,
            Audit audit,
            BusinessClock clock,
            MongoTemplate mongo) {
        this.settings = settings;
        this.enrolments = enrolments;
        this.forms = forms;
        this.readings = readings;
        this.protocol = protocol;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
        this.mongo = mongo;
        this.terms = rules.read("rems", RemsTerms.class);
    }

    @Override
    public void afterPropertiesSet() {
        mongo.indexOps(RemsForm.class)
                .createIndex(new Index("state", Direction.ASC)
                        .on("dueOn", Direction.ASC)
                        .on("_id", Direction.ASC)
                        .named("due"));
    }

    @Override
    public void followed(TreatmentSession session, List<SchedulingEvent> events) {
        if (!session.drug().equals(terms.drug()) || !session.route().equals(terms.route())) {
            return;
        }
        AtBedside known = session.atBedside();
        Instant ended = known.endedAt();
        Instant started = known.doseStartedAt();
        if (ended == null || started == null || forms.ofSession(session.id()).isPresent()) {
            return;
        }
        RemsContent content = new RemsPrefill(terms)
                .of(known, session.drugUse(protocol), session.adverseEvents(), readings.of(session.id()));
        RemsForm form = forms.save(new RemsForm(
                session.id(),
                session.patientId(),
                started,
                LocalDate.ofInstant(started, clock.clinicZone()).plusDays(terms.formDueDays()),
                content,
                content));
        outbox.append(
                form.sessionId(),
                form.version(),
                List.of(new SchedulingEvent.RemsFormDue(form.sessionId(), form.patientId(), form.dueOn())));
        audit.write("draft-rems-form", "rems-form/" + form.sessionId(), form.patientId(), form.version(), null);
    }

    @Override
    public Map<String, List<Blocker>> of(Collection<PatientAtHand> patients) {
        List<PatientAtHand> asked = patients.stream()
                .filter(patient -> patient.drug().equals(terms.drug()))
                .toList();
        if (asked.isEmpty()) {
            return Map.of();
        }
        RemsSetting setting = settings.ofClinic().orElse(null);
        Map<String, RemsEnrolment> enrolled =
                enrolments
                        .ofPatients(asked.stream().map(PatientAtHand::patientId).toList())
                        .stream()
                        .collect(Collectors.toMap(RemsEnrolment::patientId, Function.identity()));
        Map<String, List<Blocker>> against = new HashMap<>();
        for (PatientAtHand patient : asked) {
            List<Blocker> blockers = new ArrayList<>();
            if (setting == null || !setting.holdsOn(patient.day())) {
                blockers.add(Blocker.sourced(
                        "rems-not-certified",
                        "the clinic is not certified as a setting of the REMS on that day",
                        terms.source(),
                        Role.ADMIN));
            }
            RemsEnrolment enrolment = enrolled.get(patient.patientId());
            if (enrolment == null || !enrolment.holdsOn(patient.day())) {
                blockers.add(Blocker.sourced(
                        "rems-not-enrolled",
                        "the patient is not enrolled in the REMS",
                        terms.source(),
                        Role.NURSE,
                        Role.PRESCRIBER));
            }
            against.put(patient.patientId(), blockers);
        }
        return against;
    }
}
