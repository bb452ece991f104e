package dev.gatehouse.console.revision;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
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
import dev.gatehouse.console.shell.MainLayout;
import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.store.History;
import jakarta.annotation.security.PermitAll;
import java.util.Comparator;
import java.util.List;

/** Revisions: who changed what. */
@Route(value = "revisions/:name?", layout = MainLayout.class)
@PageTitle("Revisions")
@PermitAll
public final class RevisionsView extends Div implements Screen<RevisionRow> {

    private static final int PAGE = 100;
    private static final int FARTHEST = 10_000;

    private final History history;
    private final Listing<RevisionRow> list = new Listing<>(RevisionRow::number);
    private final ListPage<RevisionRow> page;
    private final Poller<Fleet> fleet;
    private final Button older;
    private int wanted = PAGE;
    private int asked;

    public RevisionsView(History history, Poller<Fleet> fleet) {
        this.history = history;
        this.fleet = fleet;
        page = new ListPage<>("revisions", list, this, fleet);
        older = new Button("Show older", _ -> {
            wanted += PAGE;
            fleet.current().value().ifPresent(page::show);
        });
        older.setVisible(false);
        list.search("Filter revisions", RevisionRow::searched);
        list.empty(
                "Nothing has been published yet",
                "Each publication becomes a numbered revision with its author, its reason and what it changed.");
        columns();
        list.foot(older);
        list.card(row -> Cells.card(
                "revisions",
                row.number(),
                "Revision " + row.number(),
                new Span(row.summary()),
                Cells.secondary(row.revision().author()),
                Cells.secondary(Moments.at(row.revision().at()))));
        addClassName("view");
        add(page);
    }

    private void columns() {
        var grid = list.grid();
        Cells.name(grid, "Revision", "revisions", RevisionRow::number, RevisionRow::number)
                .setComparator(Comparator.comparingLong(row -> row.revision().revision()))
                .setFlexGrow(0)
                .setWidth("7rem");
        Cells.text(grid, "What changed", RevisionRow::summary).setFlexGrow(3);
        Cells.text(grid, "Author", row -> row.revision().author()).setWidth("7rem");
        Cells.text(grid, "Reason", row -> row.revision().reason());
        Cells.text(grid, "Published", row -> Moments.at(row.revision().at()))
                .setComparator(Comparator.comparing(row -> row.revision().at()))
                .setWidth("12rem")
                .setFlexGrow(0);
    }

    @Override
    public String name(RevisionRow row) {
        return row.number();
    }

    @Override
    public List<RevisionRow> items(Fleet fleet) {
        var rows = history.newest(wanted).stream().map(RevisionRow::new).toList();
        asked = wanted;
        older.setVisible(rows.size() < fleet.version().revision());
        return rows;
    }

    @Override
    public boolean changed(Version shown, Fleet now) {
        return !now.version().equals(shown) || wanted != asked;
    }

    @Override
    public Detail<RevisionRow> open(String number) {
        if (number.matches("\\d{1,9}")) {
            fleet.current().value().ifPresent(known -> reach(known.version().revision() - Long.parseLong(number)));
        }
        return new RevisionPanel(number, page::close);
    }

    /** So far back is what the address asks for. */
    private void reach(long back) {
        wanted = Math.clamp(back + 1, wanted, FARTHEST);
    }
}
