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

/** Signing keys: with which the gateway tells services who is calling. */
@Route(value = "signing-keys/:name?", layout = MainLayout.class)
@PageTitle("Signing keys")
@PermitAll
public final class SigningKeysView extends EntityView<SigningKeyRow> {

    public SigningKeysView(Publisher publisher) {
        super(
                Kind.SIGNING_KEY,
                publisher,
                "With a signing key the gateway tells services who is calling, in a token that they can verify. A route can publish its public half.",
                "Create the first signing key");
        search(SigningKeyRow::searched);
        var grid = list().grid();
        Cells.exact(grid, "Issuer", SigningKeyRow::issuer).setFlexGrow(2);
        Cells.text(grid, "Used by", SigningKeyRow::usedBy);
        list().card(row -> card(row, Cells.exact(row.issuer()), Cells.secondary(row.usedBy())));
    }

    @Override
    public List<SigningKeyRow> items(Fleet fleet) {
        return SigningKeyRow.of(fleet.configuration());
    }

    @Override
    protected Impact impact(SigningKeyRow row) {
        return row.impact();
    }
}
