package clinicops.chassis.time;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.PatientsPresent;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** The business clock, the only {@link java.time.Clock} bean; and scheduling for all who work by it. */
@AutoConfiguration(
        afterName = "org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration",
        beforeName = {
            "clinicops.outbox.OutboxAutoConfiguration",
            "org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration"
        })
@EnableScheduling
@Import(ClockController.class)
public class ClockAutoConfiguration {
    /** Patients are asked for only when somebody wants a demo, long after the start. */
    @Bean
    StoredClock storedClock(MongoOperations mongo, ObjectProvider<PatientsPresent> patients) {
        PatientsPresent inThisService = () -> patients.stream().anyMatch(PatientsPresent::any);
        return new StoredClock(mongo, InstantSource.system(), List.of(inThisService));
    }

    @Bean
    BusinessClock businessClock(StoredClock stored, @Value("${clinicops.clinic.zone}") ZoneId zone) {
        return new BusinessClock(InstantSource.system(), stored::offset, zone);
    }

    /** After the security chain: who may not ask costs nothing. */
    @Bean
    FilterRegistrationBean<ClockOfTheRequest> clockOfTheRequest(StoredClock stored) {
        var filter = new FilterRegistrationBean<>(new ClockOfTheRequest(stored));
        filter.setOrder(1);
        return filter;
    }

    /** Real threads: the scheduler of virtual ones runs all fixed-delay work on a single thread. */
    @Bean
    ThreadPoolTaskScheduler taskScheduler(ThreadPoolTaskSchedulerBuilder scheduler) {
        return scheduler.build();
    }
}
