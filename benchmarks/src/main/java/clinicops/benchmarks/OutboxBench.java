package clinicops.benchmarks;

import clinicops.contracts.SchedulingEvent.EscortNamed;
import clinicops.contracts.Topics;
import clinicops.local.LocalBroker;
import clinicops.local.LocalMongo;
import clinicops.outbox.Ids;
import clinicops.outbox.Outbox;
import clinicops.outbox.OutboxStatus;
import clinicops.outbox.Transactions;
import com.mongodb.ReadConcern;
import com.mongodb.TransactionOptions;
import com.mongodb.WriteConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bson.Document;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * The outbox under load, on a mongod and a broker of its own. Every command inserts one document and appends one event; the
 * bare transaction that it is compared with inserts two documents through the plain driver, with the same concerns, in slices
 * that alternate with the outbox's.
 */
final class OutboxBench {

    private static final int WRITERS = 8;
    private static final int CALM_PER_SECOND = 100;
    private static final Duration WARM_UP = Duration.ofMillis(1500);
    private static final int WARM_UPS = 5;
    private static final Duration CALM = Duration.ofSeconds(10);
    private static final Duration LISTENER_WARM_UP = Duration.ofSeconds(2);
    private static final Duration STORM = Duration.ofSeconds(8);
    private static final Duration SLICE = Duration.ofMillis(1500);
    private static final int SLICES = 6;
    private static final String RAW_TOPIC = "raw";
    private static final byte[] BODY =
            "{\"sessionId\":\"0197c0de-0001-7000-8000-000000000001\",\"namedAt\":\"2026-12-01T15:00:00Z\"}"
                    .getBytes(StandardCharsets.UTF_8);

    private final ConfigurableApplicationContext service;
    private final String bootstrapServers;
    private final Transactions transactions;
    private final Outbox outbox;
    private final OutboxStatus status;
    private final MongoTemplate mongo;
    private final MongoClient client;
    private final MongoDatabase database;

    private OutboxBench(ConfigurableApplicationContext service, String bootstrapServers) {
        this.service = service;
        this.bootstrapServers = bootstrapServers;
        this.transactions = service.getBean(Transactions.class);
        this.outbox = service.getBean(Outbox.class);
        this.status = service.getBean(OutboxStatus.class);
        this.mongo = service.getBean(MongoTemplate.class);
        this.client = service.getBean(MongoClient.class);
        this.database = service.getBean(MongoDatabaseFactory.class).getMongoDatabase();
    }

