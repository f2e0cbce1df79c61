package clinicops.staffweb.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the services behind the front door are. Addresses have no default: a front door that talks to the wrong house is
 * worse than one that does not start.
 *
 * @param intake base address, for example {@code http://127.0.0.1:8081}
 * @param connectTimeout after it a service counts as down
 * @param readTimeout after it an answer is given up
 */
@ConfigurationProperties("clinicops.services")
public record ClinicServices(
        URI intake,
        URI scheduling,
        URI billing,
        URI notification,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("30s") Duration readTimeout) {

    /** Name, which is also the audience of its tokens, to base address. */
    public Map<String, URI> byName() {
        var all = new LinkedHashMap<String, URI>();
        all.put("intake", intake);
        all.put("scheduling", scheduling);
        all.put("billing", billing);
        all.put("notification", notification);
        return all;
    }
}
