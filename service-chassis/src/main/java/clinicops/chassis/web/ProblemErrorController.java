package clinicops.chassis.web;

import clinicops.chassis.Problem;
import clinicops.outbox.Ids;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the container refuses before a controller is reached is a problem document too. */
@RestController
@Hidden
class ProblemErrorController implements ErrorController {
    private static final Logger log = LoggerFactory.getLogger(ProblemErrorController.class);

    @RequestMapping("${server.error.path:/error}")
    ResponseEntity<Problem> error(HttpServletRequest request) {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        Problem problem;
        if (status == 404) {
            problem = Problems.noSuchRoute();
        } else if (status < 500) {
            problem = Problem.of(status, "The request is refused", Problems.rule(status), null);
        } else {
            String incident = Ids.next();
            if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure) {
                log.error("incident {} outside of any controller: {}", incident, Problems.traceWithoutText(failure));
            }
            problem = Problems.internal(incident);
        }
        return ResponseEntity.status(problem.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
