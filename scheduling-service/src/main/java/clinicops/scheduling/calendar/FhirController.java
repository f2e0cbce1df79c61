package clinicops.scheduling.calendar;

import ca.uhn.fhir.context.FhirContext;
import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Cursor;
import clinicops.chassis.NotFound;
import clinicops.chassis.Page;
import clinicops.chassis.RuleViolation;
import clinicops.scheduling.resource.Chair;
import clinicops.scheduling.resource.Roster;
import clinicops.scheduling.resource.Rosters;
import clinicops.scheduling.session.PlacedSession;
import clinicops.scheduling.session.SessionState;
import clinicops.scheduling.session.Sessions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementKind;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.Enumerations.FHIRVersion;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The diary as FHIR R4, for reading alone: sessions are Appointments, a chair's stretches of a day are Slots. Plain controllers
 * with HAPI's models and parser; there is nothing to write, so no FHIR server is needed (ADR 29).
 */
@RestController
@RequestMapping(path = "/api/fhir", produces = FhirController.FHIR_JSON)
@Tag(name = "FHIR", description = "Appointment and Slot, FHIR R4, read-only")
class FhirController {
    static final String FHIR_JSON = "application/fhir+json";

    private static final Duration LONGEST_SPAN = Duration.ofDays(400);
    private static final String FOR_EVER = "9999";

    private final Sessions sessions;
    private final Rosters rosters;
    private final Audit audit;
    private final BusinessClock clock;

