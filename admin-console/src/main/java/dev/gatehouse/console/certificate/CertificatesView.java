package dev.gatehouse.console.certificate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.gatehouse.console.entity.EntityPanel;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Detail;
import dev.gatehouse.console.listing.ListPage;
import dev.gatehouse.console.listing.Listing;
import dev.gatehouse.console.listing.Panel;
import dev.gatehouse.console.listing.Screen;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.live.Poller;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.shell.MainLayout;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.store.ConfigurationReader;
import dev.gatehouse.db.store.ConfigurationStore;
import dev.gatehouse.db.store.History;
import jakarta.annotation.security.PermitAll;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Certificates: what callers and targets are shown. */
@Route(value = "certificates/:name?", layout = MainLayout.class)
@PageTitle("Certificates")
@PermitAll
public final class CertificatesView extends Div implements Screen<CertificateRow> {

    private final Publisher publisher;
    private final Poller<Fleet> fleet;
    private final Listing<CertificateRow> list = new Listing<>(CertificateRow::name);
    private final ListPage<CertificateRow> page;

    public CertificatesView(
            ConfigurationStore store, ConfigurationReader reader, History history, Poller<Fleet> fleet) {
        publisher = new Publisher(store, reader, history, fleet);
        this.fleet = fleet;
        page = new ListPage<>("certificates", list, this, fleet);
        list.search("Filter certificates", CertificateRow::searched);
        list.action("New certificate", page::create);
        list.empty(
                "No certificate yet",
                "A certificate lets callers reach the gateway over TLS, or shows a service's targets who is calling. Its private key is stored encrypted.",
                Cells.go("Add the first certificate", page::create));
        columns();
        list.card(row -> Cells.card(
                "certificates",
                row.name(),
                row.name(),
                Cells.exact(row.shownFor()),
                Cells.state(row.level(), row.expires()),
                Cells.secondary(row.issuer()),
                Cells.secondary("client auth: " + row.clients())));
        addClassName("view");
        add(page);
    }

    private void columns() {
        var grid = list.grid();
        Cells.name(grid, "Name", "certificates", CertificateRow::name, CertificateRow::name);
        Cells.exact(grid, "Hosts", CertificateRow::shownFor).setWidth("12rem");
        Cells.text(grid, "Issuer", CertificateRow::issuer);
        Cells.state(grid, "Expires", CertificateRow::level, CertificateRow::expires)
                .setComparator(row -> row.validity().until());
        Cells.text(grid, "Client auth", CertificateRow::clients).setFlexGrow(0);
        Cells.text(grid, "Presented by", CertificateRow::usedBy).setFlexGrow(0);
    }

    @Override
    public String name(CertificateRow row) {
        return row.name();
    }

    @Override
    public List<CertificateRow> items(Fleet known) {
        return CertificateRow.of(known.configuration(), fleet.current().asked());
    }

    @Override
    public Detail<CertificateRow> open(String name) {
        return new EntityPanel<>(Kind.CERTIFICATE, Optional.of(name), page, publisher, CertificateRow::impact)
                .beneath(CertificatesView::facts);
    }

    @Override
    public Optional<Detail<CertificateRow>> create(Map<String, String> preset) {
        return Optional.of(
                new EntityPanel<>(Kind.CERTIFICATE, Optional.empty(), page, publisher, CertificateRow::impact));
    }

    private static List<Component> facts(CertificateRow row) {
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
