package clinicops.staffweb.live;

import clinicops.chassis.Audit;
import clinicops.chassis.Caller;
import clinicops.chassis.Problem;
import clinicops.chassis.web.ProblemWriter;
import clinicops.staffweb.journey.JourneySight;
import clinicops.staffweb.signin.OpenSessions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What happens in the clinic, as it happens. */
@RestController
@Tag(name = "live")
@EnableConfigurationProperties(LiveSettings.class)
class LiveController {
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final LiveHub hub;
    private final OpenSessions sessions;
    private final LiveSettings settings;
    private final Audit audit;
    private final ProblemWriter problems;

    LiveController(LiveHub hub, OpenSessions sessions, LiveSettings settings, Audit audit, ProblemWriter problems) {
        this.hub = hub;
        this.sessions = sessions;
        this.settings = settings;
        this.audit = audit;
        this.problems = problems;
    }

    /**
     * A stream of server-sent events without end. It carries ids and types; what they mean for a patient is fetched, and is
     * there by then.
     */
    @GetMapping(path = "/api/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            operationId = "followLive",
            summary = "What happens in the clinic, as server-sent events",
            description = """
                    `hello` {now, demo} first; `journey` {patientId, at, types} when events have entered a patient's journey, \
                    in the order of their commits; `heartbeat` {now, asOf} every 10 s: asOf is the clinic's time up to which \
                    what is shown is surely complete, null while that is not known; `reset` {} when anything may have changed. \
                    A therapist's stream has no billing types, a biller's none of the screening, an auditor's no journeys. \
                    Ids are positions: who comes back with Last-Event-ID gets what was missed, or `reset`; the last one may come twice. The stream ends within a \
                    heartbeat of its session, and when the roles change; by then a new one answers 401 or has the new roles.""",
            parameters =
                    @Parameter(
                            name = LAST_EVENT_ID,
                            in = ParameterIn.HEADER,
                            description = "id of the last event that came",
                            schema = @Schema(type = "string")),
            responses = {
                @ApiResponse(
                        responseCode = "200",
                        description = "The stream",
                        content =
                                @Content(
                                        mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                                        schema = @Schema(type = "string"))),
                @ApiResponse(
                        responseCode = "429",
                        description = "too-many-streams: this session has 12 already",
                        content = @Content),
                @ApiResponse(
                        responseCode = "503",
                        description = "too-many-streams: 500 people look on already, or the front door is closing",
                        content = @Content)
            })
    void follow(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        Caller caller = Caller.current();
        String sessionId = Objects.requireNonNull(request.getSession(false)).getId();
        var stream = new LiveStream(sessionId, caller, sessions, settings.heartbeat());
        if (JourneySight.of(caller) != JourneySight.NOTHING) {
            audit.read("follow-journeys", "journeys/live", null);
        }
        Optional<LiveHub.Full> full = hub.letIn(stream, since(request));
        if (full.isPresent()) {
            tooMany(response, full.get());
            return;
        }
        AsyncContext line;
        try {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setCharacterEncoding("UTF-8");
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            // a proxy that gathers the answer would deliver it never
            response.setHeader("X-Accel-Buffering", "no");
            // here and now, while the session is at hand: when the stream ends it must not be stored again
            response.flushBuffer();
            line = request.startAsync();
            stream.begin(line);
        } catch (IOException | RuntimeException e) {
            hub.letOut(stream);
            throw e;
        }
        Thread.ofVirtual().name("live-stream").start(() -> stream.write(hub, line));
    }

    private static Optional<Long> since(HttpServletRequest request) {
        String last = request.getHeader(LAST_EVENT_ID);
        if (last == null || last.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseUnsignedLong(last.strip(), 16));
        } catch (NumberFormatException e) {
            return Optional.of(-1L);
        }
    }

    private void tooMany(HttpServletResponse response, LiveHub.Full full) throws IOException {
        HttpStatus status =
                full == LiveHub.Full.SESSION ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.SERVICE_UNAVAILABLE;
        response.setHeader(HttpHeaders.RETRY_AFTER, "10");
        problems.write(
                response, Problem.of(status.value(), "Nobody more can look on for now", "too-many-streams", null));
    }
}
