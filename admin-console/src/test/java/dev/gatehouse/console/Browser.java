package dev.gatehouse.console;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Chromium as installed on this machine; what its console complains of is remembered. */
final class Browser implements AutoCloseable {

    private static final double PATIENCE_MILLIS = 60_000;
    static final String PASSWORD = "three unrelated words";

    /** Two frames on, charts that were resized have been drawn again. */
    private static final String DRAWN = """
            () => new Promise(drawn => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => drawn(true))), 300))
            """;

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final Playwright playwright;
    private final BrowserContext context;
    final Page page;
    final List<String> complaints = new ArrayList<>();

    Browser() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        var browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium())
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")));
        context = browser.newContext();
        context.setDefaultTimeout(PATIENCE_MILLIS);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    private static Path chromium() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("These tests need Chromium: install the package chromium."));
    }

    /** As the administrator, from the generated password to one of their own. */
    void signInFirst(RunningConsole console) {
        signIn(console.url(), "admin", console.firstPassword());
        choosePassword(PASSWORD);
    }

    void signIn(URI console, String name, String password) {
        page.navigate(console + "/login");
        sendSignIn(name, password);
    }

    /** On the login view, which is open already. */
    void sendSignIn(String name, String password) {
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").first().fill(password);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
    }

    void choosePassword(String password) {
        page.getByLabel("New password", new Page.GetByLabelOptions().setExact(true))
                .fill(password);
        page.getByLabel("New password again").fill(password);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Change password"))
                .click();
    }

    /** The page on a phone in the dark and on a desk in the light; with {@code -Dscreenshots=all}, each width in both. */
    void screenshots(String name) {
        boolean all = System.getProperty("screenshots", "").equals("all");
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            for (int width : all ? List.of(390, 1280, 2560) : List.of(scheme == ColorScheme.DARK ? 390 : 1280)) {
                screenshot(name, width, scheme);
            }
        }
        page.setViewportSize(1280, 720);
    }

    /** As {@code <name>-<width>-<theme>.png}. */
    private void screenshot(String name, int width, ColorScheme scheme) {
        page.setViewportSize(width, width == 390 ? 1_800 : width == 1280 ? 1_000 : 1_440);
        page.waitForFunction(DRAWN);
        var theme = scheme.name().toLowerCase(Locale.ROOT);
        page.screenshot(
                new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + "-" + width + "-" + theme + ".png")));
    }

    /** On a phone, nothing may be wider than the screen. */
    void fitsAPhone() {
        page.setViewportSize(390, 844);
        page.waitForFunction("() => document.documentElement.scrollWidth <= innerWidth");
        page.setViewportSize(1280, 720);
    }

    @Override
    public void close() {
        context.close();
        playwright.close();
    }
}
