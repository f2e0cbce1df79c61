package clinicops.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class MailServerChoiceTest {

    private final ApplicationContextRunner clinic = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MailSenderAutoConfiguration.class))
            .withUserConfiguration(DeliveryConfiguration.Local.class);

    @Test
    void keepsMailInTheProcessWhenNoServerIsConfigured() {
        clinic.run(context ->
                assertThat(context).hasSingleBean(LocalMailServer.class).hasSingleBean(JavaMailSender.class));
    }

    @Test
    void takesAnEmptyHostForNone() {
        clinic.withPropertyValues("spring.mail.host=")
                .run(context ->
                        assertThat(context).hasSingleBean(LocalMailServer.class).hasSingleBean(JavaMailSender.class));
    }

    @Test
    void sendsThroughTheServerThatIsConfigured() {
        clinic.withPropertyValues("spring.mail.host=mail.clinic.example", "spring.mail.port=2525")
                .run(context -> {
                    assertThat(context).doesNotHaveBean(LocalMailServer.class);
                    assertThat(context.getBean(JavaMailSender.class))
                            .isInstanceOfSatisfying(JavaMailSenderImpl.class, sender -> {
                                assertThat(sender.getHost()).isEqualTo("mail.clinic.example");
                                assertThat(sender.getPort()).isEqualTo(2525);
                            });
                });
    }
}
