package dev.gatehouse.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

class FirstDayIT {

    @Test
    void leadsFromTheFirstPasswordToTheDashboard() {
        try (var console = new RunningConsole().start();
                var browser = new Browser();
                var node = new StandInNode("gateway-1", console)) {
            var page = browser.page;
            page.navigate(console.url() + "/");
            assertThat(page.getByText("Sign in").first()).isVisible();
            browser.screenshots("login");

            browser.signIn(console.url(), "admin", console.firstPassword());
            assertThat(page.getByText("You signed in with a generated password"))
                    .isVisible();
            browser.screenshots("password");

            browser.choosePassword(Browser.PASSWORD);
            assertThat(page.getByText("Point to a service")).isVisible();
            browser.screenshots("first-steps");

            var version = console.configured();
            node.keepsReporting(version);
            assertThat(page.getByText("rev 1 · 1/1 nodes")).isVisible();
            assertThat(page.getByText("Waiting for the first request.")).isVisible();
            node.servedFor(60);
            assertThat(page.getByText("The first request has arrived.")).isVisible();
            browser.screenshots("first-request");

            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Open the dashboard"))
                    .click();
            assertThat(page.getByText("users-api")).isVisible();
            assertThat(page.locator("gatehouse-chart canvas")).hasCount(2);
            assertThat(browser.complaints).isEmpty();
        }
    }
}
