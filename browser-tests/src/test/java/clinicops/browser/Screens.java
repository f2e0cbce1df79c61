package clinicops.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.ViewportSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Real Chromium, one for all tests of a JVM, with a fresh profile for each person who signs in. */
final class Screens implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private static Playwright playwright;
    private static Browser browser;

    private final RunningClinic clinic = RunningClinic.get();
    private final List<BrowserContext> contexts = new ArrayList<>();
    /** What the pages wrote to the console as errors, and policy violations among them. */
    final List<String> consoleErrors = new ArrayList<>();

    private static synchronized Browser browser() {
        if (browser == null) {
            // a condition is awaited as long as a busy machine may need; nothing waits longer than it has to
            PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
            Optional<Path> installed = chromium();
            var options = new BrowserType.LaunchOptions().setArgs(FLAGS).setHeadless(true);
            installed.ifPresent(options::setExecutablePath);
            // without one on the machine Playwright downloads its own
            playwright = Playwright.create(new Playwright.CreateOptions()
                    .setEnv(installed.isPresent() ? Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1") : Map.of()));
            browser = playwright.chromium().launch(options);
        }
        return browser;
    }

    private static Optional<Path> chromium() {
        return Stream.of(
                        System.getenv().getOrDefault("CLINIC_CHROMIUM", ""),
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome")
                .filter(path -> !path.isEmpty() && Files.isExecutable(Path.of(path)))
                .map(Path::of)
                .findFirst();
    }

    /** A new browser window of that size, nobody signed in. */
    Page window(int width, int height, ColorScheme scheme) {
        return window(width, height, scheme, false);
    }

    /** As {@link #window}, touched with fingers. */
    Page tablet(int width, int height, ColorScheme scheme) {
        return window(width, height, scheme, true);
    }

    private Page window(int width, int height, ColorScheme scheme, boolean touch) {
        BrowserContext context = browser()
                .newContext(new Browser.NewContextOptions()
                        .setHasTouch(touch)
                        .setIsMobile(touch)
                        .setViewportSize(width, height)
                        .setColorScheme(scheme)
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setLocale("en-US")
                        .setBaseURL(clinic.url().toString()));
        context.setDefaultTimeout(15_000);
        contexts.add(context);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                consoleErrors.add(message.text());
            }
        });
        return page;
    }

    /** A desktop window with this demo account signed in. */
    Page signedIn(String username) {
        return signIn(window(1280, 800, ColorScheme.LIGHT), username);
    }

    Page signIn(Page page, String username) {
        page.navigate("/");
        page.getByLabel("Username").fill(username);
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(clinic.password(username));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Main"))
                .waitFor();
        return page;
    }

    /**
     * Nothing that axe-core can find against WCAG 2.2 AA, on the whole page at once: in a window that has to scroll, what happens to lie
     * beneath a sticky bar would count as too small to touch. A colour that is fading into another one is neither: it is awaited.
     */
    static void accessible(Page page) {
        ViewportSize size = page.viewportSize();
        page.setViewportSize(size.width, 3_000);
        page.waitForFunction(
                "() => document.getAnimations().every(a => a.playState !== 'running' || a.effect.getTiming().iterations === Infinity)");
        List<String> found = new AxeBuilder(page)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                        .analyze()
                        .getViolations()
                        .stream()
                        .map(Screens::described)
                        .toList();
        page.setViewportSize(size.width, size.height);
        assertThat(found).as("axe on %s", page.title()).isEmpty();
    }

    private static String described(Rule rule) {
        return rule.getId() + " (" + rule.getHelp() + "): "
                + rule.getNodes().stream().limit(4).map(node -> node.getHtml()).toList();
    }

    /** A picture among the build's artefacts. */
    static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "pictures", name + ".png"))
                .setFullPage(false));
    }

    @Override
    public void close() {
        contexts.forEach(BrowserContext::close);
    }
}
