package clinicops.scheduling.dayclose;

import java.time.Instant;
import java.time.LocalDate;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One payment, as billing told of it.
 *
 * @param paymentId heard twice it is the same
 * @param method {@code cash}, {@code card} or {@code check}
 */
@Document("money_taken")
record MoneyTaken(@Id String paymentId, LocalDate day, String method, long cents, Instant at) {}
