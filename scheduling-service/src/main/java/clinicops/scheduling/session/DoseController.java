package clinicops.scheduling.session;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.Versions;
import clinicops.scheduling.protocol.Protocol;
import clinicops.scheduling.session.SessionRequests.DeviceRequest;
import clinicops.scheduling.session.SessionRequests.DrawRequest;
import clinicops.scheduling.session.SessionRequests.DrugsReviewRequest;
import clinicops.scheduling.session.SessionRequests.IvAccessRequest;
import clinicops.scheduling.session.SessionRequests.NoDetails;
import clinicops.scheduling.session.SessionRequests.OrderRequest;
import clinicops.scheduling.session.SessionRequests.PumpRequest;
import clinicops.scheduling.session.SessionRequests.SettingRequest;
import clinicops.scheduling.session.SessionRequests.StartRequest;
import clinicops.scheduling.session.SessionRequests.TitrateRequest;
import clinicops.scheduling.session.SessionRequests.WeighRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The dose of a session, from the order to its end; everything takes the session's ETag. */
@RestController
@RequestMapping("/api/sessions")
@Tag(name = "Sessions")
class DoseController {
    private final SessionDesk desk;
    private final Protocol protocol;
    private final BusinessClock clock;

    DoseController(SessionDesk desk, Protocol protocol, BusinessClock clock) {
        this.desk = desk;
        this.protocol = protocol;
        this.clock = clock;
    }

    @PostMapping("/{id}/order")
    @Operation(summary = "Order the dose from measured weight", description = """
                    mg = mg/kg x kg, rounded down to 0.1 mg (dose-rule.json). An order is a range: `doseMgPerKg` to begin with, up to
                    `highMgPerKg` for titrating. Nobody orders above the plan's range or above the most of the route in mg (422
                    `dose-above-cap`), a nurse not below it (`dose-below-range`); steps of 0.1 mg/kg (`dose-step`, `dose-range`). When
                    the plan fixes the dose in mg, both are left out and that dose is ordered (`dose-fixed`), as whole devices where
                    there are devices (`device-count`). Without `weightKg` the last weight of at most 30 days counts
                    (`weight-too-old`);
                    one that is far off the last is refused (`weight-differs`) until it was `weighedAgain`. A new order voids draw, pump and checks.""")
    ResponseEntity<SessionAnswer> order(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody OrderRequest body) {
        return answer(desk.order(id, ifMatch, body));
    }

    @PostMapping("/{id}/titrate")
    @Operation(summary = "Another dose inside the ordered range", description = """
                    Of an infusion, before it starts or while it runs (422 `not-for-this-route`). No new order, no revision of the plan:
                    `dose-above-order`, `dose-below-range`, `dose-step`, `dose-above-drawn`. The pump runs as before until its new setting is
                    checked; 409 `second-check-missing` while the last one waits, `order-outdated` for more when the plan was revised down since the
                    order.""")
    ResponseEntity<SessionAnswer> titrate(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody TitrateRequest body) {
        return answer(desk.titrate(id, ifMatch, body.doseMgPerKg()));
    }

    @PostMapping("/{id}/draw")
    @Operation(summary = "The drug is drawn up from a scanned vial", description = """
                    Vials have 10, 50 or 100 mg/mL (422 `vial-strength`); by IV at most 50 mg/mL go in: dilute a stronger one and say so in
                    `dilutedToMgPerMl` (`dilute-first`, `dilution`). Volume times concentration is within 5 % of the ordered dose, of an
                    infusion up to the end of the ordered range (`drawn-volume`); into a muscle at most 5 mL (`injection-volume`). 409
                    `order-missing`. A new draw voids check and pump.""")
    ResponseEntity<SessionAnswer> draw(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody DrawRequest body) {
        return answer(desk.act(
                id,
                ifMatch,
                SessionAction.DRAW,
                null,
                session -> session.drawDrug(
                        new Dosing.Drawn(
                                body.ndc(), body.lot(), body.vialMgPerMl(), body.dilutedToMgPerMl(), body.volumeMl()),
                        protocol,
                        by(),
                        clock.instant())));
    }

    @PostMapping("/{id}/pump")
    @Operation(summary = "What the pump is set to", description = """
                    Volume and rate have to give the dose in the protocol's time: 422 `pump-volume`, `pump-rate` (dose-rule.json);
                    `suggestedPump` says which would. 409 `draw-missing`. A second person checks each setting.""")
    ResponseEntity<SessionAnswer> pump(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody PumpRequest body) {
        return answer(desk.act(
                id,
                ifMatch,
                SessionAction.PUMP,
                null,
                session -> session.setPump(body.volumeMl(), body.rateMlPerH(), protocol, by(), clock.instant())));
    }

