package clinicops.scheduling.house;

import static clinicops.chassis.Access.allow;
import static clinicops.chassis.Access.allowStaff;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.Commands;
import clinicops.chassis.Role;
import clinicops.chassis.RuleViolation;
import clinicops.outbox.Ids;
import clinicops.scheduling.FeatureAccess;
import clinicops.scheduling.readiness.Pulses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Crash cart, oxygen and AED, each day before the first dose. */
@RestController
@Tag(name = "House checks", description = "Crash cart, oxygen and AED: looked at each day before the first dose")
class HouseController {
    private final House house;
    private final HouseChecks checks;
    private final Pulses pulses;
    private final Commands commands;
    private final Audit audit;
    private final BusinessClock clock;

    HouseController(
            House house, HouseChecks checks, Pulses pulses, Commands commands, Audit audit, BusinessClock clock) {
        this.house = house;
        this.checks = checks;
        this.pulses = pulses;
        this.commands = commands;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param item `crash-cart`, `oxygen` or `aed`
     * @param ok ready for use
     * @param remark what is wrong; asked for when it is not ready
     */
    record HouseCheckRequest(
            @NotBlank @Size(max = 40) String item,
            boolean ok,
            @Nullable @Size(max = 200) String remark) {}

    /** @param ok null while nobody looked that day */
    record HouseItem(
            String item,
            @Nullable Boolean ok,
            @Nullable String remark,
            @Nullable String by,
            @Nullable Instant at) {}

    /** @param ready every item was looked at and is ready */
    record HouseDay(LocalDate day, boolean ready, List<HouseItem> items) {}

    @GetMapping("/api/house-checks")
    @Operation(summary = "How the house stands on a day", description = "Today without `day`.")
    HouseDay ofDay(@RequestParam(required = false) @Nullable LocalDate day) {
        audit.readList("read-house-checks", List.of());
        return view(day == null ? clock.today() : day);
    }

    @PostMapping("/api/house-checks")
    @Operation(
            summary = "Somebody looked at an item today",
            description =
                    "The day's last look counts. Idempotency-Key is optional. Errors: 422 `house-item`, `remark-missing`.")
    ResponseEntity<HouseDay> check(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody HouseCheckRequest request) {
        if (!house.terms().items().contains(request.item())) {
            throw new RuleViolation(
                            "house-item",
                            "it is " + String.join(", ", house.terms().items()))
                    .withField("item");
        }
        String remark = request.remark();
        if (!request.ok() && (remark == null || remark.isBlank())) {
            throw new RuleViolation("remark-missing", "say what is wrong").withField("remark");
        }
        HouseDay day = commands.once(key, request, HouseDay.class, () -> {
            HouseCheck check = checks.insert(new HouseCheck(
                    Ids.next(),
                    clock.today(),
                    request.item(),
                    request.ok(),
                    remark,
                    Caller.current().name(),
                    clock.instant()));
            pulses.dayMayHaveChanged();
            audit.write("check-house", "house-check/" + check.id(), null, 1, request.item());
            return view(check.day());
        });
        return ResponseEntity.status(HttpStatus.CREATED).body(day);
    }

    private HouseDay view(LocalDate day) {
        Map<String, HouseCheck> last = house.last(List.of(day)).getOrDefault(day, Map.of());
        List<HouseItem> items = house.terms().items().stream()
                .map(item -> {
                    HouseCheck check = last.get(item);
                    return check == null
                            ? new HouseItem(item, null, null, null, null)
                            : new HouseItem(item, check.ok(), check.remark(), check.by(), check.at());
                })
                .toList();
        return new HouseDay(day, items.stream().allMatch(item -> Boolean.TRUE.equals(item.ok())), items);
    }

    /** Who may look, and who may say. */
    @Configuration(proxyBeanMethods = false)
    static class HouseAccess {
        @Bean
        FeatureAccess houseRows() {
            return FeatureAccess.of(
                    allowStaff(GET, "/api/house-checks"),
                    allow(POST, "/api/house-checks", Role.NURSE, Role.PRESCRIBER));
        }
    }
}
