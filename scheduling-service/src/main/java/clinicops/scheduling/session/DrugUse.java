package clinicops.scheduling.session;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session has taken of the stock so far, for whoever keeps the drug log.
 *
 * @param taken what is drawn for the dose; a draw that was voided is no more among it
 * @param givenMg of it; null while no dose has ended
 * @param doseBeganAt null while the patient got none
 * @param rescues in the order in which they were put on record
 */
public record DrugUse(
        List<Taken> taken,
        @Nullable BigDecimal givenMg,
        @Nullable Instant doseBeganAt,
        List<RescueGiven> rescues) {

    /** A draw from a vial, or a device. */
    public record Taken(String ndc, String lot, BigDecimal mg, String by, Instant at) {}

    /** A rescue drug. */
    public record RescueGiven(String drug, BigDecimal mg, String by, Instant at) {}
}
