package clinicops.scheduling.resource;

import clinicops.scheduling.resource.Occupancy.Stretch;
import clinicops.scheduling.resource.Occupancy.Taking;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is occupied already of each resource, in a stretch of time: buffers included, whatever occupies it. */
public final class Taken {
    private static final long[] NOTHING = {};
    private static final Taken NONE = new Taken(Map.of());

    /** Minutes since the epoch, beginning and end in turn, in order; the stretches of one resource never overlap. */
    private final Map<String, long[]> byResource;

    private Taken(Map<String, long[]> byResource) {
        this.byResource = byResource;
    }

    public static Taken none() {
        return NONE;
    }

    /** What these occupy. */
    public static Taken of(Collection<Taking> takings) {
        Gathering gathering = new Gathering();
        takings.stream()
                .flatMap(taking -> taking.stretches().stream())
                .forEach(stretch ->
                        gathering.add(stretch.resource(), minute(stretch.from()), endMinute(stretch.until())));
        return gathering.done();
    }

    /** Gathers stretches in any order. */
    static final class Gathering {
        private final Map<String, List<long[]>> found = new HashMap<>();

        void add(String resource, long from, long until) {
            found.computeIfAbsent(resource, _ -> new ArrayList<>()).add(new long[] {from, until});
        }

        Taken done() {
            Map<String, long[]> byResource = new HashMap<>();
            found.forEach((resource, stretches) -> byResource.put(
                    resource,
                    stretches.stream()
                            .sorted((a, b) -> Long.compare(a[0], b[0]))
                            .flatMapToLong(Arrays::stream)
                            .toArray()));
            return new Taken(byResource);
        }
    }

    /** What is taken of one resource, for {@link #isFree(long[], Instant, Instant)}. */
    long[] of(String resource) {
        return byResource.getOrDefault(resource, NOTHING);
    }

    /** Whether nothing of what is taken touches the time between. */
    static boolean isFree(long[] taken, Instant from, Instant until) {
        long first = minute(from);
        long end = endMinute(until);
        int low = 0;
        int high = taken.length / 2;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (taken[2 * middle] < end) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 || taken[2 * low - 1] <= first;
    }

    /** @param buffer kept free behind the session */
    boolean chairIsFree(String chairId, Instant from, Instant until, Duration buffer) {
        return isFree(of(Stretch.chair(chairId)), from, until.plus(buffer));
    }

    /** @param buffer kept free behind the session */
    boolean pumpIsFree(String pumpId, Instant from, Instant until, Duration buffer) {
        return isFree(of(Stretch.pump(pumpId)), from, until.plus(buffer));
    }

    boolean seatIsFree(String nurseId, int seat, Instant from, Instant until) {
        return isFree(of(Stretch.seat(nurseId, seat)), from, until);
    }

    boolean patientIsFree(String patientId, Instant from, Instant until) {
        return isFree(of(Stretch.patient(patientId)), from, until);
    }

    boolean therapistIsFree(String therapistId, Instant from, Instant until) {
        return isFree(of(Stretch.therapist(therapistId)), from, until);
    }

    static long minute(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), 60);
    }

    /** The first minute after; one that has begun counts. */
    static long endMinute(Instant until) {
        return minute(until.plus(Duration.ofMinutes(1)).minusNanos(1));
    }
}
