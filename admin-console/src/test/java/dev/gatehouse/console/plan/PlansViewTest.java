package dev.gatehouse.console.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.AdminAtWork;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.Plan;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.store.Edit;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PlansViewTest extends AdminAtWork {

    private static final RateLimit CALLS = new RateLimit(
            60,
            Duration.ofMinutes(1),
            RateLimit.Per.CONSUMER,
            RateLimit.Mode.LEASED,
            RateLimit.WithoutRedis.LOCAL,
            "calls");

    @Test
    void saysWhatAPlanIsWhileThereIsNone() {
        var view = open("plans", PlansView.class);

        assertThat(shows(view, "No plan yet")).isTrue();
        press("Create the first plan");
        assertThat(shows(panel(), "New plan")).isTrue();
    }

    @Test
    void showsWhoIsAffectedBesideTheFormAndPublishes() {
        publish(new Edit.Put("gold", Plan.of(CALLS), Edit.ANY));
        publish(new Edit.Put("web-shop", new Consumer("").withPlans("gold"), Edit.ANY));
        open("plans/gold", PlansView.class);

        assertThat(shows(panel(), "Who is affected")).isTrue();
        assertThat(shows(panel(), "web-shop")).isTrue();
        type("Requests", "90");
        press("Publish");
        assertThat(Objects.requireNonNull(configured().plans().get("gold"))
                        .limits()
                        .getFirst()
                        .requests())
                .isEqualTo(90);
    }

    @Test
    void refusesToDeleteWhatSomebodySubscribesTo() {
        publish(new Edit.Put("gold", Plan.of(CALLS), Edit.ANY));
        publish(new Edit.Put("web-shop", new Consumer("").withPlans("gold"), Edit.ANY));
        open("plans/gold", PlansView.class);
        press("Delete");

        assertThat(shows(question(), "Change them first")).isTrue();
    }
}
