package clinicops.chassis.deadletter;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

/** The door to the dead letters that event-outbox keeps. */
@AutoConfiguration(afterName = "clinicops.outbox.OutboxAutoConfiguration")
@Import(DeadLetterController.class)
public class DeadLetterAutoConfiguration {}
