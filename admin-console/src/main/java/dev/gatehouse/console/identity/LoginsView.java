package dev.gatehouse.console.identity;

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

/** Logins: what consumers prove themselves with beside keys. */
@Route(value = "logins/:name?", layout = MainLayout.class)
@PageTitle("Logins")
@PermitAll
public final class LoginsView extends EntityView<LoginRow> {

    public LoginsView(Publisher publisher) {
        super(
                Kind.LOGIN,
                publisher,
                "A login is what a consumer proves itself with beside API keys: a password, a shared secret that signs requests, or a client certificate.",
                "Create the first login");
        search(LoginRow::searched);
        var grid = list().grid();
        Cells.exact(grid, "Proof", LoginRow::proof).setFlexGrow(2);
        Cells.text(grid, "Consumer", LoginRow::consumer);
        list().card(row -> card(row, Cells.exact(row.proof()), Cells.secondary(row.consumer())));
    }

    @Override
    public List<LoginRow> items(Fleet fleet) {
        return LoginRow.of(fleet.configuration());
    }

    @Override
    protected Impact impact(LoginRow row) {
        return row.impact();
    }
}
