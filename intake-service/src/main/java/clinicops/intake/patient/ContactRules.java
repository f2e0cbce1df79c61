package clinicops.intake.patient;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;

/** How people can be reached, in whichever way it is told to the clinic. */
public final class ContactRules {
    /** What an e-mail address looks like; nobody knows whether it exists. */
    public static final Pattern EMAIL =
            Pattern.compile("[^@\\s,;<>\"]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?");

    private ContactRules() {}

    /**
     * The number as E.164; empty when it can't be called.
     *
     * @param region ISO country of numbers without country code
     */
    public static Optional<String> e164(String typed, String region) {
        var numbers = PhoneNumberUtil.getInstance();
        try {
            var number = numbers.parse(typed, region);
            return numbers.isValidNumber(number)
                    ? Optional.of(numbers.format(number, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException notANumber) {
            return Optional.empty();
        }
    }

    public static boolean isZone(String zone) {
        return ZoneId.getAvailableZoneIds().contains(zone);
    }
}
