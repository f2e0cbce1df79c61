package clinicops.scheduling.dayclose;

import static clinicops.chassis.Access.allow;
import static clinicops.chassis.Role.ADMIN;
import static clinicops.chassis.Role.BILLER;
import static clinicops.chassis.Role.FRONT_DESK;
import static clinicops.chassis.Role.NURSE;
import static clinicops.chassis.Role.PRESCRIBER;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import clinicops.chassis.Audit;
import clinicops.chassis.Versions;
import clinicops.scheduling.FeatureAccess;
import clinicops.scheduling.dayclose.DayClose.CloseItem;
import clinicops.scheduling.dayclose.DayClose.CloseLine;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The end of a clinic day. */
@RestController
@Tag(
        name = "Day close",
        description = "Sessions, notes and charges, cash and card, drugs: what does not balance has an owner")
class DayCloseController {
    private final DayCloseDesk desk;
    private final Audit audit;

    DayCloseController(DayCloseDesk desk, Audit audit) {
        this.desk = desk;
        this.audit = audit;
    }

    /** @param owner account of who sees to it; left out takes the owner away */
    record CloseOwner(
            CloseItem what,

            @Nullable @Pattern(regexp = "[a-z0-9._@-]{1,60}")
            String owner) {}

    /** What is in the drawer, and what the card terminal says; in cents. */
    record MoneyCounted(
            @Min(0) @Max(100_000_000) long cashCents,
            @Min(0) @Max(100_000_000) long cardCents) {}

    /**
     * @param version 0 while nothing is on record of the day
     * @param canClose everything balances or has an owner
     * @param lines of money in cents, of the others in sessions, draws or drugs
     */
    record DayCloseView(
            LocalDate day,
            long version,
            boolean canClose,
            List<CloseLine> lines,
            @Nullable String closedBy,
            @Nullable Instant closedAt) {}

    @GetMapping("/api/day-close/{day}")
    @Operation(
            summary = "How a day balances",
            description =
                    "Sessions over and notes signed, of the day's sessions; charges made, of those who were discharged; cash and card as counted, of what billing told; draws with an open rest and waste without a witness; drugs not counted at closing and open reviews.")
    ResponseEntity<DayCloseView> show(@PathVariable LocalDate day) {
        audit.readList("read-day-close", List.of());
        return answer(desk.day(day));
    }

    @PutMapping("/api/day-close/{day}/owner")
    @Operation(
            summary = "Say who sees to what is left",
            description =
                    "If-Match is left out while the version is 0. Errors: 412, 428; 409 `day-closed`; 422 `in-the-future`.")
    ResponseEntity<DayCloseView> own(
            @PathVariable LocalDate day,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody CloseOwner request) {
        return answer(desk.change(day, ifMatch, "own-day-line", close -> close.own(request.what(), request.owner())));
    }

    @PutMapping("/api/day-close/{day}/money")
    @Operation(
            summary = "Cash and card as counted",
            description = "Cents. If-Match is left out while the version is 0. Errors: 412, 428; 409 `day-closed`; 422"
                    + " `in-the-future`.")
    ResponseEntity<DayCloseView> money(
            @PathVariable LocalDate day,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody MoneyCounted request) {
        return answer(desk.change(
                day, ifMatch, "count-money", close -> close.count(request.cashCents(), request.cardCents())));
    }

    @PostMapping("/api/day-close/{day}/close")
    @Operation(
            summary = "Close the day",
            description =
                    "Errors: 412, 428; 409 `day-closed`; 422 `owner-missing` with the first line that nobody sees to.")
    ResponseEntity<DayCloseView> close(
            @PathVariable LocalDate day,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(desk.close(day, ifMatch));
    }

    private ResponseEntity<DayCloseView> answer(DayClose close) {
        List<CloseLine> lines = desk.lines(close);
        var view = new DayCloseView(
                close.day(),
                close.version(),
                close.closedAt() == null && lines.stream().allMatch(line -> line.balances() || line.owner() != null),
                lines,
                close.closedBy(),
                close.closedAt());
        return ResponseEntity.ok().eTag(Versions.etag(close.version())).body(view);
    }

    /** Everybody of the day sees it; nurses and administrators close it. */
    @Configuration(proxyBeanMethods = false)
    static class DayCloseAccess {
        @Bean
        FeatureAccess dayCloseRows() {
            return FeatureAccess.of(
                    allow(GET, "/api/day-close/{day}", NURSE, PRESCRIBER, FRONT_DESK, BILLER, ADMIN),
                    allow(PUT, "/api/day-close/{day}/owner", NURSE, FRONT_DESK, ADMIN),
                    allow(PUT, "/api/day-close/{day}/money", NURSE, FRONT_DESK, ADMIN),
                    allow(POST, "/api/day-close/{day}/close", NURSE, ADMIN));
        }
    }
}
