package clinicops.chassis;

import java.security.Security;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/** Starts a service, alone or as one of several in this process. */
public final class ServiceRunner {
    private ServiceRunner() {}

    /**
     * Starts the service alone: its yaml, then the environment and the arguments.
     *
     * @param configName name of the service's own yaml, for example {@code intake-service}; also its
     *     {@code spring.application.name}
     */
    public static ConfigurableApplicationContext run(Class<?> service, String configName, String[] args) {
        // names of services stand for copies that come and go: an address that was right half a minute ago may be
        // nobody's
        Security.setProperty("networkaddress.cache.ttl", "1");
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
        return application(service, configName, Map.of(), false).run(args);
    }

    /**
     * Starts the service as one of several in this process. It takes nothing from environment variables or system properties,
     * whose names would mean all of them, and the caller closes it: no shutdown hook.
     *
     * @param properties win over everything else
     */
    public static ConfigurableApplicationContext run(
            Class<?> service, String configName, String[] args, Map<String, Object> properties) {
        return application(service, configName, properties, true).run(args);
    }

    private static SpringApplication application(
            Class<?> service, String configName, Map<String, Object> properties, boolean oneOfSeveral) {
        var explicit = new HashMap<>(properties);
        explicit.put("spring.config.name", configName);
        explicit.putIfAbsent("spring.application.name", configName);
        if (oneOfSeveral) {
            // logging is one for all of them, and would put the first one's name on every line
            explicit.putIfAbsent("logging.include-application-name", false);
        }

        var application = new SpringApplication(service);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setDefaultProperties(defaults());
        application.setRegisterShutdownHook(!oneOfSeveral);
        application.setLogStartupInfo(!oneOfSeveral);
        application.addListeners(new BeforeConfigData(explicit, oneOfSeveral));
        return application;
    }

    private static Map<String, Object> defaults() {
        var yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("chassis-defaults.yaml"));
        var defaults = new HashMap<String, Object>();
        var properties = yaml.getObject();
        if (properties != null) {
            properties.forEach((name, value) -> defaults.put(String.valueOf(name), value));
        }
        return defaults;
    }

    /** Puts the explicit properties in front before the yaml is looked for, since they name it. */
    private record BeforeConfigData(Map<String, Object> explicit, boolean oneOfSeveral)
            implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
        @Override
        public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
            ConfigurableEnvironment environment = event.getEnvironment();
            var sources = environment.getPropertySources();
            if (oneOfSeveral) {
                sources.remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
                sources.remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
            }
            sources.addFirst(new MapPropertySource("service", explicit));
        }

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }
    }
}
