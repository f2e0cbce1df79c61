package clinicops.scheduling.standingorder;

import static clinicops.chassis.Access.allow;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.Commands;
import clinicops.chassis.NotFound;
import clinicops.chassis.Role;
import clinicops.chassis.RuleViolation;
import clinicops.outbox.Ids;
import clinicops.outbox.Transactions;
import clinicops.scheduling.FeatureAccess;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** What a nurse may give without asking, signed by a prescriber once a year. */
@RestController
@Tag(
        name = "Standing orders",
        description = "Rescue drugs that a nurse may give at once; a prescriber signs each order yearly")
class StandingOrderController {
    private static final int MOST_WAITING = 200;

    private final StandingOrders orders;
    private final StandingOrderSignatures signatures;
    private final OrdersToSign toSign;
    private final Commands commands;
    private final Transactions transactions;
    private final Audit audit;
    private final BusinessClock clock;

    StandingOrderController(
            StandingOrders orders,
            StandingOrderSignatures signatures,
            OrdersToSign toSign,
            Commands commands,
            Transactions transactions,
            Audit audit,
            BusinessClock clock) {
        this.orders = orders;
        this.signatures = signatures;
        this.toSign = toSign;
        this.commands = commands;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /** How it stands with an order today. */
    enum OrderStanding {
        @JsonProperty("signed")
        SIGNED,
        @JsonProperty("expiring")
        EXPIRING,
        @JsonProperty("not-signed")
        NOT_SIGNED
    }

    /**
     * @param mostMg at one time
     * @param recheckMinutes vital signs again after so long
     * @param validUntil the last day on which the signature holds
     */
    record StandingOrderView(
            String drug,
            String route,
            BigDecimal mostMg,
            int recheckMinutes,
            OrderStanding standing,
            @Nullable String signedBy,
            @Nullable Instant signedAt,
            @Nullable LocalDate validUntil) {}

    /** @param why `not-signed`: no order held; `above-order`: more than the order allows */
    record OrderToSignView(
            String id,
            String sessionId,
            String patientId,
            String drug,
            BigDecimal amountMg,
            String why,
            String givenBy,
            Instant givenAt) {}

    /**
     * @param version of the orders' text
     * @param toSign rescue drugs that were given without a standing order that covers them
     */
    record StandingOrderList(String version, List<StandingOrderView> orders, List<OrderToSignView> toSign) {}

    record OrderSignature(@NotBlank @Size(max = 40) String drug) {}

    @GetMapping("/api/standing-orders")
    @Operation(summary = "The standing orders, and what was given without one")
    StandingOrderList list() {
        StandingOrderList list = view();
        audit.readList(
                "read-standing-orders",
                list.toSign().stream().map(OrderToSignView::patientId).toList());
        return list;
    }

    @PostMapping("/api/standing-orders")
    @Operation(
            summary = "A prescriber signs the order of one drug",
            description = "For a year. Idempotency-Key is optional. Errors: 422 `unknown-drug`.")
    ResponseEntity<StandingOrderList> sign(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody OrderSignature request) {
        StandingOrderTerms terms = orders.terms();
        if (terms.of(request.drug()).isEmpty()) {
            throw new RuleViolation("unknown-drug", "there is no standing order of this drug").withField("drug");
        }
        StandingOrderList list = commands.once(key, request, StandingOrderList.class, () -> {
            StandingOrderSignature signature = signatures.insert(new StandingOrderSignature(
                    Ids.next(),
                    request.drug(),
                    terms.reference(),
                    Caller.current().name(),
                    clock.instant(),
                    clock.today().plusMonths(terms.validMonths()).minusDays(1)));
            audit.write("sign-standing-order", "standing-order/" + signature.id(), null, 1, request.drug());
            return view();
        });
        return ResponseEntity.status(HttpStatus.CREATED).body(list);
    }

    @PostMapping("/api/standing-orders/given/{id}/signature")
    @Operation(
            summary = "A prescriber signs, as an order, what was given without one",
            description = "Errors: 404; 409 `already-signed`.")
    StandingOrderList signGiven(@PathVariable String id) {
        return transactions.inTransaction(() -> {
            OrderToSign order = toSign.ofClinic(id).orElseThrow(() -> new NotFound("order-to-sign", id));
            if (order.signedAt() != null) {
                throw RuleViolation.conflict("already-signed", "somebody signed it already");
            }
            OrderToSign signed = toSign.save(order.signed(Caller.current().name(), clock.instant()));
            audit.write("sign-order", "order-to-sign/" + id, signed.patientId(), signed.version(), null);
            return view();
        });
    }

    private StandingOrderList view() {
        StandingOrderTerms terms = orders.terms();
        LocalDate today = clock.today();
        return new StandingOrderList(
                terms.version(),
                terms.orders().stream()
                        .map(order -> {
                            StandingOrderSignature signed =
                                    orders.signature(order.drug()).orElse(null);
                            OrderStanding standing;
                            if (signed == null || today.isAfter(signed.validUntil())) {
                                standing = OrderStanding.NOT_SIGNED;
                            } else {
                                standing = today.plusDays(terms.warnDays()).isAfter(signed.validUntil())
                                        ? OrderStanding.EXPIRING
                                        : OrderStanding.SIGNED;
                            }
                            return new StandingOrderView(
                                    order.drug(),
                                    order.route(),
                                    order.mostMg(),
                                    order.recheckMinutes(),
                                    standing,
                                    signed == null ? null : signed.signedBy(),
                                    signed == null ? null : signed.signedAt(),
                                    signed == null ? null : signed.validUntil());
                        })
                        .toList(),
                toSign.waiting(Limit.of(MOST_WAITING)).stream()
                        .map(order -> new OrderToSignView(
                                order.id(),
                                order.sessionId(),
                                order.patientId(),
                                order.drug(),
                                order.amountMg(),
                                order.why(),
                                order.givenBy(),
                                order.givenAt()))
                        .toList());
    }

    /** Everybody at the chair reads the orders; prescribers sign them. */
    @Configuration(proxyBeanMethods = false)
    static class StandingOrderAccess {
        @Bean
        FeatureAccess standingOrderRows() {
            return FeatureAccess.of(
                    allow(GET, "/api/standing-orders", Role.NURSE, Role.PRESCRIBER, Role.ADMIN),
                    allow(POST, "/api/standing-orders", Role.PRESCRIBER),
                    allow(POST, "/api/standing-orders/given/{id}/signature", Role.PRESCRIBER));
        }
    }
}
