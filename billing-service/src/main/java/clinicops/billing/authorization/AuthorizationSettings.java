package clinicops.billing.authorization;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the clinic is warned of an authorization's end.
 *
 * @param warnAtUnitsLeft sessions left
 * @param warnDaysBeforeEnd days before the last valid day
 */
@ConfigurationProperties("clinicops.billing.authorization")
record AuthorizationSettings(
        @DefaultValue("1") int warnAtUnitsLeft,
        @DefaultValue("7") int warnDaysBeforeEnd) {}
