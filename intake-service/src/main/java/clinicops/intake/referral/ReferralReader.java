package clinicops.intake.referral;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Reads what was sent in one form, and judges nothing but this form. */
interface ReferralReader {
    /**
     * @param each takes every referral, in the order in which they stand there
     * @throws clinicops.chassis.RuleViolation when the whole is not of this form
     */
    void read(InputStream document, Consumer<SentReferral> each) throws IOException;
}
