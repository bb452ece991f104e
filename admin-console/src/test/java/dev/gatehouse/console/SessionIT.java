package dev.gatehouse.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

class SessionIT {

    private static final String ANOTHER = "four more unrelated words";

    @Test
    void returnsToTheWantedViewAndEndsWithThePasswordOrTheClick() {
        try (var console = new RunningConsole().start();
                var here = new Browser();
                var elsewhere = new Browser()) {
            here.signInFirst(console);
            assertThat(here.page.getByText("Point to a service")).isVisible();

            elsewhere.page.navigate(console.url() + "/password");
            assertThat(elsewhere.page.getByLabel("Name")).isVisible();
            elsewhere.sendSignIn("admin", Browser.PASSWORD);
            assertThat(elsewhere.page.getByLabel("Current password")).isVisible();

            elsewhere.page.getByLabel("Current password").fill(Browser.PASSWORD);
            elsewhere.choosePassword(ANOTHER);
            assertThat(elsewhere.page.getByText("Point to a service")).isVisible();

            here.page.reload();
            assertThat(here.page.getByLabel("Name")).isVisible();

            elsewhere.page.getByLabel("Account of admin").click();
            elsewhere
                    .page
                    .getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Sign out"))
                    .click();
            assertThat(elsewhere.page.getByLabel("Name")).isVisible();
            elsewhere.page.navigate(console.url() + "/");
            assertThat(elsewhere.page.getByLabel("Name")).isVisible();
        }
    }
}
