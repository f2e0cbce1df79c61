package clinicops.staffweb.live;

import clinicops.chassis.Caller;
import clinicops.staffweb.journey.JourneySight;
import clinicops.staffweb.signin.OpenSessions;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * One browser that looks on: what waits for it, and the thread that writes to it. It ends with its session, when the roles are
 * no longer those that it began with, when the browser is gone, and when the browser reads so slowly that too much waits.
 */
final class LiveStream {
    static final int MOST_WAITING = 1_000;
    private static final int MOST_TOGETHER = 100;
    private static final Logger log = LoggerFactory.getLogger(LiveStream.class);
    private static final byte[] NOTHING = {};
    private static final LiveMessage LAST = new LiveMessage(0, Map.of());

    private final BlockingQueue<LiveMessage> waiting = new ArrayBlockingQueue<>(MOST_WAITING + 1);
    private final String sessionId;
    private final Caller caller;
    private final JourneySight sight;
    private final OpenSessions sessions;
    private final Duration heartbeat;
    private final ReentrantLock writing = new ReentrantLock();
    private byte[] start = new byte[0];
    private volatile boolean over;

    LiveStream(String sessionId, Caller caller, OpenSessions sessions, Duration heartbeat) {
        this.sessionId = sessionId;
        this.caller = caller;
        this.sight = JourneySight.of(caller);
        this.sessions = sessions;
        this.heartbeat = heartbeat;
    }

    String sessionId() {
        return sessionId;
    }

    /** Before it begins: what comes first. */
    void startWith(byte[] text) {
        start = text;
    }

    /** Never waits; a stream that has too much waiting ends. */
    void offer(LiveMessage message) {
        if (!over && (waiting.size() >= MOST_WAITING || !waiting.offer(message))) {
            log.info("A live stream that reads too slowly is dropped");
            end();
        }
    }

    void end() {
        over = true;
        waiting.clear();
        // wakes the writer; when the browser does not read at all, the write's own time limit does
        waiting.offer(LAST);
    }

    /** In the request's own thread, before anything is written. */
    void begin(AsyncContext line) {
        line.setTimeout(0);
        line.addListener(new UntilGone());
    }

    /** Writes until the end. */
    void write(LiveHub hub, AsyncContext line) {
        try {
            OutputStream out = line.getResponse().getOutputStream();
            write(out, hub.hello(), start);
            write(hub, out);
        } catch (IOException | RuntimeException e) {
            if (over) {
                log.debug("A live stream's browser is gone");
            } else {
                log.debug("A live stream broke off", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            over = true;
            hub.letOut(this);
            complete(line);
        }
    }

    private void write(LiveHub hub, OutputStream out) throws IOException, InterruptedException {
        long beat = System.nanoTime() + heartbeat.toNanos();
        while (!over) {
            LiveMessage next = waiting.poll(Math.max(0, beat - System.nanoTime()), TimeUnit.NANOSECONDS);
            var together = new ArrayList<LiveMessage>();
            if (next != null) {
                together.add(next);
                waiting.drainTo(together, MOST_TOGETHER);
            }
            write(out, together.stream().map(this::text).toArray(byte[][]::new));
            if (System.nanoTime() - beat >= 0) {
                // read before looking whether anything waits: what comes in between is not said to have been told
                long told = hub.position();
                if (waiting.isEmpty()) {
                    write(out, hub.heartbeat(told));
                }
                beat = System.nanoTime() + heartbeat.toNanos();
                if (!stillOpen()) {
                    return;
                }
            }
        }
    }

    private void write(OutputStream out, byte[]... texts) throws IOException {
        writing.lock();
        try {
            // once it is over the line may be somebody else's
            if (!over && texts.length > 0) {
                for (byte[] text : texts) {
                    out.write(text);
                }
                out.flush();
            }
        } finally {
            writing.unlock();
        }
    }

    private byte[] text(LiveMessage message) {
        byte[] text = message.texts().get(sight);
        return text == null ? NOTHING : text;
    }

    private boolean stillOpen() {
        try {
            return sessions.callerOf(sessionId).filter(caller::equals).isPresent();
        } catch (DataAccessException e) {
            // nothing new is told either while the database is away
            return true;
        }
    }

    private void complete(AsyncContext line) {
        writing.lock();
        try {
            line.complete();
        } catch (IllegalStateException e) {
            log.debug("A live stream was over already");
        } finally {
            writing.unlock();
        }
    }

    /** The container notices first that a browser is gone; it takes the line away when nobody is writing to it. */
    private final class UntilGone implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            end();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            end();
        }

        @Override
        public void onError(AsyncEvent event) {
            end();
            complete(event.getAsyncContext());
        }

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
