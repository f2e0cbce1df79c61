package clinicops.scheduling.resource;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** One of the clinic's means. It is never deleted, because sessions of the past name it; it is retired from a day on. */
sealed interface Means permits Chair, Pump, Nurse, Prescriber, Therapist {
    String id();

    long version();

    /** First day on which it is no more; null as long as it is there. */
    @Nullable
    LocalDate retiredOn();

    /** The same, but no more from that day on. */
    Means retiredFrom(LocalDate day);

    /** What kinds of means there are; {@code code} begins their names, as in {@code chair/0198...}. */
    enum Kind {
        CHAIR("chair"),
        PUMP("pump"),
        NURSE("nurse"),
        PRESCRIBER("prescriber"),
        THERAPIST("therapist");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }

        String named(String id) {
            return code + "/" + id;
        }
    }

    static boolean isThere(Means means, LocalDate day) {
        LocalDate retiredOn = means.retiredOn();
        return retiredOn == null || day.isBefore(retiredOn);
    }
}
