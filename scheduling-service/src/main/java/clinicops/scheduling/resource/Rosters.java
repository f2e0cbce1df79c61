package clinicops.scheduling.resource;

import clinicops.chassis.BusinessClock;
import clinicops.scheduling.protocol.RuleBook;
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

    private Roster roster(List<Availability> rules) {
        return new Roster(
                clock.clinicZone(),
                openingTimes.ofClinic().orElseGet(OpeningHours::none),
                chairs.everyOne(),
                pumps.everyOne(),
                nurses.everyOne(),
                prescribers.everyOne(),
                therapists.everyOne(),
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