    static List<Figure> run() throws Exception {
        Path folder = Files.createTempDirectory("clinicops-bench-");
        try (LocalMongo mongod = LocalMongo.start(LocalMongo.Options.open(folder.resolve("mongo")));
                LocalBroker broker = LocalBroker.start(folder.resolve("kafka"), 0);
                ConfigurableApplicationContext service = new SpringApplicationBuilder(BenchService.class)
                        .web(WebApplicationType.NONE)
                        .bannerMode(org.springframework.boot.Banner.Mode.OFF)
                        .properties(Map.of(
                                "spring.mongodb.uri",
                                mongod.connectionString("bench"),
                                "spring.cloud.stream.kafka.binder.brokers",
                                broker.bootstrapServers(),
                                // short, so that the cost of deleting falls on the slices that it belongs to
                                "clinicops.outbox.margin",
                                "0s",
                                "clinicops.outbox.sweep-every",
                                "200ms"))
                        .run()) {
            return new OutboxBench(service, broker.bootstrapServers()).measure();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private List<Figure> measure() throws Exception {
        for (String collection : List.of("sessions", "bare_one", "bare_other", "raw")) {
            database.createCollection(collection);
        }
        say("warming up");
        // Until the JVM has compiled what matters; else its compiler takes a third of the machine from those who are
        // measured.
        // Under full load the compiler itself gets nowhere, so each round leaves it a pause.
        double roughBareRate = 0;
        for (int round = 0; round < WARM_UPS; round++) {
            saturate(WARM_UP, this::bookWithOutbox);
            roughBareRate = saturate(WARM_UP, this::bareTransaction) / (WARM_UP.toMillis() / 1000.0);
            Thread.sleep(WARM_UP);
        }
        paced(WARM_UP.multipliedBy(4), CALM_PER_SECOND, this::bookWithOutbox);
        awaitSent();
        // what the warm-up left behind the margin is deleted first
        do {
            Thread.sleep(200);
            bookWithOutbox(Ids.next());
        } while (database.getCollection("outbox").countDocuments() > CALM_PER_SECOND);

        say("commit to Kafka at %d events/s".formatted(CALM_PER_SECOND));
        double p99 = commitToKafkaP99();
        double rawP99 = rawChangeStreamToKafkaP99();

        say("commits beside bare transactions, at half load");
        double[] half = {0, 0};
        for (int slice = 0; slice < SLICES; slice++) {
            half[0] += paced(SLICE, roughBareRate / 2, this::bookWithOutbox);
            awaitSent();
            half[1] += paced(SLICE, roughBareRate / 2, this::bareTransaction);
        }
        say("%d writers against the relay".formatted(WRITERS));
        Storm storm = storm();

        say("commits beside bare transactions, saturated");
        double[] saturated = {0, 0};
        Cpu outboxCpu = new Cpu();
        Cpu bareCpu = new Cpu();
        for (int slice = 0; slice < SLICES; slice++) {
            saturated[0] += outboxCpu.over(() -> saturate(SLICE, this::bookWithOutbox));
            awaitSent();
            saturated[1] += bareCpu.over(() -> saturate(SLICE, this::bareTransaction));
        }
        say("  outbox: %s; bare: %s".formatted(outboxCpu, bareCpu));
        double bareRate = saturated[1] / (SLICES * SLICE.toMillis() / 1000.0);
        double outboxRate = saturated[0] / (SLICES * SLICE.toMillis() / 1000.0);

        double rawSends = rawProducerRate();

        return List.of(
                Figure.lower("commit-to-kafka-p99-ms", p99, "ms", 20, rawP99),
                Figure.higher("relay-events-per-s", storm.perSecond, "events/s", 1000, rawSends),
                Figure.lower("relay-backlog-growth", storm.backlog, "events", 500, storm.perSecond),
                new Figure(
                        "commit-ratio-saturated",
                        round(outboxRate / bareRate),
                        "ratio",
                        "higher",
                        0.75d,
                        1,
                        round(outboxRate / bareRate)),
                new Figure(
                        "commit-ratio-half-load",
                        round(half[0] / half[1]),
                        "ratio",
                        "higher",
                        0.95d,
                        1,
                        round(half[0] / half[1])),
                Figure.higher("commits-per-s-outbox", outboxRate, "commits/s", 0, bareRate));
    }

    private void bookWithOutbox(String id) {
        transactions.run(() -> {
            mongo.insert(new Document("_id", id).append("version", 1L).append("body", BODY), "sessions");
            outbox.append(id, 1, List.of(new EscortNamed(id, id, Instant.now())));
        });
    }

    private void bareTransaction(String id) {
        MongoCollection<Document> one = database.getCollection("bare_one");
        MongoCollection<Document> other = database.getCollection("bare_other");
        try (ClientSession session = client.startSession()) {
            session.startTransaction(TransactionOptions.builder()
                    .readConcern(ReadConcern.MAJORITY)
                    .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                    .build());
            one.insertOne(session, new Document("_id", id).append("version", 1L).append("body", BODY));
            other.insertOne(
                    session, new Document("_id", id).append("version", 1L).append("body", BODY));
            session.commitTransaction();
        }
    }

    private double commitToKafkaP99() throws Exception {
        Map<String, Long> committed = new ConcurrentHashMap<>();
        try (Arrivals arrivals = Arrivals.prompt(bootstrapServers, Topics.SCHEDULING)) {
            // the listener's first fetches are not what is measured
            long sent = paced(LISTENER_WARM_UP, CALM_PER_SECOND, this::bookWithOutbox);
            sent += paced(CALM, CALM_PER_SECOND, id -> {
                bookWithOutbox(id);
                committed.put(id, System.nanoTime());
            });
            arrivals.await(sent);
            return p99Millis(committed, arrivals);
        }
    }

    /** The least that the same way can take: a plain insert, a change stream, a synchronous send. */
    private double rawChangeStreamToKafkaP99() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(RAW_TOPIC, Topics.PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        Map<String, Long> committed = new ConcurrentHashMap<>();
        AtomicBoolean open = new AtomicBoolean(true);
        MongoCollection<Document> rows = database.getCollection("raw");
        rows.insertOne(new Document("_id", "first"));
        try (Arrivals arrivals = Arrivals.prompt(bootstrapServers, RAW_TOPIC);
                KafkaProducer<byte[], byte[]> producer = producer();
                var stream =
                        rows.watch().maxAwaitTime(100, TimeUnit.MILLISECONDS).cursor()) {
            Thread relay = Thread.ofPlatform().daemon(true).start(() -> {
                while (open.get()) {
                    var change = stream.tryNext();
                    if (change != null) {
                        String id =
                                Objects.requireNonNull(change.getFullDocument()).getString("_id");
                        try {
                            producer.send(new ProducerRecord<>(RAW_TOPIC, id.getBytes(StandardCharsets.UTF_8), BODY))
                                    .get();
                        } catch (InterruptedException | ExecutionException e) {
                            return;
                        }
                    }
                }
            });
            Consumer<String> insert = id -> rows.insertOne(new Document("_id", id).append("body", BODY));
            long sent = paced(LISTENER_WARM_UP, CALM_PER_SECOND, insert);
            sent += paced(CALM.dividedBy(2), CALM_PER_SECOND, id -> {
                insert.accept(id);
                committed.put(id, System.nanoTime());
            });
            arrivals.await(sent);
            double p99 = p99Millis(committed, arrivals);
            open.set(false);
            relay.join();
            return p99;
        }
    }

    private static double p99Millis(Map<String, Long> committed, Arrivals arrivals) {
        long[] nanos = committed.entrySet().stream()
                // it may arrive before the writer's own thread is told of the commit
                .mapToLong(c -> Math.max(0, arrivals.nanosOf(c.getKey()) - c.getValue()))
                .sorted()
                .toArray();
        say("  median %.2f ms, p99 %.2f ms, longest %.2f ms of %d"
                .formatted(
                        nanos[nanos.length / 2] / 1e6,
                        nanos[(int) (nanos.length * 0.99)] / 1e6,
                        nanos[nanos.length - 1] / 1e6,
                        nanos.length));
        return nanos[(int) (nanos.length * 0.99)] / 1e6;
    }

    /** @param backlog how many more were unsent at the end than after the first third */
    private record Storm(double perSecond, long backlog) {}

    private Storm storm() throws Exception {
        try (Arrivals arrivals = Arrivals.counting(bootstrapServers, Topics.SCHEDULING);
                ExecutorService pool = Executors.newFixedThreadPool(1)) {
            long begun = System.nanoTime();
            AtomicLong committed = new AtomicLong();
            Future<Long> writing = pool.submit(() -> saturate(STORM, id -> {
                bookWithOutbox(id);
                committed.incrementAndGet();
            }));
            Thread.sleep(STORM.dividedBy(3));
            long early = committed.get() - arrivals.count();
            Thread.sleep(STORM.multipliedBy(2).dividedBy(3).minusMillis(100));
            long late = committed.get() - arrivals.count();
            long all = writing.get();
            boolean complete = arrivals.await(all);
            double seconds = (System.nanoTime() - begun) / 1e9;
            say("  %d committed, %s; on their way early %d, late %d"
                    .formatted(all, complete ? "all relayed" : "NOT all relayed", early, late));
            return new Storm(complete ? all / seconds : arrivals.count() / seconds, Math.max(0, late - early));
        }
    }

    /** CPU time of database and JVM (writers, relay and broker together) for each command, in microseconds. */
    private static final class Cpu {
        private final ProcessHandle mongod = ProcessHandle.current()
                .children()
                .filter(p -> p.info().command().orElse("").endsWith("mongod"))
                .findFirst()
                .orElseThrow();
        private long commands;
        private long mongodMicros;
        private long jvmMicros;

        long over(Callable<Long> work) throws Exception {
            long database = micros(mongod);
            long self = micros(ProcessHandle.current());
            long done = work.call();
            mongodMicros += micros(mongod) - database;
            jvmMicros += micros(ProcessHandle.current()) - self;
            commands += done;
            return done;
        }

        private static long micros(ProcessHandle process) {
            return process.info().totalCpuDuration().orElseThrow().toNanos() / 1000;
        }

        @Override
        public String toString() {
            return "mongod %d us, JVM %d us a command".formatted(mongodMicros / commands, jvmMicros / commands);
        }
    }

    private long saturate(Duration time, Consumer<String> command) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        AtomicLong count = new AtomicLong();
        onAllWriters(() -> {
            while (System.nanoTime() < end) {
                command.accept(Ids.next());
                count.incrementAndGet();
            }
        });
        return count.get();
    }

    /** Commands begin on their beat, whatever the ones before them do; counts what was done within the time. */
    private long paced(Duration time, double perSecond, Consumer<String> command) throws Exception {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        double nanosApart = 1e9 / perSecond;
        AtomicLong beat = new AtomicLong();
        AtomicLong count = new AtomicLong();
        onAllWriters(() -> {
            while (true) {
                long due = begin + (long) (beat.getAndIncrement() * nanosApart);
                if (due >= end) {
                    return;
                }
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                if (System.nanoTime() >= end) {
                    return;
                }
                command.accept(Ids.next());
                count.incrementAndGet();
            }
        });
        return count.get();
    }

    private static void onAllWriters(Runnable work) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(pool.submit(work));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
    }

    /** Kafka's own pace with the relay's settings, many records on their way at once. */
    private double rawProducerRate() throws Exception {
        int many = 20_000;
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (boolean measured : new boolean[] {false, true}) {
                long begun = System.nanoTime();
                List<Future<?>> sends = new ArrayList<>(many);
                for (int i = 0; i < many; i++) {
                    sends.add(producer.send(
                            new ProducerRecord<>(RAW_TOPIC, Ids.next().getBytes(StandardCharsets.UTF_8), BODY)));
                }
                for (Future<?> send : sends) {
                    send.get();
                }
                if (measured) {
                    return many / ((System.nanoTime() - begun) / 1e9);
                }
            }
            throw new AssertionError();
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", "0"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private void awaitSent() throws InterruptedException {
        while (status.unsent() > 0) {
            Thread.sleep(10);
        }
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private static void say(String text) {
        System.err.println(text);
    }
}
