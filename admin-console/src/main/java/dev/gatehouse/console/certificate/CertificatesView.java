package dev.gatehouse.console.certificate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.gatehouse.console.entity.EntityView;
import dev.gatehouse.console.entity.Impact;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Panel;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.shell.MainLayout;
import dev.gatehouse.db.model.Kind;
import jakarta.annotation.security.PermitAll;
import java.util.ArrayList;
import java.util.List;

/** Certificates: what callers and targets are shown. */
@Route(value = "certificates/:name?", layout = MainLayout.class)
@PageTitle("Certificates")
@PermitAll
public final class CertificatesView extends EntityView<CertificateRow> {

    public CertificatesView(Publisher publisher) {
        super(
                Kind.CERTIFICATE,
                publisher,
                "A certificate lets callers reach the gateway over TLS, or shows a service's targets who is calling. Its private key is stored encrypted.",
                "Add the first certificate");
        search(CertificateRow::searched);
        columns();
        list().card(row -> card(
                row,
                Cells.exact(row.shownFor()),
                Cells.state(row.level(), row.expires()),
                Cells.secondary(row.issuer()),
                Cells.secondary("client auth: " + row.clients())));
    }

    private void columns() {
        var grid = list().grid();
        Cells.exact(grid, "Hosts", CertificateRow::shownFor).setWidth("12rem");
        Cells.text(grid, "Issuer", CertificateRow::issuer);
        Cells.state(grid, "Expires", CertificateRow::level, CertificateRow::expires)
                .setComparator(row -> row.validity().until());
        Cells.text(grid, "Client auth", CertificateRow::clients).setFlexGrow(0);
        Cells.text(grid, "Presented by", CertificateRow::usedBy).setFlexGrow(0);
    }

    @Override
    public List<CertificateRow> items(Fleet known) {
        return CertificateRow.of(
                known.configuration(), publisher().fleet().current().asked());
    }

    @Override
    protected Impact impact(CertificateRow row) {
        return row.impact();
    }

    @Override
    protected List<Component> beneath(CertificateRow row) {
        var chain = row.entity().certificates();
        var facts = new Div(
                Panel.fact("Expires", Cells.state(row.level(), row.expires())),
                Panel.fact(
                        "Valid",
                        new Span("from " + Names.date(row.validity().from()) + " to "
                                + Names.date(row.validity().until()))),
                Panel.fact("Subject", Cells.exact(chain.subject())),
                Panel.fact("Issuer", Cells.exact(chain.issuer())),
                Panel.fact("Names", Cells.exact(chain.names().isEmpty() ? "none" : String.join(", ", chain.names()))));
        facts.addClassName("fact-list");
        var sections = new ArrayList<Component>(List.of(Panel.section("In the certificate", facts)));
        if (!row.services().isEmpty()) {
            var users = Panel.section("Presented by");
            row.services().forEach(service -> users.add(Cells.link("services/" + service, service)));
            sections.add(users);
        }
        return sections;
    }
}
