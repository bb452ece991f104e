package dev.gatehouse.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DashboardIT {

    @Test
    void showsTrafficAsItHappensAndSaysWhenItCannot() {
        try (var console = new RunningConsole();
                var node = new StandInNode("gateway-1", console);
                var other = new StandInNode("gateway-2", console);
                var browser = new Browser()) {
            var version = console.configured();
            node.servedFor(900);
            node.keepsServing(version);
            other.keepsReporting(version);
            var page = browser.page;
            browser.signInFirst(console.start());

            assertThat(page.getByText("rev 1 · 2/2 nodes")).isVisible();
            assertThat(page.getByText("users-api")).isVisible();
            assertThat(page.locator("gatehouse-chart canvas")).hasCount(2);
            var number = page.locator(".tile-detail").first();
            var before = number.textContent();
            assertThat(number).not().hasText(before);
            browser.fitsAPhone();
            browser.screenshots("dashboard");
            assertThat(browser.complaints).isEmpty();

            console.redis.close();
            assertThat(page.getByText("Redis has not answered since")).isVisible();
            browser.screenshots("redis-away");
        }
    }
}
