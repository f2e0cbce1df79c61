package clinicops.intake.outcome;

import static org.springframework.data.mongodb.core.aggregation.Aggregation.group;
import static org.springframework.data.mongodb.core.aggregation.Aggregation.match;
import static org.springframework.data.mongodb.core.aggregation.Aggregation.newAggregation;
import static org.springframework.data.mongodb.core.aggregation.Aggregation.project;
import static org.springframework.data.mongodb.core.aggregation.Aggregation.sort;

import clinicops.chassis.BusinessClock;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.aggregation.Aggregation;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.stereotype.Component;

/** Outcomes of many patients together. Too few of them are no figure: somebody might be recognised. */
@Component
class Cohorts {
    /** Cells of fewer patients are withheld, as is usual for published health figures. */
    private static final int FEWEST = 5;

    private final MongoTemplate mongo;
    private final BusinessClock clock;

    Cohorts(MongoTemplate mongo, BusinessClock clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    /** Which scores; what is null does not narrow. */
    record Which(
            String instrument,
            String scale,
            @Nullable String route,
            @Nullable String diagnosis,
            @Nullable Integer sessions,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {}

    @Schema(description = "Outcomes of those who fit, each counted once, by their last score that fits")
    record Cohort(String instrument, String scale, CohortFigures all, List<SessionFigures> bySession) {}

    @Schema(
            description =
                    "Each patient counted once per number of sessions, by the last score that they had after so many")
    record SessionFigures(int sessions, CohortFigures figures) {}

    record CohortFigures(
            @Schema(description = "Null when there are fewer than `fewerThan`") @Nullable
            Integer patients,

            @Schema(description = "Set when the figures are withheld because there are fewer patients; else null")
            @Nullable
            Integer fewerThan,

            @Schema(description = "0 to 1, of those of whom it can be said; null when withheld or without threshold")
            @Nullable
            BigDecimal responseRate,

            @Nullable BigDecimal remissionRate,

            @Schema(description = "Since baseline; negative when scores fell") @Nullable
            BigDecimal meanChange,

            @Nullable BigDecimal meanValue) {

        static CohortFigures of(List<Last> last) {
            if (last.size() < FEWEST) {
                return new CohortFigures(null, FEWEST, null, null, null, null);
            }
            return new CohortFigures(
                    last.size(),
                    null,
                    rate(last, Last::response),
                    rate(last, Last::remission),
                    mean(last.stream().map(Last::change).toList(), 2),
                    mean(last.stream().map(Last::value).toList(), 2));
        }

        private static @Nullable BigDecimal rate(List<Last> last, Function<Last, @Nullable Boolean> said) {
            var known = new ArrayList<BigDecimal>();
            for (Last one : last) {
                Boolean yes = said.apply(one);
                if (yes != null) {
                    known.add(yes ? BigDecimal.ONE : BigDecimal.ZERO);
                }
            }
            return known.size() < FEWEST ? null : mean(known, 3);
        }

        private static BigDecimal mean(List<BigDecimal> values, int decimals) {
            return values.stream()
                    .reduce(BigDecimal.ZERO, BigDecimal::add)
                    .divide(BigDecimal.valueOf(values.size()), decimals, RoundingMode.HALF_UP);
        }
    }

    /** One patient's last score after so many sessions. */
    record Last(
            String patientId,
            int sessions,
            Date at,
            BigDecimal value,
            BigDecimal change,
            @Nullable Boolean response,
            @Nullable Boolean remission) {}

    Cohort of(Which which) {
        var perSession = lastPerSession(which);
        var byPatient = new TreeMap<String, Last>();
        var bySession = new TreeMap<Integer, List<Last>>();
        for (Last last : perSession) {
            byPatient.merge(last.patientId(), last, (a, b) -> a.at().before(b.at()) ? b : a);
            bySession.computeIfAbsent(last.sessions(), _ -> new ArrayList<>()).add(last);
        }
        return new Cohort(
                which.instrument(),
                which.scale(),
                CohortFigures.of(List.copyOf(byPatient.values())),
                bySession.entrySet().stream()
                        .map(e -> new SessionFigures(e.getKey(), CohortFigures.of(e.getValue())))
                        .toList());
    }

    private List<Last> lastPerSession(Which which) {
        var criteria =
                Criteria.where("instrument").is(which.instrument()).and("scale").is(which.scale());
        if (which.route() != null) {
            criteria.and("route").is(which.route());
        }
        if (which.diagnosis() != null) {
            criteria.and("diagnosis").regex("^" + Pattern.quote(which.diagnosis()));
        }
        if (which.sessions() != null) {
            criteria.and("sessions").is(which.sessions());
        }
        if (which.from() != null || which.to() != null) {
            var at = criteria.and("at");
            if (which.from() != null) {
                at.gte(which.from().atStartOfDay(clock.clinicZone()).toInstant());
            }
            if (which.to() != null) {
                at.lt(which.to().plusDays(1).atStartOfDay(clock.clinicZone()).toInstant());
            }
        }
        var pipeline = newAggregation(
                        FollowUp.class,
                        match(criteria),
                        sort(Sort.by(Direction.ASC, "at", "_id")),
                        group("patientId", "sessions")
                                .last("at")
                                .as("at")
                                .last("value")
                                .as("value")
                                .last("change")
                                .as("change")
                                .last("response")
                                .as("response")
                                .last("remission")
                                .as("remission"),
                        project("patientId", "sessions", "at", "value", "change", "response", "remission"))
                .withOptions(
                        Aggregation.newAggregationOptions().allowDiskUse(true).build());
        return mongo.aggregate(pipeline, Last.class).getMappedResults();
    }
}
