package dev.gatehouse.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.gatehouse.db.document.Yaml;
import dev.gatehouse.db.model.Certificate;
import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.store.Author;
import dev.gatehouse.db.store.ConfigurationReader;
import dev.gatehouse.db.store.ConfigurationStore;
import dev.gatehouse.db.store.Database;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.deploy.servers.Issued;
import dev.gatehouse.deploy.servers.Issued.Wish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ViewsIT {

    private static final String VERSIONED = """
            apis:
              users:
                named-by: [ path: 1, media-type: example.users ]
                versions:
                - name: v1
                  deprecated: 2026-01-01
                  sunset: 2027-01-01
                  documentation: https://docs.example.com/users/v1
                  successor: v2
                - v2
                default-version: v2
            client-types:
              mobile:
                recognised-by: [ user-agent: okhttp, header: { name: X-Client, is: mobile } ]
                priority: 10
            routes:
              users-v1:
                match: { path: "/{version}/users/**", api: users, version: v1, clients: [ mobile ] }
                forward: { service: users, rewrite: "/users/**" }
                examples:
                - { request: GET /v1/users/7, headers: [ "User-Agent: okhttp/4.12" ] }
                - { request: GET /v9/users/7, headers: [ "User-Agent: okhttp/4.12" ], expect: no-route }
            """;

    @Test
    void leadsFromAnEmptyConsoleToAKeyThatCanCall() {
        try (var console = new RunningConsole().start();
                var database = Database.open(console.access, 1);
                var node = new StandInNode("gateway-1", console);
                var browser = new Browser()) {
            var page = browser.page;
            var reader = new ConfigurationReader(database);
            browser.signInFirst(console);
            page.getByText("Point to a service").waitFor();

            go(page, "Services");
            assertThat(page.getByText("No service yet")).isVisible();
            look(browser, "services-empty");
            press(page, "Create the first service");
            fill(page, "Name", "users");
            fill(page, "Target", "127.0.0.1:9101");
            assertThat(page.getByText("'127.0.0.1:9101' is refused").first()).isVisible();
            look(browser, "service-refused");
            fill(page, "Target", "http://127.0.0.1:9101");
            // what is told of a revision stays until each node has it
            node.keepsReporting(reader.version());
            press(page, "Publish as rev 1");
            assertThat(page.getByText("Revision 1 live on 0 of 1 node")).isVisible();
            node.keepsReporting(reader.version());
            assertThat(page.getByText(Pattern.compile("Revision 1 live on 1 of 1 node \\(\\d+\\.\\d s\\)")))
                    .isVisible();
            look(browser, "service-live");

            page.getByText("Publish a route to it").click();
            fill(page, "Name", "users-api");
            fill(page, "Path", "/api/users/**");
            page.getByText("Add policy").click();
            page.getByText("Rate limit", new Page.GetByTextOptions().setExact(true))
                    .click();
            fill(page, "Requests", "60");
            fill(page, "Window", "1m");
            look(browser, "route-new");
            page.keyboard().press("Control+Enter");
            assertThat(page.locator(".landing").getByText(Pattern.compile("Revision 2 ")))
                    .isVisible();

            go(page, "Consumers");
            press(page, "Create the first consumer");
            fill(page, "Name", "web-shop");
            fill(page, "Description", "The shop, team Basket.");
            press(page, "Publish as rev 3");
            page.getByText("Issue a key").click();
            fill(page, "Name", "production");
            look(browser, "key-new");
            press(page, "Issue key as rev 4");
            var key = page.locator("vaadin-dialog pre").first();
            assertThat(key).hasText(Pattern.compile("gk_live_[0-9A-Za-z]{46}"));
            page.getByText("curl", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(page.locator("vaadin-dialog pre").last()).containsText("http://127.0.0.1:8080/api/users");
            look(browser, "key-issued");
            press(page, "I have stored the key");
            assertThat(page.getByText("not by itself")).isVisible();
            assertThat(browser.complaints).isEmpty();
        }
    }

    @Test
    void showsEachThingInListsAndBesideThem() {
        try (var console = new RunningConsole();
                var database = Database.open(console.access, 1);
                var node = new StandInNode("gateway-1", console);
                var late = new StandInNode("gateway-2", console);
                var browser = new Browser()) {
            var first = console.configured();
            node.servedFor(900);
            late.reports(first, "Route orders-api: its service has no target that answers.");
            node.keepsServing(more(database));
            node.called("users", "v1", "web-shop");
            var page = browser.page;
            browser.signInFirst(console.start());
            page.getByText("users-api").waitFor();

            for (var view : List.of(
                    "Services",
                    "Routes",
                    "APIs",
                    "Certificates",
                    "Consumers",
                    "Keys",
                    "Client types",
                    "Nodes",
                    "Revisions")) {
                go(page, view);
                page.locator(".listing-grid, .listing-cards").first().waitFor();
                fits(page);
                look(browser, view.toLowerCase(Locale.ROOT).replace(' ', '-'));
            }
            navigation(page, "Dashboard").click();
            assertThat(page.getByText("Certificate payments expires on")).isVisible();
            fits(page);
            look(browser, "dashboard-certificate");
            go(page, "Routes");
            page.keyboard().press("/");
            page.keyboard().type("products");
            assertThat(page).hasURL(Pattern.compile("/routes\\?q=products$"));
            page.reload();
            assertThat(page.getByText("products-api").first()).isVisible();
            assertThat(page.getByText("users-api")).isHidden();

            open(page, console, "routes/users-api");
            assertThat(page.getByText("Last minute")).isVisible();
            fits(page);
            look(browser, "route");
            open(page, console, "certificates/shop");
            assertThat(page.getByText("In the certificate", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
            fits(page);
            look(browser, "certificate");
            fill(page, "Private key", "-----BEGIN PRIVATE KEY-----");
            assertThat(page.getByText("Each -----BEGIN …----- must have").first())
                    .isVisible();
            look(browser, "certificate-refused");
            press(page, "Discard changes");
            open(page, console, "certificates?new");
            look(browser, "certificate-new");
            open(page, console, "apis/users");
            assertThat(page.getByText("1 consumer called v1 in the last 30 days."))
                    .isVisible();
            fits(page);
            look(browser, "api");
            open(page, console, "client-types/mobile");
            fits(page);
            look(browser, "client-type");
            open(page, console, "routes/users-v1");
            assertThat(page.getByText("Add example")).isVisible();
            fits(page);
            look(browser, "route-of-an-api");
            open(page, console, "services/users");
            fits(page);
            look(browser, "service");
            open(page, console, "nodes/gateway-2");
            look(browser, "node");
            open(page, console, "revisions/2");
            assertThat(page.getByText("+", new Page.GetByTextOptions().setExact(true))
                            .first())
                    .isVisible();
            look(browser, "revision");
            open(page, console, "consumers/web-shop");
            look(browser, "consumer");
            go(page, "Keys");
            page.locator("a.name, a.listing-card").first().click();
            assertThat(page.getByText("It was never used.")).isVisible();
            fits(page);
            look(browser, "key");
            press(page, "Rotate key");
            look(browser, "key-rotate");
            press(page, "Cancel");
            press(page, "Revoke key");
            look(browser, "key-revoke");
            press(page, "Keep it");

            open(page, console, "services/users");
            press(page, "Delete");
            assertThat(page.getByText("These routes forward to it")).isVisible();
            look(browser, "delete-in-use");
            press(page, "Close");

            fill(page, "Connect timeout", "5s");
            // the server knows of it
            page.getByText("Discard changes").waitFor();
            new ConfigurationStore(database).publish(List.of(users("http://10.0.0.7:9101")), new Author("bob", ""));
            press(page, Pattern.compile("Publish as rev \\d+"));
            assertThat(page.getByText("bob changed service 'users'")).isVisible();
            look(browser, "conflict");
            press(page, "Back to my input");
            navigation(page, "Keys").click();
            assertThat(page.getByText("Leave without publishing?")).isVisible();
            look(browser, "unsaved");
            press(page, "Discard and leave");

            page.getByText("first").first().click();
            press(page, "Revoke key");
            look(browser, "revoke");
            page.getByRole(AriaRole.ALERTDIALOG)
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Revoke key"))
                    .click();
            assertThat(page.locator(".panel-head").getByText("revoked")).isVisible();
            assertThat(browser.complaints).isEmpty();
        }
    }

    @Test
    void asksWhichHoldsWhenAnotherChangeComesBeforeTypingStopped() {
        try (var console = new RunningConsole();
                var database = Database.open(console.access, 1);
                var browser = new Browser()) {
            console.configured();
            var page = browser.page;
            browser.signInFirst(console.start());
            navigation(page, "Services").waitFor();
            open(page, console, "services/users");
            neverStopsTyping(page);
            fill(page, "Connect timeout", "5s");
            // the server knows of it
            page.getByText("Discard changes").waitFor();
            new ConfigurationStore(database).publish(List.of(users("http://10.0.0.7:9101")), new Author("bob", ""));
            press(page, "Publish as rev 3");
            assertThat(page.getByText("bob changed service 'users'")).isVisible();
        }
    }

    /** Later revisions, so that there is something to look back at. */
    private static Version more(Database database) {
        var store = new ConfigurationStore(database, RunningConsole.SECRETS);
        var root = Issued.authority("Example Trust Services");
        var soon = Wish.of("pay.example.com");
        soon = soon.between(soon.from(), soon.from().plus(Duration.ofDays(13)));
        store.publish(
                List.of(
                        certificate(
                                "shop",
                                root.below("Example Issuing CA 3").issue("shop.example.com", "*.shop.example.com")),
                        certificate("payments", root.issue(soon))),
                new Author("anna", "TLS for the shop"));
        var versioned = Objects.requireNonNull(Yaml.read(VERSIONED).document());
        var edits = new ArrayList<Edit>();
        versioned.apis().forEach((name, api) -> edits.add(new Edit.Put(name, api, 0)));
        versioned.clientTypes().forEach((name, type) -> edits.add(new Edit.Put(name, type, 0)));
        versioned.routes().forEach((name, route) -> edits.add(new Edit.Put(name, route, 0)));
        store.publish(edits, new Author("anna", "users in versions"));
        store.publish(List.of(users("http://10.0.0.6:9101")), new Author("anna", "users moves to its own host"));
        store.publish(
                List.of(new Edit.Delete(dev.gatehouse.db.model.Kind.ROUTE, "orders-api", Edit.ANY)),
                new Author("anna", ""));
        return new ConfigurationReader(database).version();
    }

    private static Edit.Put certificate(String name, Issued issued) {
        return new Edit.Put(
                name,
                new Certificate(
                        issued.chain(),
                        issued.privateKey(),
                        List.of(),
                        Certificate.ClientCertificate.NONE,
                        "",
                        Duration.ofDays(365),
                        true),
                0);
    }

    /** The pauses after which the page tells of what was typed do not end by themselves. */
    private static void neverStopsTyping(Page page) {
        page.evaluate("""
                () => {
                    const after = window.setTimeout;
                    window.setTimeout = (task, millis, ...rest) => after(task, millis >= 600 ? 1e8 : millis, ...rest);
                }
                """);
    }

    private static Edit.Put users(String target) {
        return AdminAtWork.users(target);
    }

    private static void go(Page page, String view) {
        navigation(page, view).click();
        page.locator("h1").filter(new Locator.FilterOptions().setHasText(view)).waitFor();
    }

    private static Locator navigation(Page page, String view) {
        var path = view.equals("Dashboard") ? "" : view.toLowerCase(Locale.ROOT).replace(' ', '-');
        return page.locator("vaadin-side-nav-item[path='" + path + "']");
    }

    private static void open(Page page, RunningConsole console, String address) {
        page.navigate(console.url() + "/" + address);
        page.locator(".panel-head").waitFor();
    }

    private static void fill(Page page, String label, String text) {
        page.getByRole(
                        AriaRole.TEXTBOX,
                        new Page.GetByRoleOptions().setName(label).setExact(true))
                .fill(text);
    }

    private static void press(Page page, String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .last()
                .click();
    }

    private static void press(Page page, Pattern name) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name))
                .click();
    }

    private static void look(Browser browser, String name) {
        browser.screenshots(name);
    }

    /** On a phone, nothing that can be seen may reach beyond the screen. */
    private static void fits(Page page) {
        page.setViewportSize(390, 844);
        page.waitForFunction("""
                () => [...document.querySelectorAll('.view *')]
                    .filter(part => part.checkVisibility())
                    .every(part => part.getBoundingClientRect().right <= innerWidth + 1)
                """);
        page.setViewportSize(1280, 720);
    }
}
