package clinicops.scheduling.resource;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.RuleViolation;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.resource.Means.Kind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the clinic's means as they are now. */
@Component
public class Rosters {
    private final Chairs chairs;
    private final Pumps pumps;
    private final Nurses nurses;
    private final Prescribers prescribers;
    private final Therapists therapists;
    private final OpeningTimes openingTimes;
    private final AvailabilityRules availability;
    private final Credentials credentials;
    private final CredentialTerms terms;
    private final BusinessClock clock;
    private final MeansStamp stamps;
    private final Occurrences occurrences = new Occurrences();
    private final AtomicReference<@Nullable Kept> last = new AtomicReference<>();

    private record Kept(long stamp, LocalDate day, Roster roster) {}

    Rosters(
            Chairs chairs,
            Pumps pumps,
            Nurses nurses,
            Prescribers prescribers,
            Therapists therapists,
            OpeningTimes openingTimes,
            AvailabilityRules availability,
            Credentials credentials,
            RuleBook rules,
            BusinessClock clock,
            MeansStamp stamps) {
        this.chairs = chairs;
        this.pumps = pumps;
        this.nurses = nurses;
        this.prescribers = prescribers;
        this.therapists = therapists;
        this.openingTimes = openingTimes;
        this.availability = availability;
        this.credentials = credentials;
        this.terms = rules.read("credentials", CredentialTerms.class);
        this.clock = clock;
        this.stamps = stamps;
    }

    /** As of now; read anew only after something has changed. */
    public Roster present() {
        long stamp = stamps.present();
        LocalDate today = clock.today();
        Kept kept = last.get();
        if (kept == null || kept.stamp() != stamp || !kept.day().equals(today)) {
            // what changes while this is read has another stamp, so nothing old is kept for longer than it takes to ask
            // again
            kept = new Kept(stamp, today, roster(availability.from(today.minusDays(1))));
            last.set(kept);
        }
        return kept.roster();
    }

    /** As it would be with one more rule of availability, or with a rule changed. */
    Roster with(Availability rule) {
        List<Availability> rules =
                new ArrayList<>(availability.from(clock.today().minusDays(1)));
        rules.removeIf(other -> other.id().equals(rule.id()));
        rules.add(rule);
        return roster(rules);
    }

    /**
     * As it would be without one of its means from a day on.
     *
     * @param of kind and id, as {@code chair/0198...}
     * @throws RuleViolation {@code unknown-resource} or {@code in-the-past} (422)
     */
    public Roster without(String of, LocalDate from) {
        if (!knows(of)) {
            throw new RuleViolation("unknown-resource", "the clinic has no such resource").withField("of");
        }
        if (from.isBefore(clock.today())) {
            throw new RuleViolation("in-the-past", "what is past keeps its means").withField("retiredOn");
        }
        return roster(ahead(), openingTimes.ofClinic().orElseGet(OpeningHours::none), new Retiring(of, from));
    }

    /**
     * As it would be with other opening hours.
     *
     * @throws RuleViolation what refuses the hours
     */
    public Roster opening(NewOpeningHours hours) {
        return roster(ahead(), hours.over(0), Retiring.NOBODY);
    }

    private List<Availability> ahead() {
        return availability.from(clock.today().minusDays(1));
    }

    /** What is to be no more. */
    private record Retiring(String of, LocalDate from) {
        static final Retiring NOBODY = new Retiring("", LocalDate.MAX);

        @SuppressWarnings("unchecked") // each kind answers one of its own
        <T extends Means> List<T> among(Kind kind, List<T> all) {
            return all.stream()
                    .map(one -> kind.named(one.id()).equals(of) ? (T) one.retiredFrom(from) : one)
                    .toList();
        }
    }

    private Roster roster(List<Availability> rules) {
        return roster(rules, openingTimes.ofClinic().orElseGet(OpeningHours::none), Retiring.NOBODY);
    }

    private Roster roster(List<Availability> rules, OpeningHours hours, Retiring retiring) {
        return new Roster(
                clock.clinicZone(),
                hours,
                retiring.among(Kind.CHAIR, chairs.everyOne()),
                retiring.among(Kind.PUMP, pumps.everyOne()),
                retiring.among(Kind.NURSE, nurses.everyOne()),
                retiring.among(Kind.PRESCRIBER, prescribers.everyOne()),
                retiring.among(Kind.THERAPIST, therapists.everyOne()),
                rules,
                occurrences,
                Licences.of(terms, credentials.everyOne()));
    }

    /** Whether the clinic has that, by kind and id. */
    boolean knows(String means) {
        if (means.equals(Availability.CLINIC)) {
            return true;
        }
        int slash = means.indexOf('/');
        String id = means.substring(slash + 1);
        Optional<? extends Means> known =
                switch (slash < 0 ? "" : means.substring(0, slash)) {
                    case "chair" -> chairs.ofClinic(id);
                    case "pump" -> pumps.ofClinic(id);
                    case "nurse" -> nurses.ofClinic(id);
                    case "prescriber" -> prescribers.ofClinic(id);
                    case "therapist" -> therapists.ofClinic(id);
                    default -> Optional.empty();
                };
        return known.isPresent();
    }
}
