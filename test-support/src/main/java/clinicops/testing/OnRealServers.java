package clinicops.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Beside {@code @SpringBootTest}: the context runs on the broker and the mongod of {@link TestServers}. Sets {@code
 * spring.mongodb.uri} to a fresh database, {@code spring.cloud.stream.kafka.binder.brokers} and {@code
 * spring.kafka.bootstrap-servers}. Test classes with equal settings share one context and so one database.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface OnRealServers {

    /** How the database's name begins. */
    String database();
}
