package clinicops.billing.fee;

import clinicops.billing.money.Usd;
import org.jspecify.annotations.Nullable;

/**
 * One line of a bill.
 *
 * @param code CPT or HCPCS
 * @param units how often, in the code's own unit
 * @param ndc the drug's National Drug Code; null where the line is no drug, or none was scanned
 * @param why the rule and the facts that made the line, for the biller
 * @param rules id and version of the charge rules that were used
 * @param fees id and version of the fee schedule that was used
 */
public record ChargeLine(
        String code,
        String description,
        int units,
        Usd unitPrice,
        @Nullable String ndc,
        String why,
        String rules,
        String fees) {

    public Usd amount() {
        return unitPrice.times(units);
    }
}
