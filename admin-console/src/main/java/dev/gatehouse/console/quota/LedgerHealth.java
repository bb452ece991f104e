package dev.gatehouse.console.quota;

import com.vaadin.flow.component.html.Div;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.console.live.Figures;
import dev.gatehouse.db.store.NodeReports;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One line about the books: whether both stores answer, and when each node wrote last. */
final class LedgerHealth extends Div {

    LedgerHealth() {
        addClassName("quota-health");
        setVisible(false);
    }

    void show(Standings.Books books, List<NodeReports.Known> nodes) {
        removeAll();
        setVisible(!books.entries().isEmpty());
        add(Cells.state(
                books.redis() ? Level.GOOD : Level.ATTENTION,
                books.redis() ? "ledger and Redis answer" : "Redis does not answer; the ledger does"));
        nodes.stream()
                .filter(node -> node.report().problems().stream().anyMatch(problem -> problem.contains("ledger")))
                .forEach(node -> add(Cells.state(Level.BAD, node.report().name() + " cannot write its counts")));
        books.writers().stream()
                .filter(writer -> nodes.stream()
                        .anyMatch(node -> node.serving() && node.report().name().equals(writer.node())))
                .collect(Collectors.toMap(
                        writer -> writer.node(),
                        writer -> writer.at(),
                        (one, other) -> one.isAfter(other) ? one : other,
                        TreeMap::new))
                .forEach((node, at) -> add(
                        Cells.secondary(node + " wrote " + Figures.age(Duration.between(at, books.at())) + " ago")));
    }
}
