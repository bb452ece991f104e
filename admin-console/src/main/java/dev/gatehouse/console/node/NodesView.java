package dev.gatehouse.console.node;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Detail;
import dev.gatehouse.console.listing.ListPage;
import dev.gatehouse.console.listing.Listing;
import dev.gatehouse.console.listing.Moments;
import dev.gatehouse.console.listing.Screen;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.live.Poller;
import dev.gatehouse.console.login.SignedIn;
import dev.gatehouse.console.shell.MainLayout;
import dev.gatehouse.db.store.AuditLog;
import dev.gatehouse.db.store.NodeReports;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** Nodes: who carries the traffic. */
@Route(value = "nodes/:name?", layout = MainLayout.class)
@PageTitle("Nodes")
@PermitAll
public final class NodesView extends Div implements Screen<NodeRow> {

    private final NodeReports nodes;
    private final AuditLog audit;
    private final Listing<NodeRow> list = new Listing<>(NodeRow::name);
    private final ListPage<NodeRow> page;

    public NodesView(NodeReports nodes, AuditLog audit, Poller<Fleet> fleet) {
        this.nodes = nodes;
        this.audit = audit;
        page = new ListPage<>("nodes", list, this, fleet);
        list.search("Filter nodes", NodeRow::searched);
        list.empty(
                "No node has reported",
                "A gateway node reports here as soon as it reaches this database. Start one with deploy/run, or with GATEHOUSE_DB_URL set to this database.");
        columns();
        list.card(row -> Cells.card(
                "nodes",
                row.name(),
                row.name(),
                Cells.exact(row.known().report().address()),
                Cells.state(row.level(), row.word()),
                Cells.secondary("rev " + row.revision()),
                Cells.secondary(row.heard())));
        addClassName("view");
        add(page);
    }

    private void columns() {
        var grid = list.grid();
        Cells.name(grid, "Name", "nodes", NodeRow::name, NodeRow::name);
        Cells.state(grid, "State", NodeRow::level, NodeRow::word);
        Cells.exact(grid, "Address", row -> row.known().report().address()).setWidth("13rem");
        Cells.text(grid, "Revision", NodeRow::revision).setFlexGrow(0).setWidth("7rem");
        Cells.text(grid, "Heard of", NodeRow::heard).setFlexGrow(0).setWidth("7rem");
        Cells.text(grid, "Started", row -> Moments.at(row.known().report().startedAt()))
                .setComparator(row -> row.known().report().startedAt())
                .setWidth("12rem");
        Cells.text(grid, "Software", row -> row.known().report().software()).setWidth("7rem");
    }

    @Override
    public String name(NodeRow row) {
        return row.name();
    }

    @Override
    public List<NodeRow> items(Fleet fleet) {
        return NodeRow.of(fleet);
    }

    @Override
    public boolean moves() {
        return true;
    }

    @Override
    public Detail<NodeRow> open(String name) {
        return new NodePanel(name, page::close, this::forget);
    }

    private void forget(String name) {
        nodes.forget(name);
        getUI().ifPresent(ui -> audit.write(SignedIn.in(ui).name(), "forget node", name));
        page.close();
    }
}
