package clinicops.scheduling.resource;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The places that are occupied already, in a stretch of time. */
public record Taken(List<TakenPlace> places) {

    /** One occupied place and by whom. */
    public record TakenPlace(String patientId, Place place) {
        boolean overlaps(Instant from, Instant until) {
            return place.startsAt().isBefore(until) && place.endsAt().isAfter(from);
        }
    }

    public Taken {
        places = places.stream()
                .sorted(Comparator.comparing((TakenPlace taken) -> taken.place().startsAt()))
                .toList();
    }

    public static Taken none() {
        return new Taken(List.of());
    }

    Taken during(Instant from, Instant until) {
        return new Taken(places.stream().filter(p -> p.overlaps(from, until)).toList());
    }

    /** @param buffer kept free behind each session in it */
    boolean chairIsFree(String chairId, Instant from, Instant until, Duration buffer) {
        return places.stream()
                .noneMatch(
                        p -> p.place().chairId().equals(chairId) && p.overlaps(from.minus(buffer), until.plus(buffer)));
    }

    /** @param buffer kept free behind each session with it */
    boolean pumpIsFree(String pumpId, Instant from, Instant until, Duration buffer) {
        return places.stream()
                .noneMatch(
                        p -> pumpId.equals(p.place().pumpId()) && p.overlaps(from.minus(buffer), until.plus(buffer)));
    }

    boolean seatIsFree(String nurseId, int seat, Instant from, Instant until) {
        return places.stream()
                .noneMatch(p ->
                        p.place().nurseId().equals(nurseId) && p.place().seat() == seat && p.overlaps(from, until));
    }

    boolean patientIsFree(String patientId, Instant from, Instant until) {
        return places.stream().noneMatch(p -> p.patientId().equals(patientId) && p.overlaps(from, until));
    }
}
