package clinicops.outbox;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import org.bson.Document;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/** Refuses a database without transactions, and makes the collections first: in a transaction each would cost a conflict. */
final class OutboxCollections {

    private static final int EXISTS = 48;

    OutboxCollections(MongoDatabaseFactory factory) {
        MongoDatabase database = factory.getMongoDatabase();
        requireReplicaSet(database);
        for (String collection : new String[] {
            OutboxRow.COLLECTION,
            Watermark.COLLECTION,
            Leases.COLLECTION,
            Inbox.COLLECTION,
            Inbox.LATEST,
            MongoDeadLetters.COLLECTION
        }) {
            try {
                database.createCollection(collection);
            } catch (MongoCommandException e) {
                if (e.getCode() != EXISTS) {
                    throw e;
                }
            }
        }
        database.getCollection(OutboxRow.COLLECTION).createIndex(Indexes.ascending(OutboxRow.AT));
        database.getCollection(Inbox.COLLECTION).createIndex(Indexes.ascending("at"));
        database.getCollection(MongoDeadLetters.COLLECTION)
                .createIndex(
                        Indexes.ascending("consumer", "topic", "partition", "offset"), new IndexOptions().unique(true));
        database.getCollection(MongoDeadLetters.COLLECTION).createIndex(Indexes.ascending("state", "_id"));
    }

    private static void requireReplicaSet(MongoDatabase database) {
        Document hello = database.runCommand(new Document("hello", 1));
        if (!hello.containsKey("setName") && !"isdbgrid".equals(hello.getString("msg"))) {
            throw new IllegalStateException(
                    "MongoDB is no replica set, so it has neither transactions nor change streams. Start mongod with"
                            + " --replSet and run rs.initiate() once; one node is enough.");
        }
    }
}
