package clinicops.chassis.tiny.jar;

import clinicops.chassis.Caller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people may ask who are no staff. */
@RestController
class GuestController {
    @GetMapping("/guests/tasting")
    String taste() {
        return Caller.current().name();
    }

    @GetMapping("/guests/recipe")
    String cook() {
        return "sugar";
    }
}
