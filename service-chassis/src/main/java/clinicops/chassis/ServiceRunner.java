package clinicops.chassis;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts a service. */
public final class ServiceRunner {
    private ServiceRunner() {}

    /** @param configName name of the service's own yaml, for example {@code intake-service} */
    public static ConfigurableApplicationContext run(Class<?> service, String configName, String[] args) {
        return run(service, configName, args, Map.of());
    }

    /** @param properties win over everything else, environment included */
    public static ConfigurableApplicationContext run(
            Class<?> service, String configName, String[] args, Map<String, Object> properties) {
        var application = new SpringApplication(service);
        application.setDefaultProperties(Map.of("spring.config.name", configName));
        return application.run(args);
    }
}
