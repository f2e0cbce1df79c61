package clinicops.chassis.web;

import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.format.FormatterRegistry;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Strict JSON in, problems out, one correlation id through. */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
            "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration"
        })
@Import({Problems.class, ProblemErrorController.class})
public class WebAutoConfiguration {
    @Bean
    StrictJson strictJson() {
        return new StrictJson();
    }

    /** In the query and the path as strict as in a body; an empty parameter counts as left out. */
    @Bean
    WebMvcConfigurer strictDates() {
        return new WebMvcConfigurer() {
            @Override
            public void addFormatters(FormatterRegistry registry) {
                registry.addFormatterForFieldType(
                        Instant.class, (time, _) -> time.toString(), (text, _) -> ClinicDates.instant(text));
                registry.addFormatterForFieldType(
                        LocalDate.class, (date, _) -> date.toString(), (text, _) -> ClinicDates.date(text));
            }
        };
    }

    @Bean
    ProblemWriter problemWriter(JsonMapper json) {
        return new ProblemWriter(json);
    }

    @Bean
    FilterRegistrationBean<CorrelationFilter> correlationFilter(@Value("${spring.application.name}") String service) {
        var filter = new FilterRegistrationBean<>(new CorrelationFilter(service));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return filter;
    }

    /** One observation for each of some fifteen filters costs more than the checks, and nobody reads them. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /** After the security chain: who may not ask at all does not learn of limits. */
    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(
            @Value("${clinicops.upload-limit}") DataSize uploadLimit, ProblemWriter problems) {
        var filter = new FilterRegistrationBean<>(new BodyLimitFilter(uploadLimit, problems));
        filter.setOrder(0);
        return filter;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> terseTomcat() {
        return tomcat -> {
            tomcat.addContextCustomizers(context -> {
                // a service with a door of its own has set a report of its own
                if (context.getParent() instanceof org.apache.catalina.core.StandardHost host
                        && ErrorReportValve.class.getName().equals(host.getErrorReportValveClass())) {
                    host.setErrorReportValveClass(TerseErrorReport.class.getName());
                }
            });
            tomcat.setDisableMBeanRegistry(true);
        };
    }

    /** A request must not hang on a database that is away, and five services share one machine. */
    @Bean
    MongoClientSettingsBuilderCustomizer patience(@Value("${spring.application.name}") String service) {
        return settings -> settings.applicationName(service)
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(5, TimeUnit.SECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(3, TimeUnit.SECONDS))
                .applyToConnectionPoolSettings(pool ->
                        pool.maxSize(50).maxWaitTime(5, TimeUnit.SECONDS).maxConnectionIdleTime(1, TimeUnit.MINUTES));
    }
}
