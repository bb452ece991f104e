package dev.gatehouse.deploy.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An admin's first day with everything real: the console in a browser, the nodes behind it, and a caller. */
class JourneyIT {

    private static final double PATIENCE_MILLIS = 60_000;
    private static final Pattern REVISION = Pattern.compile("(?:Publish|Issue key) as rev (\\d+)");

    private final Run.Ports ports = Run.Ports.free();

    @Test
    void leadsFromTheFirstPasswordToACountedRequestAndARevokedKey(@TempDir Path folder) {
        try (var run = Run.start(folder, ports).awaitReady();
                var playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))) {
            PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
            var page = chromium(playwright);
            signIn(page, firstPassword(run.output()));
            createService(page);
            publishRoute(page);
            var key = issueKey(page);

            go(page, "Dashboard");
            assertThat(page.getByText("Waiting for the first request.")).isVisible();
            for (int node = 0; node < 2; node++) {
                assertThat(call(node, key)).isEqualTo(200);
            }
            assertThat(page.getByText("The first request has arrived.")).isVisible();
            press(page, "Open the dashboard");
            assertThat(page.locator("table").getByText("members-api")).isVisible();
            page.setViewportSize(1280, 900);
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", "dashboard.png")));

            revoke(page);
            for (int node = 0; node < 2; node++) {
                int index = node;
                await().atMost(Duration.ofSeconds(30)).until(() -> call(index, key) == 401);
            }
        }
    }

    private static Page chromium(Playwright playwright) {
        var program = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("This test needs Chromium: install the package chromium."));
        var page = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")))
                .newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        return page;
    }

    private static String firstPassword(String output) {
        var found = Pattern.compile("password (\\S{12,})").matcher(output);
        assertThat(found.find()).as(output).isTrue();
        return found.group(1);
    }

    private void signIn(Page page, String password) {
        page.navigate("http://127.0.0.1:" + ports.console() + "/login");
        page.getByLabel("Name").fill("admin");
        page.getByLabel("Password").first().fill(password);
        press(page, "Sign in");
        page.getByLabel("New password", new Page.GetByLabelOptions().setExact(true))
                .fill("a password for a test");
        page.getByLabel("New password again").fill("a password for a test");
        press(page, "Change password");
    }

    private void createService(Page page) {
        go(page, "Services");
        press(page, "New service");
        fill(page, "Name", "members");
        fill(page, "Target", "http://127.0.0.1:" + ports.demo());
        awaitLive(page, publish(page));
    }

    private static void publishRoute(Page page) {
        go(page, "Routes");
        press(page, "New route");
        fill(page, "Name", "members-api");
        fill(page, "Path", "/members/**");
        choose(page, "Service", "members");
        fill(page, "Rewrite path", "/users/**");
        awaitLive(page, publish(page));
    }

    private static String issueKey(Page page) {
        go(page, "Keys");
        press(page, "Issue key");
        fill(page, "Name", "journey");
        choose(page, "Consumer", "web-shop");
        var revision = publish(page);
        var key = page.locator("vaadin-dialog pre").first();
        assertThat(key).hasText(Pattern.compile("gk_live_[0-9A-Za-z]{46}"));
        var text = key.textContent();
        // it is told for a moment only
        awaitLive(page, revision);
        press(page, "I have stored the key");
        return text;
    }

    private static void revoke(Page page) {
        go(page, "Keys");
        page.getByText("journey", new Page.GetByTextOptions().setExact(true))
                .first()
                .click();
        press(page, "Revoke key");
        page.getByRole(AriaRole.ALERTDIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Revoke key"))
                .click();
    }

    private int call(int node, String key) {
        return Run.get("http://127.0.0.1:" + (ports.http() + node) + "/members/1", "X-API-Key", key)
                .statusCode();
    }

    /** @return the revision that it makes, as the button says */
    private static String publish(Page page) {
        var button = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(REVISION));
        var revision = REVISION.matcher(button.textContent().strip());
        assertThat(revision.matches()).isTrue();
        button.click();
        return revision.group(1);
    }

    private static void awaitLive(Page page, String revision) {
        assertThat(page.getByText(Pattern.compile("Revision " + revision + " live on 2 of 2 nodes \\(\\d+\\.\\d s\\)")))
                .isVisible();
    }

    private static void go(Page page, String view) {
        var path = view.equals("Dashboard") ? "" : view.toLowerCase(Locale.ROOT);
        page.locator("vaadin-side-nav-item[path='" + path + "']").click();
        page.locator("h1").filter(new Locator.FilterOptions().setHasText(view)).waitFor();
    }

    private static void fill(Page page, String label, String text) {
        page.getByRole(
                        AriaRole.TEXTBOX,
                        new Page.GetByRoleOptions().setName(label).setExact(true))
                .fill(text);
    }

    /** The last of that name: the list beside the form may be filtered by the same thing. */
    private static void choose(Page page, String label, String value) {
        var box = page.getByRole(
                        AriaRole.COMBOBOX,
                        new Page.GetByRoleOptions().setName(label).setExact(true))
                .last();
        box.fill(value);
        box.press("Enter");
    }

    private static void press(Page page, String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .last()
                .click();
    }
}
