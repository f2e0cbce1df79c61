package clinicops.staffweb.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param heartbeat how often a stream says that it lives, and looks whether its session is still open */
@ConfigurationProperties("clinicops.live")
record LiveSettings(@DefaultValue("10s") Duration heartbeat) {}
