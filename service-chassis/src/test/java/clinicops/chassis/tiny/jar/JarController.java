package clinicops.chassis.tiny.jar;

import clinicops.chassis.Audit;
import clinicops.chassis.Commands;
import clinicops.chassis.Cursor;
import clinicops.chassis.NotFound;
import clinicops.chassis.Page;
import clinicops.chassis.PatientsPresent;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.outbox.Ids;
import clinicops.outbox.Transactions;
import clinicops.testing.TestServers;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class JarController implements PatientsPresent {
    private final Jars jars;
    private final Commands commands;
    private final Transactions transactions;
    private final Audit audit;
    private final Clock clock;

    JarController(Jars jars, Commands commands, Transactions transactions, Audit audit, Clock clock) {
        this.jars = jars;
        this.commands = commands;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    record Lid(String material, @Nullable String note) {}

    record NewJar(
            @NotBlank @Size(max = 20) String label,
            @NotNull Jar.Colour colour,
            @Max(100) int size,
            BigDecimal price,
            LocalDate bestBefore,
            @Nullable List<@Valid Lid> lids,
            @Nullable Instant filledAt) {}

    record JarView(String id, long version, String label) {
        static JarView of(Jar jar) {
            return new JarView(jar.id(), jar.version() == null ? 0 : jar.version(), jar.label());
        }
    }

    @PostMapping("/api/jars")
    ResponseEntity<JarView> fill(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody NewJar request) {
        var view = commands.once(key, request, JarView.class, () -> {
            if (request.label().equals("arsenic")) {
                throw new RuleViolation("no-poison", "poison is not kept here").withField("label");
            }
            if (request.label().equals("last straw")) {
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void beforeCommit(boolean readOnly) {
                        TestServers.mongo().kill();
                    }
                });
            }
            var jar = jars.save(new Jar(
                    Ids.next(),
                    null,
                    request.label(),
                    request.colour(),
                    request.size(),
                    request.price(),
                    request.bestBefore(),
                    clock.instant()));
            audit.write("fill-jar", "jar/" + jar.id(), null, 0, null);
            return JarView.of(jar);
        });
        return ResponseEntity.status(201).eTag(Versions.etag(view.version())).body(view);
    }

    @PostMapping(path = "/api/jars/import", consumes = "text/csv")
    int importAll(@RequestBody String csv) {
        return csv.length();
    }

    @GetMapping("/api/jars")
    Page<JarView> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) Jar.@Nullable Colour colour) {
        int size = Cursor.limit(limit);
        var found = jars.findByIdGreaterThanOrderById(Cursor.of(cursor).after(), Limit.of(size + 1));
        return Page.of(found, size, Jar::id).map(JarView::of);
    }

    @GetMapping("/api/jars/{id}")
    ResponseEntity<JarView> show(@PathVariable String id) {
        var jar = jars.findJarById(id).orElseThrow(() -> new NotFound("jar", id));
        audit.read("read-jar", "jar/" + id, "patient-of-" + id);
        var view = JarView.of(jar);
        return ResponseEntity.ok().eTag(Versions.etag(view.version())).body(view);
    }

    record Relabel(@NotBlank @Size(max = 20) String label) {}

    @PutMapping("/api/jars/{id}")
    ResponseEntity<JarView> relabel(
            @PathVariable String id,
            @RequestHeader(value = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody Relabel request) {
        var view = transactions.inTransaction(() -> {
            var jar = jars.findJarById(id).orElseThrow(() -> new NotFound("jar", id));
            Versions.require(ifMatch, jar.version() == null ? 0 : jar.version(), "jar/" + id);
            var saved = jars.save(new Jar(
                    id,
                    jar.version(),
                    request.label(),
                    jar.colour(),
                    jar.size(),
                    jar.price(),
                    jar.bestBefore(),
                    jar.filledAt()));
            var now = JarView.of(saved);
            audit.write("relabel-jar", "jar/" + id, null, now.version(), null);
            return now;
        });
        return ResponseEntity.ok().eTag(Versions.etag(view.version())).body(view);
    }

    @DeleteMapping("/api/jars/{id}")
    void smash(@PathVariable String id) {
        throw RuleViolation.conflict("jar-in-use", "somebody holds it");
    }

    @GetMapping("/api/jars/filled-on/{day}")
    String filledOn(@PathVariable LocalDate day) {
        return day.toString();
    }

    @GetMapping("/api/broken")
    String broken(@RequestParam int times, @RequestParam(required = false) @Nullable LocalDate on) {
        throw new IllegalStateException("Jane Doe's jar is broken " + times);
    }

    @Override
    public boolean any() {
        return jars.countByLabel("patient") > 0;
    }
}
