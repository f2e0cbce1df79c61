package clinicops.staffweb.live;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.ClockSettings;
import clinicops.outbox.ConsumerLag;
import clinicops.staffweb.journey.JourneyFollower;
import clinicops.staffweb.journey.JourneySight;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hands what enters the journeys to everybody who looks on, and keeps the latest of it for those who come back after a break.
 * Nobody who reads slowly holds up the others.
 */
@Component
final class LiveHub implements JourneyFollower, SmartLifecycle, MeterBinder {
    /** Not the business clock: it must not move with a demo. */
    private static final InstantSource SYSTEM = InstantSource.system();

    private static final int MOST_STREAMS = 500;
    /** A browser has one in each of its tabs. */
    private static final int MOST_STREAMS_OF_A_SESSION = 12;

    private static final int MOST_KEPT = 5_000;

    private final BusinessClock clock;
    private final ClockSettings settings;
    private final ConsumerLag lag;
    private final JsonMapper json;

    // guarded by this
    private final Deque<LiveMessage> kept = new ArrayDeque<>();
    private final Set<LiveStream> streams = new HashSet<>();
    private boolean open;
    private boolean following;
    /** From here on everything is kept. */
    private long keptFrom;

    private volatile long position;
    private volatile long answeredNanos;
    private volatile boolean answered;

    LiveHub(BusinessClock clock, ClockSettings settings, ConsumerLag lag, JsonMapper json) {
        this.clock = clock;
        this.settings = settings;
        this.lag = lag;
        this.json = json;
    }

    /** @param types wire types of what entered the patient's journey, together */
    record JourneyNews(String patientId, Instant at, List<String> types) {}

    /** @param demo whether this clinic is a demo */
    record Hello(Instant now, boolean demo) {}

    /**
     * @param now the clinic's time
     * @param asOf the clinic's time up to which what is shown is surely complete; null while that is not known
     */
    record Heartbeat(Instant now, @Nullable Instant asOf) {}

    /** Why no more can look on. */
    enum Full {
        CLINIC,
        SESSION,
        CLOSING
    }

    @Override
    public void entered(long at, String patientId, Instant time, List<String> types) {
        var texts = new EnumMap<JourneySight, byte[]>(JourneySight.class);
        byte[] full = news(at, patientId, time, types);
        for (JourneySight sight : JourneySight.values()) {
            List<String> seen = types.stream().filter(sight::shows).toList();
            if (!seen.isEmpty()) {
                texts.put(sight, seen.size() == types.size() ? full : news(at, patientId, time, seen));
            }
        }
        spread(new LiveMessage(at, texts));
    }

    private byte[] news(long at, String patientId, Instant time, List<String> types) {
        return LiveMessage.text("journey", at, json.writeValueAsString(new JourneyNews(patientId, time, types)));
    }

    private synchronized void spread(LiveMessage message) {
        position = Math.max(position, message.position());
        kept.addLast(message);
        if (kept.size() > MOST_KEPT) {
            keptFrom = kept.removeFirst().position() + 1;
        }
        streams.forEach(stream -> stream.offer(message));
    }

    @Override
    public synchronized void startOver(long at) {
        position = at;
        kept.clear();
        keptFrom = at;
        following = true;
        byte[] text = reset(at);
        var message = LiveMessage.toAll(at, text);
        streams.forEach(stream -> stream.offer(message));
    }

    private static byte[] reset(long at) {
        return LiveMessage.text("reset", at, "{}");
    }

    @Override
    public void upTo(long reached) {
        position = Math.max(position, reached);
        answeredNanos = System.nanoTime();
        answered = true;
    }

    /**
     * Lets a stream in, with what it has missed.
     *
     * @param since the last position that it knows of; empty when it comes for the first time, negative when it says something
     *     that is no position
     * @return why not, when it was not let in
     */
    synchronized Optional<Full> letIn(LiveStream stream, Optional<Long> since) {
        Optional<Full> full = full(stream.sessionId());
        if (full.isPresent()) {
            return full;
        }
        since.ifPresent(known -> {
            if (!following || known < keptFrom || known > position || !offerSince(stream, known)) {
                stream.startWith(reset(position));
            }
        });
        streams.add(stream);
        return Optional.empty();
    }

    /** What was told at the very position is told again: it may have been half of what stood there. */
    private boolean offerSince(LiveStream stream, long known) {
        var missed =
                kept.stream().filter(message -> message.position() >= known).toList();
        if (missed.size() > LiveStream.MOST_WAITING) {
            return false;
        }
        missed.forEach(stream::offer);
        return true;
    }

    private Optional<Full> full(String sessionId) {
        if (!open) {
            return Optional.of(Full.CLOSING);
        }
        if (streams.size() >= MOST_STREAMS) {
            return Optional.of(Full.CLINIC);
        }
        long ofSession = streams.stream()
                .filter(stream -> stream.sessionId().equals(sessionId))
                .count();
        return ofSession >= MOST_STREAMS_OF_A_SESSION ? Optional.of(Full.SESSION) : Optional.empty();
    }

    synchronized void letOut(LiveStream stream) {
        streams.remove(stream);
    }

    byte[] hello() {
        // without a position: what was missed comes after it
        String data = json.writeValueAsString(new Hello(clock.instant(), settings.demo()));
        return ("retry: 2000\nevent: hello\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** @param at the position that the stream has told everything up to */
    byte[] heartbeat(long at) {
        Instant now = clock.instant();
        return LiveMessage.text("heartbeat", at, json.writeValueAsString(new Heartbeat(now, asOf(now))));
    }

    long position() {
        return position;
    }

    private @Nullable Instant asOf(Instant now) {
        Instant caughtUp = lag.lastCaughtUp();
        if (!answered || caughtUp.equals(Instant.EPOCH)) {
            return null;
        }
        Duration unheard = Duration.ofNanos(System.nanoTime() - answeredNanos);
        Duration behind = Duration.between(caughtUp, SYSTEM.instant());
        return now.minus(unheard.compareTo(behind) > 0 ? unheard : behind);
    }

    @Override
    public synchronized void start() {
        open = true;
    }

    /** Before the web server, which would wait for the streams to end. */
    @Override
    public synchronized void stop() {
        open = false;
        streams.forEach(LiveStream::end);
    }

    @Override
    public synchronized boolean isRunning() {
        return open;
    }

    private synchronized int size() {
        return streams.size();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("clinicops.live.streams", this::size)
                .description("Browsers that look on by this copy of the front door")
                .register(registry);
    }
}
