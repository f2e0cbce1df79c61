package clinicops.staffweb.signin;

import clinicops.staffweb.staff.StaffAccount;
import clinicops.staffweb.staff.StaffAccounts;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The pages that need no script: signing in, and the way out. */
@Hidden
@RestController
class SignInPages {
    private final StaffAccounts accounts;
    private final String signIn = text("sign-in.html");
    private final String signedIn = text("signed-in.html");
    private final String style = text("sign-in.css");

    SignInPages(StaffAccounts accounts) {
        this.accounts = accounts;
    }

    @GetMapping(path = "/login", produces = "text/html;charset=UTF-8")
    String signIn(
            @RequestParam(required = false) @Nullable String refused,
            @RequestParam(required = false) @Nullable String left,
            @RequestParam(name = "wait", required = false) @Nullable String wait,
            CsrfToken csrf) {
        String message = "";
        if (refused != null) {
            message = "Username or password is wrong.";
        } else if (wait != null && wait.matches("\\d{1,5}")) {
            message = "Too many failed sign-ins. Try again in " + wait + " seconds.";
        } else if (left != null) {
            message = "You are signed out.";
        }
        return filled(signIn, csrf, "message", message);
    }

    @GetMapping(path = "/", produces = "text/html;charset=UTF-8")
    String signedIn(Principal principal, CsrfToken csrf) {
        String name = accounts.findByUsername(principal.getName())
                .map(StaffAccount::name)
                .orElse(principal.getName());
        return filled(signedIn, csrf, "name", name);
    }

    @GetMapping(path = "/sign-in.css", produces = "text/css;charset=UTF-8")
    ResponseEntity<String> style() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)))
                .body(style);
    }

    private static String filled(String page, CsrfToken csrf, String placeholder, String value) {
        return page.replace("{{csrf}}", HtmlUtils.htmlEscape(csrf.getToken()))
                .replace("{{" + placeholder + "}}", HtmlUtils.htmlEscape(value));
    }

    private static String text(String file) {
        try {
            return new ClassPathResource("clinicops/staffweb/" + file).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(file + " is missing from the jar", e);
        }
    }
}
