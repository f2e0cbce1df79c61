package clinicops.staffweb.signin;

import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where programs get the token that signing in needs, as every answer of the door gives it, and people get the app. */
@Hidden
@RestController
class SignInStart {
    @GetMapping("/login")
    ResponseEntity<Void> start() {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create("/sign-in"))
                .build();
    }
}
