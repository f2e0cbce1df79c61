package clinicops.scheduling.calendar;

import static clinicops.chassis.Access.allow;
import static clinicops.chassis.Role.ADMIN;
import static clinicops.chassis.Role.FRONT_DESK;
import static clinicops.chassis.Role.NURSE;
import static clinicops.chassis.Role.PRESCRIBER;
import static clinicops.chassis.Role.THERAPIST;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import clinicops.chassis.SideDoor;
import clinicops.scheduling.FeatureAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;

/** Who may have a calendar, and how it is fetched from outside. */
@Configuration(proxyBeanMethods = false)
class CalendarAccess {
    CalendarAccess(MongoTemplate mongo) {
        var feeds = mongo.indexOps(CalendarFeed.class);
        feeds.createIndex(new Index("secretHash", Direction.ASC).unique().named("secret"));
        feeds.createIndex(
                new Index("username", Direction.ASC).on("_id", Direction.ASC).named("own"));
    }

    @Bean
    FeatureAccess calendarRows() {
        return FeatureAccess.of(
                allow(POST, "/api/feeds", ADMIN, NURSE, PRESCRIBER),
                allow(GET, "/api/feeds", ADMIN, NURSE, PRESCRIBER),
                allow(DELETE, "/api/feeds/{id}", ADMIN, NURSE, PRESCRIBER),
                allow(GET, "/api/sessions/{id}/invitation", FRONT_DESK, NURSE, PRESCRIBER),
                allow(GET, "/api/fhir/metadata", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/fhir/Appointment", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/fhir/Appointment/{id}", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/fhir/Slot", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST));
    }

    /** The link's own secret decides; the token only says that the front door let it through. */
    @Bean
    SideDoor feedDoor() {
        return SideDoor.of("/feeds", "scheduling-feeds", SideDoor.Row.open(GET, "/feeds/{secret}", "feed"));
    }
}
