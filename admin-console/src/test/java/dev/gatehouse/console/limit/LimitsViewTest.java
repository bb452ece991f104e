package dev.gatehouse.console.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.ClickEvent;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.menubar.MenuBar;
import dev.gatehouse.console.AdminAtWork;
import dev.gatehouse.db.live.LimitCounter;
import dev.gatehouse.db.live.LimitCounts;
import dev.gatehouse.db.live.LimitCounts.Want;
import dev.gatehouse.db.live.LimitSightings;
import dev.gatehouse.db.live.LimitSightings.LimiterState;
import dev.gatehouse.db.live.LimitSightings.Sighting;
import dev.gatehouse.db.live.LimitSlots;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.live.Script;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.LimitOverride;
import dev.gatehouse.db.model.Plan;
import dev.gatehouse.db.policy.ConcurrencyLimit;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.policy.Told;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.NodeReports;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LimitsViewTest extends AdminAtWork {

    private static final RateLimit CALLS = new RateLimit(
            60,
            Duration.ofMinutes(1),
            RateLimit.Per.CONSUMER,
            RateLimit.Mode.LEASED,
            RateLimit.WithoutRedis.LOCAL,
            "calls");
    private static final LimitCounter COUNTER =
            new LimitCounter("calls", "consumer:web-shop", 60, Duration.ofMinutes(1), 0);

    private void configure() {
        publish(new Edit.Put("gold", Plan.of(CALLS), Edit.ANY));
        publish(new Edit.Put("web-shop", new Consumer("").withPlans("gold"), Edit.ANY));
    }

    private void live(int used, Map<Sighting, Long> refused) {
        try (var client = Redis.open(redis.url(), "test", 1, Duration.ofSeconds(5))) {
            long second = clock.instant().getEpochSecond();
            new LimitSightings(client)
                    .add(second, refused, Map.of(), new LimiterState("node-1", second, "counting", 1_000, 20, 3, 40));
            Script.LIMITS.run(
                    client,
                    LimitCounts.keys(List.of(COUNTER)),
                    LimitCounts.decide(LimitCounts.ANY, 1, used, List.of(new Want(COUNTER, 1, 0))));
        }
    }

    @Test
    void saysThatNobodyIsRefused() {
        var view = open("limits", LimitsView.class);

        eventually(() -> shows(view, "No limit and no quota refused anybody in the last minute."));
        assertThat(shows(view, "No node has told yet.")).isTrue();
    }

    @Test
    void showsWhoIsRefusedByWhichLimitAndHowTheNodesCount() {
        configure();
        live(
                60,
                Map.of(new Sighting("calls", "consumer:web-shop"), 17L, new Sighting("door", "address:192.0.2.7"), 4L));
        var view = open("limits", LimitsView.class);

        eventually(() -> shows(view, "17") && shows(view, "98 %"));
        assertThat(shows(view, "web-shop")).isTrue();
        assertThat(shows(view, "address:192.0.2.7")).isTrue();
        assertThat(shows(view, "with all nodes")).isTrue();
    }

    @Test
    void saysWhichNodesCountAlone() {
        live(1, Map.of());
        clock.forward(Duration.ofSeconds(6));
        report(new NodeReports.Report(
                "node-1", UUID.randomUUID(), "", "0.1.0", Instant.now(), Optional.empty(), List.of()));
        var view = open("limits", LimitsView.class);

        eventually(() -> shows(view, "alone, without Redis"));
        assertThat(shows(view, "with all nodes")).isFalse();
    }

    @Test
    void raisesALimitForAnHourInTwoClicks() {
        configure();
        var forGood = new LimitOverride("calls", 70, 0, "");
        var ended = new LimitOverride("calls", 9, 0, "2020-01-01");
        publish(new Edit.Put("web-shop", new Consumer("").withPlans("gold").with(List.of(forGood, ended)), Edit.ANY));
        live(60, Map.of(new Sighting("calls", "consumer:web-shop"), 17L));
        open("limits", LimitsView.class);
        eventually(
                () -> find(MenuBar.class).withCondition(LimitsViewTest::raises).exists());

        var menu = find(MenuBar.class).withCondition(LimitsViewTest::raises).single();
        var fiveTimes = menu.getItems().getFirst().getSubMenu().getItems().get(1);
        assertThat(fiveTimes.getText()).isEqualTo("× 5 for an hour, to 350 in 1m");
        ComponentUtil.fireEvent(fiveTimes, new ClickEvent<>(fiveTimes));

        var until = clock.instant().plusSeconds(3_600).truncatedTo(ChronoUnit.SECONDS);
        assertThat(Objects.requireNonNull(configured().consumers().get("web-shop"))
                        .overrides())
                .containsExactly(forGood, new LimitOverride("calls", 350, 0, until.toString()));
    }

    private static boolean raises(MenuBar menu) {
        return menu.getItems().getFirst().getText().equals("Raise");
    }

    @Test
    void showsWhatAConsumerHasLeft() {
        configure();
        live(18, Map.of());
        var view = open("limits?consumer=web-shop", LimitsView.class);

        assertThat(find(ComboBox.class).single().getValue()).isEqualTo("web-shop");
        eventually(() -> shows(view, "plan gold") && shows(view, "42"));
    }

    @Test
    void saysNothingOfWhatIsLeftWhileRedisIsAway() {
        configure();
        redis.close();
        var view = open("limits?consumer=web-shop", LimitsView.class);

        eventually(() -> shows(view, "Redis does not answer."));
        assertThat(shows(view, "It meets no limit")).isFalse();
    }

    @Test
    void keepsTheMenuThatSomebodyHasOpenWhileNumbersMove() {
        configure();
        live(18, Map.of());
        var view = open("limits?consumer=web-shop", LimitsView.class);
        eventually(() -> shows(view, "42"));
        var menu = find(MenuBar.class).withCondition(LimitsViewTest::raises).single();

        live(1, Map.of());

        eventually(() -> shows(view, "41"));
        assertThat(find(MenuBar.class).withCondition(LimitsViewTest::raises).single())
                .isSameAs(menu);
    }

    @Test
    void showsHowManyRequestsOfAConsumerRunAtOnce() {
        configure();
        var limit = new ConcurrencyLimit(
                7, RateLimit.Per.CONSUMER, "", RateLimit.WithoutRedis.LOCAL, false, Told.DEFAULT, "busy");
        publish(new Edit.Put(
                "silver", new Plan("", List.of(), List.of(), List.of(limit), List.of(), List.of()), Edit.ANY));
        publish(new Edit.Put("bank", new Consumer("").withPlans("silver"), Edit.ANY));
        var counter = new LimitCounter("busy", "consumer:bank", 7, Duration.ZERO, 0);
        long running;
        try (var client = Redis.open(redis.url(), "test", 1, Duration.ofSeconds(5))) {
            LimitSlots.take(client, counter, new LimitSlots.Holding("node-1", 1, 0, Duration.ofMinutes(1)), 1, 1, 4);
            running = LimitSlots.look(client, counter);
        }
        var view = open("limits?consumer=bank", LimitsView.class);

        eventually(() -> shows(view, "7 at once") && shows(view, "plan silver") && shows(view, Long.toString(running)));
    }
}
