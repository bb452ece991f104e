package dev.gatehouse.console.issuer;

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

/** Issuers: whose tokens are believed. */
@Route(value = "issuers/:name?", layout = MainLayout.class)
@PageTitle("Issuers")
@PermitAll
public final class IssuersView extends EntityView<IssuerRow> {

    public IssuersView(Publisher publisher) {
        super(
                Kind.ISSUER,
                publisher,
                "An issuer is somebody else who says who is calling: a login service whose signed tokens are believed. Routes name it among their credentials.",
                "Create the first issuer");
        search(IssuerRow::searched);
        var grid = list().grid();
        Cells.exact(grid, "Keys", IssuerRow::keys).setFlexGrow(2);
        Cells.text(grid, "Algorithms", IssuerRow::algorithms);
        Cells.text(grid, "Routes", IssuerRow::usedBy);
        list().card(row ->
                card(row, Cells.exact(row.keys()), Cells.secondary(row.algorithms()), Cells.secondary(row.usedBy())));
    }

    @Override
    public List<IssuerRow> items(Fleet fleet) {
        return IssuerRow.of(fleet.configuration());
    }

    @Override
    protected Impact impact(IssuerRow row) {
        return row.impact();
    }

    @Override
    protected List<Component> beneath(IssuerRow row) {
        return List.of(routes("Routes that take its tokens", row.routes()));
    }
}