    FhirController(Sessions sessions, Rosters rosters, Audit audit, BusinessClock clock) {
        this.sessions = sessions;
        this.rosters = rosters;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping("/metadata")
    @Operation(summary = "What this FHIR interface can do", description = "CapabilityStatement.")
    ResponseEntity<String> metadata() {
        var statement = new CapabilityStatement();
        statement.setStatus(PublicationStatus.ACTIVE);
        statement.setDate(Date.from(clock.instant()));
        statement.setKind(CapabilityStatementKind.INSTANCE);
        statement.getSoftware().setName("clinicops");
        statement.getImplementation().setDescription("The clinic's diary, read-only");
        statement.setFhirVersion(FHIRVersion._4_0_1);
        statement.addFormat("json");
        var rest = statement.addRest().setMode(RestfulCapabilityMode.SERVER);
        var appointment = rest.addResource().setType("Appointment");
        appointment.addInteraction().setCode(TypeRestfulInteraction.READ);
        appointment.addInteraction().setCode(TypeRestfulInteraction.SEARCHTYPE);
        appointment.addSearchParam().setName("patient").setType(SearchParamType.REFERENCE);
        appointment.addSearchParam().setName("date").setType(SearchParamType.DATE);
        var slot = rest.addResource().setType("Slot");
        slot.addInteraction().setCode(TypeRestfulInteraction.SEARCHTYPE);
        slot.addSearchParam().setName("start").setType(SearchParamType.DATE);
        slot.addSearchParam().setName("status").setType(SearchParamType.TOKEN);
        return answer(HttpStatus.OK, statement);
    }

    @GetMapping("/Appointment/{id}")
    @Operation(summary = "One session as an Appointment", description = "404 as OperationOutcome.")
    ResponseEntity<String> appointment(@PathVariable String id) {
        PlacedSession session = sessions.placedOne(id).orElseThrow(() -> new NotFound("session", id));
        audit.read("read-appointment", "session/" + id, session.patientId());
        return answer(HttpStatus.OK, appointment(session));
    }

    @GetMapping("/Appointment")
    @Operation(summary = "Sessions as Appointments", description = """
                    `patient`: `Patient/{id}` or the id; `date`: a day of the clinic, with `ge`, `le`, `gt` or `lt` before it a
                    bound, twice for a span; one of the two at least. `_count` at most 200; `next` leads on by `_page`. Errors:
                    400 as OperationOutcome: `one-filter`, `date`, `limit`, `cursor`.""")
    ResponseEntity<String> appointments(
            @RequestParam(required = false) @Nullable String patient,
            @RequestParam(required = false) @Nullable List<String> date,
            @RequestParam(name = "_count", required = false) @Nullable Integer count,
            @RequestParam(name = "_page", required = false) @Nullable String page) {
        if (patient == null && (date == null || date.isEmpty())) {
            throw RuleViolation.malformed("one-filter", "give patient, date or both");
        }
        Span span = span(date == null ? List.of() : date);
        int size = Cursor.limit(count);
        String after = Cursor.of(page).after();
        String from = after.compareTo(span.from()) > 0 ? after : span.from();
        Limit first = Limit.of(size + 1);
        String whose = patient == null ? null : patient.replaceFirst("^Patient/", "");
        List<PlacedSession> found = whose == null
                ? sessions.placedBetween(from, span.until(), first)
                : sessions.placedOf(whose, from, span.until(), first);
        Page<PlacedSession> shown = Page.of(found, size, PlacedSession::listKey);
        audit.readList(
                "search-appointments",
                shown.items().stream().map(PlacedSession::patientId).distinct().toList());
        var bundle = new Bundle().setType(Bundle.BundleType.SEARCHSET);
        bundle.addLink().setRelation("self").setUrl(link(patient, date, size, page));
        String next = shown.nextCursor();
        if (next != null) {
            bundle.addLink().setRelation("next").setUrl(link(patient, date, size, next));
        }
        shown.items().forEach(session -> bundle.addEntry()
                .setFullUrl("urn:uuid:" + session.id())
                .setResource(appointment(session))
                .getSearch()
                .setMode(Bundle.SearchEntryMode.MATCH));
        return answer(HttpStatus.OK, bundle);
    }

    @GetMapping("/Slot")
    @Operation(summary = "A day of every chair as Slots", description = """
                    `start`: the day. Busy where a session sits, free between within the opening hours; `status`: `busy` or `free`
                    alone. Errors: 400 as OperationOutcome: `date`, `status`.""")
    ResponseEntity<String> slots(@RequestParam String start, @RequestParam(required = false) @Nullable String status) {
        LocalDate day = day(start);
        if (status != null && !status.equals("busy") && !status.equals("free")) {
            throw RuleViolation.malformed("status", "busy or free");
        }
        Roster roster = rosters.present();
        List<PlacedSession> all = sessions.placedBetween(startOf(day), startOf(day.plusDays(1)), Limit.of(1_000));
        audit.readList("search-slots", List.of());
        var bundle = new Bundle().setType(Bundle.BundleType.SEARCHSET);
        bundle.addLink().setRelation("self").setUrl("Slot?start=" + day + (status == null ? "" : "&status=" + status));
        for (Chair chair : roster.chairs()) {
            List<PlacedSession> here = all.stream()
                    .filter(session -> session.place().chairId().equals(chair.id())
                            && session.state().keepsPlace())
                    .toList();
            slotsOf(chair, here, roster.openOn(day)).stream()
                    .filter(slot -> status == null || slot.getStatus().toCode().equals(status))
                    .forEach(slot -> bundle.addEntry()
                            .setFullUrl("urn:clinicops:slot:" + slot.getId())
                            .setResource(slot)
                            .getSearch()
                            .setMode(Bundle.SearchEntryMode.MATCH));
        }
        bundle.setTotal(bundle.getEntry().size());
        return answer(HttpStatus.OK, bundle);
    }

    @ExceptionHandler
    ResponseEntity<String> refused(RuleViolation refusal) {
        return answer(refusal.status(), outcome(IssueType.INVALID, refusal.rule(), refusal.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<String> missing(NotFound missing) {
        return answer(HttpStatus.NOT_FOUND, outcome(IssueType.NOTFOUND, "not-found", missing.getMessage()));
    }

    private static OperationOutcome outcome(IssueType type, String rule, @Nullable String why) {
        var outcome = new OperationOutcome();
        var issue = outcome.addIssue().setSeverity(IssueSeverity.ERROR).setCode(type);
        issue.getDetails().setText(rule);
        if (why != null) {
            issue.setDiagnostics(why);
        }
        return outcome;
    }

    private record Stretch(Instant from, Instant until) {}

    private static List<Slot> slotsOf(Chair chair, List<PlacedSession> here, List<Roster.Open> open) {
        List<Slot> slots = new ArrayList<>();
        here.forEach(session -> slots.add(slot(
                chair, new Stretch(session.place().startsAt(), session.place().endsAt()), SlotStatus.BUSY)));
        for (Roster.Open hours : open) {
            Instant free = hours.from();
            for (PlacedSession session : here) {
                if (free.isBefore(session.place().startsAt()) && free.isBefore(hours.until())) {
                    Instant until = session.place().startsAt().isBefore(hours.until())
                            ? session.place().startsAt()
                            : hours.until();
                    slots.add(slot(chair, new Stretch(free, until), SlotStatus.FREE));
                }
                free = session.place().endsAt().isAfter(free) ? session.place().endsAt() : free;
            }
            if (free.isBefore(hours.until())) {
                slots.add(slot(chair, new Stretch(free, hours.until()), SlotStatus.FREE));
            }
        }
        return slots;
    }

    private static Slot slot(Chair chair, Stretch when, SlotStatus status) {
        var schedule = new Schedule();
        schedule.setId("chair");
        schedule.addActor(new Reference("Location/" + chair.id()).setDisplay(chair.name()));
        var slot = new Slot();
        slot.setId(chair.id() + "-" + when.from().getEpochSecond());
        slot.addContained(schedule);
        slot.setSchedule(new Reference("#chair"));
        slot.setStatus(status);
        slot.setStart(Date.from(when.from()));
        slot.setEnd(Date.from(when.until()));
        return slot;
    }

    private static Appointment appointment(PlacedSession session) {
        var appointment = new Appointment();
        appointment.setId(session.id());
        appointment.getMeta().setVersionId(String.valueOf(session.version()));
        appointment.setStatus(statusOf(session.state()));
        appointment.setStart(Date.from(session.place().startsAt()));
        appointment.setEnd(Date.from(session.place().endsAt()));
        appointment.setMinutesDuration((int)
                Duration.between(session.place().startsAt(), session.place().endsAt())
                        .toMinutes());
        takesPart(appointment, "Patient/" + session.patientId());
        takesPart(appointment, "Practitioner/" + session.place().nurseId());
        takesPart(appointment, "Location/" + session.place().chairId());
        return appointment;
    }

    private static void takesPart(Appointment appointment, String who) {
        appointment.addParticipant().setActor(new Reference(who)).setStatus(ParticipationStatus.ACCEPTED);
    }

    private static AppointmentStatus statusOf(SessionState state) {
        return switch (state) {
            case BOOKED -> AppointmentStatus.BOOKED;
            case CHECKED_IN, HELD, READY_TO_DOSE, DOSING, STOPPED, RECOVERING -> AppointmentStatus.CHECKEDIN;
            case DISCHARGED, LEFT_AGAINST_ADVICE, TRANSFERRED -> AppointmentStatus.FULFILLED;
            case CANCELLED -> AppointmentStatus.CANCELLED;
            case NO_SHOW -> AppointmentStatus.NOSHOW;
        };
    }

    /** Bounds of list keys, which begin with the start. */
    private record Span(String from, String until) {}

    private Span span(List<String> dates) {
        String from = "";
        String until = FOR_EVER;
        for (String date : dates) {
            String prefix = date.length() > 2 && Character.isLetter(date.charAt(0)) ? date.substring(0, 2) : "eq";
            LocalDate day = day(date.startsWith(prefix) ? date.substring(2) : date);
            switch (prefix) {
                case "eq" -> {
                    from = later(from, startOf(day));
                    until = earlier(until, startOf(day.plusDays(1)));
                }
                case "ge" -> from = later(from, startOf(day));
                case "gt" -> from = later(from, startOf(day.plusDays(1)));
                case "le" -> until = earlier(until, startOf(day.plusDays(1)));
                case "lt" -> until = earlier(until, startOf(day));
                default -> throw RuleViolation.malformed("date", "eq, ge, gt, le or lt before a day");
            }
        }
        return new Span(from, until);
    }

    private static String later(String one, String other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static String earlier(String one, String other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private LocalDate day(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            LocalDate today = clock.today();
            if (Math.abs(day.toEpochDay() - today.toEpochDay()) > LONGEST_SPAN.toDays()) {
                throw RuleViolation.malformed("date", "a day within 400 days of today");
            }
            return day;
        } catch (DateTimeParseException e) {
            throw RuleViolation.malformed("date", "a day like 2026-12-01");
        }
    }

    private String startOf(LocalDate day) {
        return day.atStartOfDay(clock.clinicZone()).toInstant().toString();
    }

    private static String link(
            @Nullable String patient, @Nullable List<String> dates, int count, @Nullable String page) {
        List<String> parts = new ArrayList<>();
        if (patient != null) {
            parts.add("patient=" + patient);
        }
        (dates == null ? List.<String>of() : dates).forEach(date -> parts.add("date=" + date));
        parts.add("_count=" + count);
        if (page != null) {
            parts.add("_page=" + page);
        }
        return "Appointment?" + String.join("&", parts);
    }

    private static ResponseEntity<String> answer(HttpStatus status, Resource resource) {
        return ResponseEntity.status(status)
                .contentType(MediaType.parseMediaType(FHIR_JSON))
                .body(FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource));
    }
}
