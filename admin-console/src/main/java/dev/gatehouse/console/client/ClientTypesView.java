package dev.gatehouse.console.client;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.gatehouse.console.entity.EntityView;
import dev.gatehouse.console.entity.Impact;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.shell.MainLayout;
import dev.gatehouse.db.model.Kind;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** Client types: which sorts of clients are told apart. */
@Route(value = "client-types/:name?", layout = MainLayout.class)
@PageTitle("Client types")
@PermitAll
public final class ClientTypesView extends EntityView<ClientTypeRow> {

    public ClientTypesView(Publisher publisher) {
        super(
                Kind.CLIENT_TYPE,
                publisher,
                "A client type is a sort of clients, such as web, mobile or partner, and what they are recognised by. Routes and limits can tell them apart.",
                "Create the first client type");
        search(ClientTypeRow::searched);
        var grid = list().grid();
        Cells.exact(grid, "Recognised by", ClientTypeRow::signs).setFlexGrow(2);
        Cells.text(grid, "Priority", ClientTypeRow::priority)
                .setComparator(row -> row.entity().priority())
                .setFlexGrow(0);
        Cells.text(grid, "Routes", ClientTypeRow::usedBy);
        list().card(row -> card(
                row,
                Cells.exact(row.signs()),
                Cells.secondary("priority " + row.priority()),
                Cells.secondary(row.usedBy())));
    }

    @Override
    public List<ClientTypeRow> items(Fleet fleet) {
        return ClientTypeRow.of(fleet.configuration());
    }

    @Override
    protected Impact impact(ClientTypeRow row) {
        return row.impact();
    }

    @Override
    protected List<Component> beneath(ClientTypeRow row) {
        return List.of(routes("Routes for its clients", row.routes()));
    }
}
