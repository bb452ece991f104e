package dev.gatehouse.console.consumer;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.gatehouse.console.entity.EntityView;
import dev.gatehouse.console.entity.Impact;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.live.Limits;
import dev.gatehouse.console.live.Poller;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.shell.MainLayout;
import dev.gatehouse.db.live.KeyCalls;
import dev.gatehouse.db.live.KeyCalls.ConsumerUsage;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.store.KeyStore;
import jakarta.annotation.security.PermitAll;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.exceptions.JedisException;

/** Consumers: who calls. */
@Route(value = "consumers/:name?", layout = MainLayout.class)
@PageTitle("Consumers")
@PermitAll
public final class ConsumersView extends EntityView<ConsumerRow> {

    /** How often usage is read while nobody changes anything. */
    private static final int MOVES_SECONDS = 10;

    private final KeyCalls calls;
    private final Poller<Limits> limits;
    private final HeldKeys keys;
    private Instant shownAt = Instant.EPOCH;

    public ConsumersView(Publisher publisher, KeyStore keys, KeyCalls calls, Poller<Limits> limits) {
        super(
                Kind.CONSUMER,
                publisher,
                "A consumer is an application or a person that calls your APIs with keys of its own; limits are counted per consumer.",
                "Create the first consumer");
        this.keys = new HeldKeys(keys);
        this.calls = calls;
        this.limits = limits;
        search(ConsumerRow::searched);
        list().filter(
                        "group",
                        Cells.choice("Any group", "Group", this::groups),
                        (row, group) -> row.entity().groups().contains(group));
        Cells.text(list().grid(), "Description", row -> row.entity().description())
                .setFlexGrow(2);
        Cells.text(list().grid(), "Groups", ConsumerRow::groups);
        Cells.text(list().grid(), "Tags", ConsumerRow::tags);
        Cells.text(list().grid(), "Owner", row -> row.entity().owner());
        Cells.text(list().grid(), "Last minute", ConsumerRow::lastMinute)
                .setComparator(
                        row -> row.usage().map(usage -> usage.lastMinute()).orElse(0L))
                .setFlexGrow(0);
        Cells.text(list().grid(), "Calls today", ConsumerRow::today)
                .setComparator(row -> row.usage().map(usage -> usage.today()).orElse(0L))
                .setFlexGrow(0);
        list().card(row -> card(
                row,
                Cells.secondary(row.entity().description()),
                Cells.secondary(row.groups()),
                Cells.secondary(row.today() + " calls today")));
    }

    @Override
    public List<ConsumerRow> items(Fleet fleet) {
        shownAt = Instant.now();
        return ConsumerRow.of(
                fleet.configuration(),
                usages(fleet.configuration().snapshot().consumers().keySet()));
    }

    /** Redis is not asked while it keeps the poller waiting: whoever looks would wait, too. */
    private Optional<Map<String, ConsumerUsage>> usages(Collection<String> names) {
        if (!limits.current().trouble().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(calls.consumers(names, Instant.now()));
        } catch (JedisException e) {
            return Optional.empty();
        }
    }

    private List<String> groups() {
        return publisher().snapshot().consumers().values().stream()
                .flatMap(consumer -> consumer.groups().stream())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public boolean changed(Version shown, Fleet now) {
        return !now.version().equals(shown) || shownAt.until(Instant.now(), ChronoUnit.SECONDS) >= MOVES_SECONDS;
    }

    @Override
    protected Impact impact(ConsumerRow row) {
        return keys.impact(row);
    }

    @Override
    protected List<Component> beneath(ConsumerRow row) {
        return List.of(HeldKeys.usage(row), keys.shown(row));
    }
}