    @PostMapping("/{id}/second-check")
    @Operation(summary = "A second person checks draw and pump", description = """
                    Whatever of the two nobody has checked yet. 422 `second-person` for the one who drew, or set the pump; 409 `draw-missing`,
                    `nothing-to-check`.""")
    ResponseEntity<SessionAnswer> secondCheck(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody(required = false) @Nullable NoDetails body) {
        return answer(desk.act(
                id, ifMatch, SessionAction.SECOND_CHECK, null, session -> session.check(by(), clock.instant())));
    }

    @PostMapping("/{id}/iv-access")
    @Operation(summary = "An attempt at an IV line", description = """
                    Site, gauge and whether it lies, also of those that failed. 422 `not-for-this-route`.""")
    ResponseEntity<SessionAnswer> ivAccess(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody IvAccessRequest body) {
        return answer(desk.act(
                id,
                ifMatch,
                SessionAction.IV_ACCESS,
                null,
                session -> session.tryIvLine(
                        body.site().code(), body.gauge(), body.success(), protocol, by(), clock.instant())));
    }

    @PostMapping("/{id}/setting")
    @Operation(summary = "Set and setting", description = """
                    Music, eye mask and light, as they are now.""")
    ResponseEntity<SessionAnswer> setting(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody SettingRequest body) {
        return answer(desk.act(
                id,
                ifMatch,
                SessionAction.SETTING,
                null,
                session -> session.setSurroundings(
                        body.music().code(), body.mask(), body.light().code(), by(), clock.instant())));
    }

    @PostMapping("/{id}/weigh")
    @Operation(summary = "A clinician weighs a soft hold", description = """
                    A pressure above the soft limit stops no dose, but somebody has to weigh it and say why: 409 `soft-hold-not-weighed` at the
                    start without it, or when a newer reading is above the limit again.""")
    ResponseEntity<SessionAnswer> weigh(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody WeighRequest body) {
        return answer(desk.act(
                id, ifMatch, SessionAction.WEIGH, null, session -> session.weigh(body.why(), by(), clock.instant())));
    }

    @PostMapping("/{id}/review-drugs")
    @Operation(summary = "A prescriber reviews drugs that changed", description = """
                    Clears `drugs-changed`: the gate can be passed afterwards.""")
    ResponseEntity<SessionAnswer> reviewDrugs(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody DrugsReviewRequest body) {
        return answer(desk.act(
                id,
                ifMatch,
                SessionAction.REVIEW_DRUGS,
                null,
                session -> session.reviewDrugs(body.conclusion(), by(), clock.instant())));
    }

    @PostMapping("/{id}/start")
    @Operation(summary = "The dose runs", description = """
                    409 `order-missing`, `order-outdated` (the plan was revised since and does not allow it), `draw-missing`,
                    `pump-setting-missing`, `second-check-missing`, `escort-missing`,
                    `soft-hold-not-weighed`; and readiness is judged anew: a consent withdrawn since the gate stops here (409 with the
                    blocker's rule). An injection needs its `site` (422 `injection-site-missing`). Uses up a unit of the
                    authorization or self-pay agreement in `paidBy`. Emits SessionStarted.""")
    ResponseEntity<SessionAnswer> start(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody(required = false) @Nullable StartRequest body) {
        return answer(desk.start(
                id,
                ifMatch,
                body == null || body.site() == null ? null : body.site().code()));
    }

    @PostMapping("/{id}/device")
    @Operation(summary = "The patient used a nasal device", description = """
                    As many as the dose has (409 `device-count`), 5 min from one to the next (`device-gap`; vials.json).""")
    ResponseEntity<SessionAnswer> device(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody DeviceRequest body) {
        return answer(desk.act(
                id,
                ifMatch,
                SessionAction.DEVICE,
                null,
                session -> session.useDevice(body.ndc(), body.lot(), protocol, by(), clock.instant())));
    }

    @PostMapping("/{id}/finish")
    @Operation(summary = "The dose has ended", description = """
                    From `dosing`; or from `stopped`, which goes on to recovery. A dose in devices ends with the last one, and not before
                    (409 `device-count`).""")
    ResponseEntity<SessionAnswer> finish(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody(required = false) @Nullable NoDetails body) {
        return answer(desk.act(
                id, ifMatch, SessionAction.FINISH, null, session -> session.finishDose(protocol, clock.instant())));
    }

    private static String by() {
        return Caller.current().name();
    }

    private static ResponseEntity<SessionAnswer> answer(SessionAnswer session) {
        return ResponseEntity.ok().eTag(Versions.etag(session.version())).body(session);
    }
}
