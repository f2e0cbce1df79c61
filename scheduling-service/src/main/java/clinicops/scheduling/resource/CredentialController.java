package clinicops.scheduling.resource;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.Role;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.outbox.Transactions;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.resource.Credential.CredentialKind;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Licences and certificates of those on the roster. */
@RestController
@Tag(name = "Credentials", description = "Licences and certificates; whose has expired is not on the roster")
class CredentialController {
    private final Credentials credentials;
    private final Nurses nurses;
    private final Prescribers prescribers;
    private final Transactions transactions;
    private final Audit audit;
    private final BusinessClock clock;
    private final CredentialTerms terms;

    CredentialController(
            Credentials credentials,
            Nurses nurses,
            Prescribers prescribers,
            Transactions transactions,
            Audit audit,
            BusinessClock clock,
            RuleBook rules) {
        this.credentials = credentials;
        this.nurses = nurses;
        this.prescribers = prescribers;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
        this.terms = rules.read("credentials", CredentialTerms.class);
    }

    /** @param number as issued; left out when it has none */
    record RenewedCredential(
            @Nullable @Pattern(regexp = "[A-Za-z0-9 ./-]{1,40}")
            String number,

            LocalDate expiresOn) {}

    /** How it stands with a credential today. */
    enum CredentialState {
        @JsonProperty("valid")
        VALID,
        @JsonProperty("expiring")
        EXPIRING,
        @JsonProperty("expired")
        EXPIRED,
        @JsonProperty("missing")
        MISSING
    }

    /**
     * @param asked whether the clinic asks it of this person
     * @param version 0 for one that is missing
     * @param expiresOn the last valid day; null for one that is missing
     */
    record CredentialView(
            String username,
            CredentialKind kind,
            boolean asked,
            CredentialState state,
            long version,
            @Nullable String number,
            @Nullable LocalDate expiresOn) {}

    /** @param warnDays a credential is expiring within so many days of its last one */
    record CredentialList(int warnDays, List<CredentialView> items) {}

    @GetMapping("/api/credentials")
    @Operation(
            summary = "Licences and certificates of those on the roster",
            description =
                    "For an admin of everybody, else the caller's own; also what the clinic asks for and nobody has recorded.")
    CredentialList list() {
        Caller caller = Caller.current();
        boolean everybody = caller.has(Role.ADMIN);
        audit.readList("read-credentials", List.of());
        List<Credential> known = everybody ? credentials.everyOne() : credentials.of(caller.name());
        LocalDate today = clock.today();
        List<CredentialView> items = new ArrayList<>();
        known.forEach(credential -> items.add(new CredentialView(
                credential.username(),
                credential.kind(),
                false,
                state(credential, today),
                credential.version(),
                credential.number(),
                credential.expiresOn())));
        asked(today)
                .filter(wanted -> everybody || wanted.username().equals(caller.name()))
                .forEach(wanted -> {
                    int present = indexOf(items, wanted);
                    if (present < 0) {
                        items.add(wanted);
                    } else {
                        items.set(present, asked(items.get(present)));
                    }
                });
        items.sort(Comparator.comparing(CredentialView::username).thenComparing(CredentialView::kind));
        return new CredentialList(terms.warnDays(), items);
    }

    @PutMapping("/api/credentials/{username}/{kind}")
    @Operation(summary = "Record or renew a credential", description = """
                    `kind` is license, dea, acls or bls. If-Match takes the version, and is left out the first time. From the day
                    after `expiresOn` on nothing more is booked with that person. Errors: 412, 428; 422 `credential-kind`,
                    `not-on-the-roster`.""")
    ResponseEntity<CredentialView> renew(
            @PathVariable String username,
            @PathVariable String kind,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody RenewedCredential request) {
        CredentialKind which = Arrays.stream(CredentialKind.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(kind))
                .findFirst()
                .orElseThrow(() ->
                        new RuleViolation("credential-kind", "it is license, dea, acls or bls").withField("kind"));
        if (!nurses.existsByUsernameAndIdNot(username, "") && !prescribers.existsByUsernameAndIdNot(username, "")) {
            throw new RuleViolation("not-on-the-roster", "nobody of that account is on the roster")
                    .withField("username");
        }
        String id = Credential.id(username, which);
        Credential saved = transactions.inTransaction(() -> {
            Credential present = credentials.ofStaff(id).orElse(null);
            if (present != null || ifMatch != null) {
                Versions.require(ifMatch, present == null ? 0 : present.version(), "credential/" + id);
            }
            Credential renewed = credentials.save(new Credential(
                    id,
                    present == null ? 0 : present.version(),
                    username,
                    which,
                    request.number(),
                    request.expiresOn()));
            audit.write("renew-credential", "credential/" + id, null, renewed.version(), null);
            return renewed;
        });
        return ResponseEntity.ok()
                .eTag(Versions.etag(saved.version()))
                .body(new CredentialView(
                        username,
                        which,
                        asked(clock.today())
                                .anyMatch(wanted -> wanted.username().equals(username) && wanted.kind() == which),
                        state(saved, clock.today()),
                        saved.version(),
                        saved.number(),
                        saved.expiresOn()));
    }

    /** What the clinic asks of everybody who is still on the roster, as if it were missing. */
    private Stream<CredentialView> asked(LocalDate today) {
        Stream<CredentialView> ofNurses = nurses.everyOne().stream()
                .filter(nurse -> Means.isThere(nurse, today))
                .flatMap(nurse -> missing(nurse.username(), terms.nurse()));
        Stream<CredentialView> ofPrescribers = prescribers.everyOne().stream()
                .filter(prescriber -> Means.isThere(prescriber, today))
                .flatMap(prescriber -> missing(prescriber.username(), terms.prescriber()));
        return Stream.concat(ofNurses, ofPrescribers).distinct();
    }

    private static Stream<CredentialView> missing(String username, List<CredentialKind> kinds) {
        return kinds.stream()
                .map(kind -> new CredentialView(username, kind, true, CredentialState.MISSING, 0, null, null));
    }

    private static int indexOf(List<CredentialView> items, CredentialView wanted) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).username().equals(wanted.username())
                    && items.get(i).kind() == wanted.kind()) {
                return i;
            }
        }
        return -1;
    }

    private static CredentialView asked(CredentialView known) {
        return new CredentialView(
                known.username(),
                known.kind(),
                true,
                known.state(),
                known.version(),
                known.number(),
                known.expiresOn());
    }

    private CredentialState state(Credential credential, LocalDate today) {
        if (credential.hasExpiredBy(today)) {
            return CredentialState.EXPIRED;
        }
        return credential.hasExpiredBy(today.plusDays(terms.warnDays()))
                ? CredentialState.EXPIRING
                : CredentialState.VALID;
    }
}
