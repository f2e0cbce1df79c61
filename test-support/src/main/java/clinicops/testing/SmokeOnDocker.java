package clinicops.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs only where a Docker engine answers; with the system property {@code clinicops.docker.required=true} a missing
 * engine is a failure. Beside {@code @SpringBootTest}, the context runs on the containers of {@link DockerServers}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Tag("docker")
@ExtendWith(DockerCondition.class)
public @interface SmokeOnDocker {

    /** How the name of the Spring context's database begins; without it no Spring property is set. */
    String database() default "";
}
