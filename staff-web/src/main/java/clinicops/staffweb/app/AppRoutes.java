package clinicops.staffweb.app;

import java.util.List;

/**
 * The paths that belong to the staff app, open to everybody: they hold no patient's data, only the program, which asks
 * {@code GET /api/me} who is there and shows its sign-in. Everything that it shows comes from paths that are not here.
 */
public final class AppRoutes {
    /** Places within the app: each is answered with its page, the app's router does the rest. */
    public static final List<String> PAGES = List.of(
            "/",
            "/sign-in",
            "/today/**",
            "/calendar/**",
            "/patients/**",
            "/sessions/**",
            "/money/**",
            "/messages/**",
            "/reports/**",
            "/settings/**",
            "/admin/**");

    /** The patients' own page, another program than the staff's: what it is about stands behind the hash sign. */
    public static final String PATIENT_PAGE = "/p";

    /** Files of the app. Those under assets carry a hash of their content in their name. */
    public static final List<String> FILES =
            List.of("/assets/{file}", "/favicon.svg", "/favicon.ico", "/manifest.webmanifest");

    private AppRoutes() {}
}
