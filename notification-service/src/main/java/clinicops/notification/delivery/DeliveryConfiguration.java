package clinicops.notification.delivery;

import clinicops.chassis.BusinessClock;
import clinicops.notification.notice.NoticeRules;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.util.StringUtils;

/** Puts the channels together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeliverySettings.class)
class DeliveryConfiguration {

    /** Without {@code spring.mail.host} mail stays in the clinic. */
    static final class NoMailServer implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !StringUtils.hasText(context.getEnvironment().getProperty("spring.mail.host"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(NoMailServer.class)
    static class Local {
        @Bean
        LocalMailServer localMailServer(ObjectProvider<Mailbox> mailbox) {
            return new LocalMailServer(mail -> mailbox.getObject().keep(mail));
        }

        @Bean
        JavaMailSender localMailSender(LocalMailServer server) {
            return server.sender();
        }
    }

    @Bean
    Mailer mailer(JavaMailSender smtp, DeliverySettings settings, Clock clock) {
        return new Mailer(smtp, settings.sender(), clock);
    }

    @Bean
    SmsProvider smsProvider(SandboxRecordings recordings, Clock clock) {
        return new SandboxSms(recordings, clock);
    }

    @Bean
    SmsQuota smsQuota(SmsPlaces places, NoticeRules rules) {
        return new SmsQuota(places, rules.smsPerTopicAndDay().limit());
    }

    @Bean
    DeliveryPolicy deliveryPolicy(NoticeRules rules) {
        return new DeliveryPolicy(rules.quietHours());
    }

    @Bean
    NoticeWriter noticeWriter(DeliverySettings settings, NoticeRules rules, BusinessClock clock) {
        return new NoticeWriter(settings, rules, clock);
    }
}
