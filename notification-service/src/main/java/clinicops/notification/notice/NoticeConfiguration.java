package clinicops.notification.notice;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.DueWork;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Limit;

/** The rules in force, and what the clock has to wait for. */
@Configuration(proxyBeanMethods = false)
class NoticeConfiguration {

    @Bean
    NoticeRules noticeRules() {
        return NoticeRules.read();
    }

    @Bean
    NoticePlanner noticePlanner(NoticeRules rules, BusinessClock clock) {
        return new NoticePlanner(rules, clock.clinicZone());
    }

    /** Notices that wait for a patient's card are not due: no clock will send them. */
    @Bean
    DueWork pendingNotices(Notices notices) {
        return () -> notices.nextDue(Limit.of(1)).stream().findFirst().map(Notice::dueAt);
    }
}
