package dev.gatehouse.console.route;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Panel;
import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.db.example.Examples;
import dev.gatehouse.db.model.Example;
import dev.gatehouse.db.model.Snapshot;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The examples of a route, held against what is configured: one that says no time may break without a change. */
final class RouteExamples {

    private final InstantSource clock;
    private Snapshot snapshot = Snapshot.EMPTY;
    private @Nullable Examples examples;

    RouteExamples(InstantSource clock) {
        this.clock = clock;
    }

    /** From now on holds them against that. */
    void over(Snapshot now) {
        if (!now.equals(snapshot)) {
            snapshot = now;
            examples = null;
        }
    }

    private Examples examples() {
        var made = examples;
        if (made == null) {
            made = new Examples(snapshot);
            examples = made;
        }
        return made;
    }

    /** Empty for a route without examples. */
    Optional<Component> of(RouteRow row) {
        if (row.entity().examples().isEmpty()) {
            return Optional.empty();
        }
        var list = new Div();
        list.addClassName("examples");
        row.entity().examples().forEach(example -> list.add(line(row.name(), example)));
        return Optional.of(Panel.section("Examples", list));
    }

    private Div line(String route, Example example) {
        var broken = examples().broken(route, example, clock.instant());
        var state = broken.isEmpty() ? Cells.state(Level.GOOD, "holds") : Cells.state(Level.BAD, "broken");
        var expected = example.expect().isEmpty() ? "this route" : example.expect();
        var line = new Div(state, Cells.exact(example.request()), Cells.secondary("→ " + expected));
        broken.map(Cells::secondary).ifPresent(line::add);
        line.addClassName("example");
        return line;
    }
}
