package clinicops.staffweb.signin;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How patient the door is.
 *
 * @param freeFailures wrong passwords of one username that cost nothing
 * @param freeFailuresOfAddress wrong passwords from one client address that cost nothing; a clinic shares one address
 * @param firstDelay how long the door stays shut after the first failure that costs; each further one doubles it
 * @param longestDelay the most that it grows to
 * @param idle a session ends when nothing was asked for this long
 * @param absolute a session ends this long after signing in, whatever was asked
 */
@ConfigurationProperties("clinicops.sign-in")
record SignInSettings(
        @DefaultValue("5") int freeFailures,
        @DefaultValue("20") int freeFailuresOfAddress,
        @DefaultValue("30s") Duration firstDelay,
        @DefaultValue("15m") Duration longestDelay,
        @DefaultValue("30m") Duration idle,
        @DefaultValue("12h") Duration absolute) {}
