package dev.gatehouse.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.gatehouse.db.document.Yaml;
import dev.gatehouse.db.live.LimitCounter;
import dev.gatehouse.db.live.LimitCounts;
import dev.gatehouse.db.live.LimitCounts.Want;
import dev.gatehouse.db.live.LimitSightings;
import dev.gatehouse.db.live.LimitSightings.LimiterState;
import dev.gatehouse.db.live.LimitSightings.Sighting;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.live.Script;
import dev.gatehouse.db.store.Author;
import dev.gatehouse.db.store.ConfigurationStore;
import dev.gatehouse.db.store.Database;
import dev.gatehouse.db.store.Edit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LimitsIT {

    private static final String PLANS = """
            plans:
              gold:
                description: For partners who pay.
                limits:
                - { requests: 1000, window: 1m, name: calls }
                - { requests: 20, window: 1s, burst: 40, name: bursts }
                concurrency: [ { requests: 10, name: at-once } ]
              trial:
                limits: [ { requests: 60, window: 1m, name: trial-calls } ]
            consumers:
              web-shop: { description: The shop's web pages, plans: [ gold ] }
              ada: { description: Ada tries it, plans: [ trial ], overrides: [ { limit: trial-calls, requests: 120, until: 2099-01-01 } ] }
            """;

    @Test
    void showsWhoIsRefusedAndRaisesALimitInTwoClicks() {
        try (var console = new RunningConsole();
                var database = Database.open(console.access, 1);
                var node = new StandInNode("gateway-1", console);
                var browser = new Browser()) {
            node.keepsReporting(console.configured());
            var document = Objects.requireNonNull(Yaml.read(PLANS).document());
            var edits = new ArrayList<Edit>();
            document.plans().forEach((name, plan) -> edits.add(new Edit.Put(name, plan, Edit.ANY)));
            document.consumers().forEach((name, holder) -> edits.add(new Edit.Put(name, holder.consumer(), Edit.ANY)));
            new ConfigurationStore(database, RunningConsole.SECRETS).publish(edits, new Author("bob", "plans"));
            var page = browser.page;
            browser.signInFirst(console.start());
            page.getByText("Point to a service").waitFor();

            // of the last minute, which begins to pass
            refuse(console);
            page.navigate(console.url() + "/limits?consumer=web-shop");
            assertThat(page.getByText("plan gold").first()).isVisible();
            assertThat(page.getByText("address:192.0.2.7")).isVisible();
            browser.fitsAPhone();
            browser.screenshots("limits");

            page.getByText("Raise", new Page.GetByTextOptions().setExact(true))
                    .first()
                    .click();
            page.getByText(Pattern.compile("× 2 for an hour, to 2.000 in 1m")).click();
            assertThat(page.locator(".landing").getByText("Revision")).isVisible();
            assertThat(page.getByText("overridden until").first()).isVisible();
            browser.screenshots("limit-raised");

            page.navigate(console.url() + "/plans/gold");
            page.locator(".panel-head").waitFor();
            assertThat(page.getByText("Who is affected")).isVisible();
            browser.screenshots("plan");
            page.navigate(console.url() + "/plans");
            page.getByText("trial", new Page.GetByTextOptions().setExact(true))
                    .first()
                    .waitFor();
            browser.screenshots("plans");
            assertThat(browser.complaints).isEmpty();
        }
    }

    private static void refuse(RunningConsole console) {
        try (var redis = Redis.open(console.redis.url(), "test", 1, Duration.ofSeconds(5))) {
            long second = Instant.now().getEpochSecond();
            var live = new LimitSightings(redis);
            live.add(
                    second,
                    Map.of(
                            new Sighting("calls", "consumer:web-shop"), 1_240L,
                            new Sighting("door", "address:192.0.2.7"), 12L),
                    Map.of(new Sighting("calls-next-year", "consumer:web-shop"), 310L),
                    new LimiterState("gateway-1", second, "counting", 412_000, 9_800, 12, 640));
            live.add(second, Map.of(), Map.of(), new LimiterState("gateway-2", second, "joined", 398_000, 9_100, 0, 0));
            var calls = new LimitCounter("calls", "consumer:web-shop", 1_000, Duration.ofMinutes(1), 0);
            Script.LIMITS.run(
                    redis,
                    LimitCounts.keys(List.of(calls)),
                    LimitCounts.decide(LimitCounts.ANY, 1, 930, List.of(new Want(calls, 1, 0))));
        }
    }
}
