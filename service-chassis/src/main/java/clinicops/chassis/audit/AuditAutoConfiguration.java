package clinicops.chassis.audit;

import clinicops.chassis.BusinessClock;
import clinicops.outbox.Ids;
import clinicops.outbox.Transactions;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;

/** The audit: rows, their sealing, and what auditors see. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration",
            "clinicops.outbox.OutboxAutoConfiguration"
        })
@Import(AuditController.class)
public class AuditAutoConfiguration {
    @Bean
    StoredAudit audit(MongoOperations mongo, BusinessClock clock) {
        var rows = mongo.indexOps(AuditRow.class);
        rows.createIndex(new Index("block", Sort.Direction.ASC).on("_id", Sort.Direction.ASC));
        rows.createIndex(new Index("patientIds", Sort.Direction.ASC).on("_id", Sort.Direction.DESC));
        rows.createIndex(new Index("who", Sort.Direction.ASC).on("_id", Sort.Direction.DESC));
        rows.createIndex(new Index("systemTime", Sort.Direction.DESC).on("_id", Sort.Direction.DESC));
        rows.createIndex(new Index("resource", Sort.Direction.ASC).on("version", Sort.Direction.ASC));
        if (!mongo.collectionExists(AuditBlock.class)) {
            // a transaction that has to create its collection first may conflict with its neighbour
            try {
                mongo.createCollection(AuditBlock.class);
            } catch (DataAccessException e) {
                // another copy of the service, starting at the same moment, may have been quicker
                if (!mongo.collectionExists(AuditBlock.class)) {
                    throw e;
                }
            }
        }
        return new StoredAudit(mongo, clock, InstantSource.system());
    }

    @Bean(destroyMethod = "release")
    AuditSealer auditSealer(MongoOperations mongo, Transactions transactions, StoredAudit rows) {
        return new AuditSealer(mongo, transactions, InstantSource.system(), Ids.next());
    }

    @Bean
    AuditVerification auditVerification(MongoOperations mongo) {
        return new AuditVerification(mongo);
    }
}
