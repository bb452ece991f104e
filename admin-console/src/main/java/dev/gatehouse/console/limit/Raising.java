package dev.gatehouse.console.limit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import dev.gatehouse.console.limit.ConsumerLimits.Met;
import dev.gatehouse.console.live.Figures;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.LimitOverride;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.settings.Spans;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.Publication;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Raises one limit for one consumer for an hour: a button that offers how far, and publishes. */
final class Raising {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final List<Integer> TIMES = List.of(2, 5, 10);
    private static final int SHOWN_MILLIS = 5_000;

    private final Publisher publisher;
    private final Clock clock;

    Raising(Publisher publisher, Clock clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    /** @param consumer whose limit it is */
    Component button(String consumer, Met met) {
        var menu = new MenuBar();
        menu.addThemeVariants(MenuBarVariant.TERTIARY);
        MenuItem raise = menu.addItem("Raise");
        raise.setAriaLabel("Raise limit " + met.name() + " of " + consumer + " for an hour");
        TIMES.forEach(times -> raise.getSubMenu()
                .addItem(
                        "× " + times + " for an hour, to " + words(met.limit(), times),
                        _ -> raise(consumer, met.name(), met.limit(), times)));
        return menu;
    }

    private static String words(RateLimit limit, int times) {
        return Figures.count(limit.requests() * times) + " in " + Spans.write(limit.window());
    }

    private void raise(String consumer, String limit, RateLimit numbers, int times) {
        var loaded = publisher.latest();
        var settings = loaded.flatMap(now -> now.configuration().snapshot().find(Kind.CONSUMER, consumer))
                .map(Consumer.class::cast);
        if (loaded.isEmpty() || settings.isEmpty()) {
            fail("There is no consumer '" + consumer + "' any more, or the database does not answer.");
            return;
        }
        var until = clock.instant().plus(HOUR).truncatedTo(ChronoUnit.SECONDS);
        var override = new LimitOverride(limit, numbers.requests() * times, numbers.burst() * times, until.toString());
        long seen = loaded.get().configuration().revisionOf(Kind.CONSUMER, consumer);
        var back = new Publisher.Undo(
                "Limit " + limit + " of " + consumer + " as before",
                revision -> List.of(new Edit.Put(consumer, settings.get(), revision)));
        var publication = publisher.publish(
                "Limit " + limit + " of " + consumer + " × " + times + " for an hour",
                List.of(new Edit.Put(consumer, with(settings.get(), override, until), seen)),
                Optional.of(back));
        switch (publication) {
            case Publication.Published _, Publication.Unchanged _ -> {}
            case Publication.Refused(var problems) -> fail("Not raised. " + problems.getFirst());
            case Publication.Conflict conflict -> fail("Not raised. " + conflict.sentence());
        }
    }

    /** One that ends sooner would stand before it; one that ends later, or never, holds again after it. */
    private static Consumer with(Consumer consumer, LimitOverride override, Instant until) {
        var overrides = new ArrayList<>(consumer.overrides());
        overrides.removeIf(other -> other.limit().equals(override.limit()) && !other.holds(until));
        overrides.add(override);
        return consumer.with(overrides);
    }

    private static void fail(String sentence) {
        Notification.show(sentence, SHOWN_MILLIS, Notification.Position.BOTTOM_START)
                .addThemeVariants(NotificationVariant.ERROR);
    }
}
