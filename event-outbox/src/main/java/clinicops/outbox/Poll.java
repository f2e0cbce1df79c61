package clinicops.outbox;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What one poll of the topics brought, as Kafka delivered it. Nothing is read or believed of it before {@link Inbox} does, so
 * that there is no record that can't be delivered.
 */
public record Poll(List<? extends ConsumerRecord<?, ?>> records) {}
