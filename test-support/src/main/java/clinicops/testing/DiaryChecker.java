package clinicops.testing;

import clinicops.contracts.Event;
import clinicops.contracts.SchedulingEvent.SessionBooked;
import clinicops.contracts.SchedulingEvent.SessionCancelled;
import clinicops.contracts.SchedulingEvent.SessionMissed;
import clinicops.contracts.SchedulingEvent.SessionMoved;
import clinicops.contracts.SchedulingEvent.SessionPlaceChanged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Judges from outside whether anything was ever given away twice: replays what scheduling told of its sessions, in the order in
 * which it was told, and compares what is left with what is taken. Knows nothing of how scheduling prevents it.
 */
public final class DiaryChecker {
    private final int seats;
    private final Map<String, Kept> kept = new HashMap<>();
    private final Map<String, Set<Kept>> byResource = new HashMap<>();
    private final Map<String, List<Stretch>> stretchesBy = new HashMap<>();
    private final Map<String, List<Stretch>> stretchesOf = new HashMap<>();
    private final Set<Kept> moved = new HashSet<>();
    private final List<String> findings = new ArrayList<>();

    private record Kept(String id, String patient, String chair, String nurse, Instant from, Instant until) {
        boolean overlaps(Kept other) {
            return from.isBefore(other.until) && other.from.isBefore(until);
        }

        List<String> resources() {
            return List.of("chair|" + chair, "patient|" + patient, "nurse|" + nurse);
        }
    }

    private record Stretch(String resource, long from, long until, String by) {}

    /** @param seats how many patients a nurse watches at once, at most */
    public DiaryChecker(int seats) {
        this.seats = seats;
    }

    /** The next event; those that move nobody are looked past. */
    public void told(Event event) {
        switch (event) {
            case SessionBooked booked ->
                keep(new Kept(
                        booked.sessionId(),
                        booked.patientId(),
                        booked.chairId(),
                        booked.nurseId(),
                        booked.startsAt(),
                        booked.endsAt()));
            case SessionMoved moved -> {
                Kept former = free(moved.sessionId());
                if (former != null) {
                    // sessions that move together trade places: judged when all of them have moved
                    moved(new Kept(
                            former.id(),
                            former.patient(),
                            Objects.requireNonNullElse(moved.chairId(), former.chair()),
                            Objects.requireNonNullElse(moved.nurseId(), former.nurse()),
                            moved.startsAt(),
                            moved.endsAt()));
                }
            }
            case SessionPlaceChanged changed -> {
                Kept former = free(changed.sessionId());
                if (former != null) {
                    moved(new Kept(
                            former.id(),
                            former.patient(),
                            changed.chairId(),
                            changed.nurseId(),
                            changed.startsAt(),
                            changed.endsAt()));
                }
            }
            case SessionCancelled cancelled -> free(cancelled.sessionId());
            case SessionMissed missed -> free(missed.sessionId());
            default -> {}
        }
    }

    private void keep(Kept session) {
        if (kept.put(session.id(), session) != null) {
            findings.add("session " + session.id() + " was booked twice");
        }
        judge(session, findings);
        put(session);
    }

    private void moved(Kept session) {
        kept.put(session.id(), session);
        put(session);
        moved.add(session);
    }

    private void put(Kept session) {
        session.resources().forEach(resource -> byResource
                .computeIfAbsent(resource, _ -> new HashSet<>())
                .add(session));
    }

    private void judge(Kept session, List<String> into) {
        for (String resource : session.resources()) {
            long atOnce = byResource.getOrDefault(resource, Set.of()).stream()
                    .filter(other -> other != session && session.overlaps(other))
                    .count();
            if (atOnce >= (resource.startsWith("nurse|") ? seats : 1)) {
                into.add(resource + " is given to " + (atOnce + 1) + " at " + session.from());
            }
        }
    }

    private @org.jspecify.annotations.Nullable Kept free(String id) {
        Kept former = kept.remove(id);
        if (former == null) {
            findings.add("session " + id + " was given up and never booked");
            return null;
        }
        former.resources()
                .forEach(resource -> byResource.getOrDefault(resource, Set.of()).remove(former));
        return former;
    }

    /**
     * What lies in the database as taken: one stretch of one resource's day.
     *
     * @param day {@code day|kind|resource}
     * @param from minutes since the epoch
     * @param by the session or hold that takes it
     */
    public void occupied(String day, long from, long until, String by) {
        Stretch stretch = new Stretch(day.substring(day.indexOf('|') + 1), from, until, by);
        stretchesBy.computeIfAbsent(by, _ -> new ArrayList<>()).add(stretch);
        List<Stretch> ofDay = stretchesOf.computeIfAbsent(day, _ -> new ArrayList<>());
        ofDay.stream()
                .filter(other -> other.from() < until && from < other.until())
                .forEach(other -> findings.add(day + " is taken by " + other.by() + " and " + by + " at once"));
        ofDay.add(stretch);
    }

    /**
     * Everything that is wrong; empty when nothing is.
     *
     * @param others who else may take something: open holds, seeded blocks
     */
    public List<String> findings(Predicate<String> others) {
        List<String> all = new ArrayList<>(findings);
        moved.stream()
                .filter(session -> session.equals(kept.get(session.id())))
                .forEach(session -> judge(session, all));
        kept.values().forEach(session -> {
            long from = session.from().getEpochSecond() / 60;
            long until = session.until().getEpochSecond() / 60;
            List<Stretch> taken = stretchesBy.getOrDefault(session.id(), List.of());
            session.resources().stream()
                    .filter(resource -> taken.stream()
                            .noneMatch(stretch -> (stretch.resource().equals(resource)
                                            || stretch.resource().startsWith(resource + "#"))
                                    && stretch.from() == from
                                    && stretch.until() >= until))
                    .forEach(resource -> all.add(resource + " is not taken for session " + session.id()));
        });
        stretchesBy.keySet().stream()
                .filter(by -> !kept.containsKey(by) && !others.test(by))
                .forEach(by -> all.add(by + " takes something and is not booked"));
        return all;
    }
}
