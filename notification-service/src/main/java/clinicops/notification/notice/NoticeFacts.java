package clinicops.notification.notice;

import clinicops.contracts.Money;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a notice tells besides the patient's name. The words are written when it is sent, in the language and zone of then.
 *
 * @param startsAt when the session begins
 * @param route of the session; decides on the fasting
 * @param sessions number of sessions that an estimate is for
 * @param amount of the estimate, statement or payment; only ever written into a mail's body
 * @param balance what is left to pay
 */
public record NoticeFacts(
        @Nullable Instant startsAt,
        @Nullable String route,
        @Nullable Integer sessions,
        @Nullable Money amount,
        @Nullable Money balance,
        @Nullable LocalDate dueOn) {

    static final NoticeFacts NONE = new NoticeFacts(null, null, null, null, null, null);

    static NoticeFacts ofSession(Instant startsAt, @Nullable String route) {
        return new NoticeFacts(startsAt, route, null, null, null, null);
    }

    static NoticeFacts ofEstimate(int sessions, Money total) {
        return new NoticeFacts(null, null, sessions, total, null, null);
    }

    static NoticeFacts ofStatement(Money amountDue, LocalDate dueOn) {
        return new NoticeFacts(null, null, null, amountDue, null, dueOn);
    }

    static NoticeFacts ofPayment(Money amount, Money balance) {
        return new NoticeFacts(null, null, null, amount, balance, null);
    }
}
