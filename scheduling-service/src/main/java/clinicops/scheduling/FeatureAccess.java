package clinicops.scheduling;

import clinicops.chassis.Access;
import java.util.List;

/** The access rows of one feature; a bean per feature, beside its controllers. {@link SchedulingAccess} puts them together. */
public record FeatureAccess(List<Access> rows) {
    public FeatureAccess {
        rows = List.copyOf(rows);
    }

    public static FeatureAccess of(Access... rows) {
        return new FeatureAccess(List.of(rows));
    }
}
