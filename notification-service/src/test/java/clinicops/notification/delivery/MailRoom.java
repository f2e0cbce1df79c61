package clinicops.notification.delivery;

import clinicops.notification.notice.Notice;
import clinicops.notification.notice.Notices;
import clinicops.notification.template.Text;
import java.time.Clock;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;

/** What a test may do to the mail server and to the service's way of sending, from another package. */
public final class MailRoom {

    private final ApplicationContext context;

    public MailRoom(ApplicationContext context) {
        this.context = context;
    }

    public void closeServer() {
        server().stop();
    }

    public void openServer() {
        server().start();
    }

    public void empty() {
        server().forgetAll();
        context.getBean(MongoOperations.class).remove(new Query(), KeptMail.class);
    }

    /** Mails that the server took, repeats included. */
    public int taken() {
        return server().taken();
    }

    /** What a copy of the service does that dies before it marks the notice. */
    public void sendAndDie(Notice notice, String address) throws Exception {
        context.getBean(Mailer.class).send(notice.id(), address, new Text("Your appointment", "Hello"));
    }

    /** A further copy of the service, as far as sending goes. */
    public Runnable furtherCopy() {
        NoticeDispatch dispatch = new NoticeDispatch(
                context.getBean(Notices.class),
                context.getBean(NoticeSending.class),
                context.getBean(DeliverySettings.class),
                context.getBean(Clock.class));
        return dispatch::runDue;
    }

    /** The text message that was recorded for a notice. */
    public String recordedSms(String noticeId) {
        return context.getBean(SandboxRecordings.class)
                .ofNotice(noticeId)
                .orElseThrow()
                .text();
    }

    private LocalMailServer server() {
        return context.getBean(LocalMailServer.class);
    }
}
