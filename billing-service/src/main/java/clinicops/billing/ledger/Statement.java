package clinicops.billing.ledger;

import clinicops.billing.money.Usd;
import java.time.Instant;
import java.time.LocalDate;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** What a patient was asked to pay, and until when. Issued, and never changed. */
@Document("statements")
record Statement(@Id String id, String patientId, Usd amountDue, LocalDate dueOn, Instant issuedAt) {}
