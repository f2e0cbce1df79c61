package clinicops.tiny;

import clinicops.chassis.Access;
import clinicops.chassis.AccessTable;
import clinicops.chassis.Caller;
import clinicops.chassis.ClinicService;
import clinicops.chassis.PatientsPresent;
import clinicops.chassis.Role;
import clinicops.chassis.ServiceRunner;
import clinicops.chassis.SideDoor;
import clinicops.testing.TestServers;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A real service on the real chassis, as small as can be: it says what reached it. Stands where intake would. */
@ClinicService
public class TinyIntake {
    /** Whether a patient exists. */
    public static final AtomicBoolean PATIENT = new AtomicBoolean();

    /** @param jwkSetUri of the front door under test */
    public static ConfigurableApplicationContext start(int port, String issuer, String jwkSetUri) {
        var properties = new HashMap<>(TestServers.propertiesFor("tiny"));
        properties.put("server.port", port);
        properties.put("clinicops.issuer", issuer);
        properties.put("clinicops.jwk-set-uri", jwkSetUri);
        properties.put("clinicops.audience", "intake");
        return ServiceRunner.run(TinyIntake.class, "tiny-intake", new String[0], properties);
    }

    @Bean
    AccessTable accessTable() {
        return AccessTable.of(
                Access.allowStaff(HttpMethod.GET, "/api/patients"),
                Access.allow(HttpMethod.GET, "/api/patients/{id}", Role.NURSE, Role.ADMIN),
                Access.allow(HttpMethod.PUT, "/api/patients/{id}", Role.NURSE),
                Access.allow(HttpMethod.POST, "/api/patients/{id}/documents", Role.NURSE),
                Access.allow(HttpMethod.POST, "/api/referrals/import", Role.FRONT_DESK));
    }

    @Bean
    SideDoor patientDoor() {
        return SideDoor.of(
                "/patient",
                "patient",
                SideDoor.Row.open(HttpMethod.GET, "/patient/visit", "paperwork", "assessment"),
                SideDoor.Row.open(HttpMethod.PUT, "/patient/registration/{section}", "paperwork"));
    }

    @Bean
    PatientsPresent patientsPresent() {
        return PATIENT::get;
    }

    @RestController
    static class Echo {
        /** What reached the service. */
        record Heard(
                String method,
                String path,
                @Nullable String query,
                Map<String, String> headers,
                String caller,
                List<String> roles) {}

        record Note(String text) {}

        @GetMapping("/api/patients")
        Map<String, Object> list(@RequestParam(required = false) @Nullable String q) {
            List<Object> items = PATIENT.get() ? List.of(Map.of("id", "p1")) : List.of();
            var page = new HashMap<String, Object>();
            page.put("items", items);
            page.put("nextCursor", null);
            page.put("q", q);
            return page;
        }

        @GetMapping("/api/patients/{id}")
        ResponseEntity<Heard> show(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) {
            var cookie = new Cookie("clinicops", "overwritten");
            cookie.setPath("/");
            response.addCookie(cookie);
            response.setHeader("Server", "tiny");
            return ResponseEntity.ok().eTag("\"7\"").body(heard(request));
        }

        @PutMapping("/api/patients/{id}")
        ResponseEntity<Note> put(
                @PathVariable String id, @RequestHeader("If-Match") String ifMatch, @Valid @RequestBody Note note) {
            return ResponseEntity.ok().eTag(ifMatch).body(note);
        }

        @PostMapping(path = "/api/referrals/import", consumes = "text/csv")
        Map<String, Object> load(HttpServletRequest request) throws IOException {
            return count(request);
        }

        @PostMapping(path = "/api/patients/{id}/documents", consumes = "multipart/form-data")
        Map<String, Object> upload(@PathVariable String id, HttpServletRequest request) throws IOException {
            return count(request);
        }

        private static Map<String, Object> count(HttpServletRequest request) throws IOException {
            long bytes = 0;
            var body = request.getInputStream();
            var buffer = new byte[8192];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                bytes += read;
            }
            return Map.of("bytes", bytes);
        }

        @GetMapping("/patient/visit")
        Heard visit(HttpServletRequest request, HttpServletResponse response) {
            response.addCookie(new Cookie("clinicops", "overwritten"));
            return heard(request);
        }

        /** With the claims of the token that reached it. */
        @PutMapping("/patient/registration/{section}")
        ResponseEntity<Map<String, Object>> fill(
                @PathVariable String section,
                @RequestHeader("If-Match") String ifMatch,
                @AuthenticationPrincipal Jwt token,
                @Valid @RequestBody Note note) {
            return ResponseEntity.ok()
                    .eTag(ifMatch)
                    .body(Map.of(
                            "section", section,
                            "text", note.text(),
                            "patientId", token.getClaimAsString("patient_id"),
                            "linkId", token.getClaimAsString("link_id"),
                            "resource", token.getClaimAsString("resource")));
        }

        private static Heard heard(HttpServletRequest request) {
            var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            Collections.list(request.getHeaderNames()).forEach(name -> headers.put(name, request.getHeader(name)));
            return new Heard(
                    request.getMethod(),
                    request.getRequestURI(),
                    request.getQueryString(),
                    headers,
                    Caller.current().name(),
                    Caller.current().roles().stream().map(Role::wireName).toList());
        }
    }
}
