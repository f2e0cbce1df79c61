package clinicops.chassis.testing;

import clinicops.testing.OnRealServers;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.annotation.AliasFor;

/**
 * The whole service, started by its main method on a random port, over the real broker and a database of its own, trusting
 * {@link TestTokens}. Autowire the {@code ApplicationContext} and knock by {@link ServiceDoor}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@OnRealServers(database = "")
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        useMainMethod = SpringBootTest.UseMainMethod.ALWAYS)
public @interface ServiceTest {
    /** How the database's name begins, for example {@code intake}; fresh for each context. */
    @AliasFor(annotation = OnRealServers.class, attribute = "database")
    String database();

    /** The service's main class; found in the test's package or above when it is not named. */
    @AliasFor(annotation = SpringBootTest.class, attribute = "classes")
    Class<?>[] service() default {};

    /** Extra {@code key=value} properties. */
    @AliasFor(annotation = SpringBootTest.class, attribute = "properties")
    String[] properties() default {};
}
