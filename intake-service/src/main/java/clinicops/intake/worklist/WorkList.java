package clinicops.intake.worklist;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.PatientEvent;
import clinicops.intake.patient.PatientFollower;
import clinicops.intake.patient.Patients;
import clinicops.intake.patient.Search;
import clinicops.intake.patient.Urgency;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.aggregation.Aggregation;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/**
 * Whom intake has to do something for, and what. Every row is written in the transaction that changed what it shows; features that
 * keep facts outside the patient call {@link #refresh}.
 */
@Component
public class WorkList implements PatientFollower {
    private final WorkRows rows;
    private final Patients patients;
    private final MongoTemplate mongo;
    private final ObjectProvider<StillMissing> elsewhere;
    private final BusinessClock clock;

    WorkList(
            WorkRows rows,
            Patients patients,
            MongoTemplate mongo,
            ObjectProvider<StillMissing> elsewhere,
            BusinessClock clock) {
        this.rows = rows;
        this.patients = patients;
        this.mongo = mongo;
        this.elsewhere = elsewhere;
        this.clock = clock;
    }

    /** Makes the patient's row anew, in the caller's transaction. Call it after your own writes. Does nothing for an unknown id. */
    public void refresh(String patientId) {
        patients.forStaff(patientId).ifPresent(this::refresh);
    }

    private void refresh(Patient patient) {
        if (!WorkRow.concerns(patient)) {
            rows.remove(patient.id());
            return;
        }
        var missing = EnumSet.noneOf(Missing.class);
        elsewhere.forEach(feature -> missing.addAll(feature.of(patient.id())));
        var before = rows.forStaff(patient.id()).orElse(null);
        var row = WorkRow.of(patient, before, missing, clock.instant());
        if (!row.equals(before)) {
            rows.save(row);
        }
    }

    @Override
    public void changed(Patient patient, List<? extends PatientEvent> events) {
        refresh(patient);
    }

    @Override
    public void registered(List<Patient> newcomers) {
        var missing = EnumSet.noneOf(Missing.class);
        elsewhere.forEach(feature -> missing.addAll(feature.atFirst()));
        var now = clock.instant();
        mongo.insert(
                newcomers.stream()
                        .map(patient -> WorkRow.of(patient, null, missing, now))
                        .toList(),
                WorkRow.class);
    }

    /**
     * Which part of the list; what is null does not narrow.
     *
     * @param safety only whom an open safety concern is about
     */
    record Filter(
            @Nullable Stage stage,
            @Nullable Missing missing,
            @Nullable Urgency urgency,
            boolean safety,
            @Nullable Search search) {}

    Page<WorkRow> page(Filter filter, Cursor cursor, int limit) {
        return Page.of(mongo.find(query(filter, cursor, limit), WorkRow.class), limit, WorkRow::place);
    }

    /** How many patients share these; those that nobody has are left out. */
    @Schema(description = "How many patients share these")
    record WorkCount(Stage stage, Urgency urgency, boolean safetyFlag, int patients) {}

    /** Of all rows, those that are ready too. */
    List<WorkCount> counts() {
        return mongo.aggregate(counting(), WorkRow.class, WorkCount.class).getMappedResults();
    }

    /** The order is that of an index which holds all it asks for: MongoDB walks through that and reads no row. */
    static Aggregation counting() {
        String[] by = {"stage", "urgency", "safetyFlag"};
        return Aggregation.newAggregation(
                Aggregation.sort(Sort.by(by)),
                Aggregation.group(by).count().as("patients"),
                Aggregation.project(by).andInclude("patients"));
    }

    static Query query(Filter filter, Cursor cursor, int limit) {
        var place = Criteria.where("place").gt(cursor.after());
        if (filter.urgency() != null) {
            // every index is in the list's order, and where in it the urgent ones stand is known
            place.in(WorkRow.beginningsOfPlaces(filter.urgency()));
        }
        var query = new Query(place);
        // the narrowest first
        String index = "open";
        if (filter.missing() != null) {
            query.addCriteria(Criteria.where("missing").is(filter.missing()));
            index = "missing";
        }
        if (filter.stage() != null) {
            query.addCriteria(Criteria.where("stage").is(filter.stage()));
            index = "stage";
        } else {
            query.addCriteria(Criteria.where("open").is(true));
        }
        if (filter.safety()) {
            query.addCriteria(Criteria.where("safetyFlag").is(true));
            index = "safety";
        }
        if (filter.search() != null) {
            filter.search().narrow(query);
        } else {
            query.withHint(index);
        }
        return query.with(Sort.by("place")).limit(limit + 1);
    }
}
