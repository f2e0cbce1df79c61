package clinicops.notification;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions.MongoConverterConfigurationAdapter;

/** How values lie in the database. */
@Configuration(proxyBeanMethods = false)
class StoredForms {

    /** Dates in UTC: Spring Data's own converters go by the zone of the process, so that a move to another changed the day. */
    @Bean
    MongoCustomConversions mongoCustomConversions() {
        return MongoCustomConversions.create(MongoConverterConfigurationAdapter::useNativeDriverJavaTimeCodecs);
    }
}
