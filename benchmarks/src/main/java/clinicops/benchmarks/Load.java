package clinicops.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * What several clients got done, each asking again as soon as it is answered.
 *
 * @param p99Millis how long the slowest in a hundred took at least
 */
record Load(double perSecond, double p99Millis, double medianMillis, int done) {

    /** One client's work; made in the client's own thread. */
    interface Client extends AutoCloseable {
        void once(SplittableRandom random) throws Exception;

        @Override
        default void close() throws Exception {}
    }

    interface Clients {
        Client open() throws Exception;
    }

    static Load of(int clients, Duration time, Clients make) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(clients)) {
            List<Future<long[]>> runs = new ArrayList<>();
            long begun = System.nanoTime();
            long end = begun + time.toNanos();
            for (int i = 0; i < clients; i++) {
                int seed = i;
                runs.add(pool.submit(() -> run(make, new SplittableRandom(4_711 + seed), end)));
            }
            LongStream all = LongStream.empty();
            for (Future<long[]> run : runs) {
                all = LongStream.concat(all, Arrays.stream(run.get()));
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            long[] nanos = all.sorted().toArray();
            if (nanos.length == 0) {
                throw new IllegalStateException("nothing was done in " + time);
            }
            return new Load(
                    nanos.length / seconds,
                    nanos[(int) (nanos.length * 0.99)] / 1e6,
                    nanos[nanos.length / 2] / 1e6,
                    nanos.length);
        }
    }

    private static long[] run(Clients make, SplittableRandom random, long end) throws Exception {
        long[] nanos = new long[1 << 10];
        int count = 0;
        try (Client client = make.open()) {
            long before = System.nanoTime();
            while (before < end) {
                client.once(random);
                long after = System.nanoTime();
                if (count == nanos.length) {
                    nanos = Arrays.copyOf(nanos, 2 * count);
                }
                nanos[count++] = after - before;
                before = after;
            }
        }
        return Arrays.copyOf(nanos, count);
    }

    @Override
    public String toString() {
        return "%.0f/s, median %.2f ms, p99 %.2f ms, %d done".formatted(perSecond, medianMillis, p99Millis, done);
    }
}
