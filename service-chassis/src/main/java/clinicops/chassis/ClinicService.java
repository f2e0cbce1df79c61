package clinicops.chassis;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;

/**
 * Marks a service's main class. Scans its package, and brings exactly the auto-configurations that
 * {@code META-INF/spring/clinicops.chassis.ClinicService.imports} lists: what else lies on the class path changes nothing, so
 * that a service is the same alone and beside the others in one process.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@SpringBootConfiguration
@ComponentScan
@AutoConfigurationPackage
@ImportAutoConfiguration
public @interface ClinicService {}
