package clinicops.outbox;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ClusteredIndexOptions;
import com.mongodb.client.model.CreateCollectionOptions;
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
            Watermark.COLLECTION, Leases.COLLECTION, Inbox.COLLECTION, Inbox.LATEST, MongoDeadLetters.COLLECTION
        }) {
            create(database, collection, new CreateCollectionOptions());
        }
        // One tree to write per row instead of three. What is left in it is little, so that counting by stamp may scan.
        create(
                database,
                OutboxRow.COLLECTION,
                new CreateCollectionOptions()
                        .clusteredIndexOptions(new ClusteredIndexOptions(new Document("_id", 1), true)));
        database.getCollection(Inbox.COLLECTION).createIndex(Indexes.ascending("at"));
        database.getCollection(MongoDeadLetters.COLLECTION)
                .createIndex(
                        Indexes.ascending("consumer", "topic", "partition", "offset"), new IndexOptions().unique(true));
        database.getCollection(MongoDeadLetters.COLLECTION).createIndex(Indexes.ascending("state", "_id"));
    }

    private static void create(MongoDatabase database, String name, CreateCollectionOptions options) {
        try {
            database.createCollection(name, options);
        } catch (MongoCommandException e) {
            if (e.getCode() != EXISTS) {
                throw e;
            }
        }
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
