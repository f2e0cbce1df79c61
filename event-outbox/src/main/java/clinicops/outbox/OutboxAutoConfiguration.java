package clinicops.outbox;

import org.springframework.boot.autoconfigure.AutoConfiguration;

/** Outbox, relay, inbox, dead letters and replay of one service. */
@AutoConfiguration(afterName = "clinicops.chassis.ChassisAutoConfiguration")
public class OutboxAutoConfiguration {}
