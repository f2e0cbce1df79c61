package clinicops.scheduling;

import clinicops.chassis.AccessTable;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may call what of scheduling-service: each feature says it of its own routes, in a bean of {@link FeatureAccess}. */
@Configuration(proxyBeanMethods = false)
class SchedulingAccess {
    @Bean
    AccessTable accessTable(List<FeatureAccess> features) {
        return new AccessTable(
                features.stream().flatMap(feature -> feature.rows().stream()).toList());
    }
}
