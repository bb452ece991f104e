package dev.gatehouse.console.webhook;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.gatehouse.console.entity.EntityPanel;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Detail;
import dev.gatehouse.console.listing.ListPage;
import dev.gatehouse.console.listing.Listing;
import dev.gatehouse.console.listing.Moments;
import dev.gatehouse.console.listing.Panel;
import dev.gatehouse.console.listing.Screen;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.live.Poller;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.shell.MainLayout;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.quota.QuotaAlert;
import dev.gatehouse.db.store.ConfigurationReader;
import dev.gatehouse.db.store.ConfigurationStore;
import dev.gatehouse.db.store.History;
import dev.gatehouse.db.store.QuotaAlerts;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Webhooks: who is told of alerts. */
@Route(value = "webhooks/:name?", layout = MainLayout.class)
@PageTitle("Webhooks")
@PermitAll
public final class WebhooksView extends Div implements Screen<WebhookRow> {

    private static final int LATEST = 10;

    private final Publisher publisher;
    private final QuotaAlerts alerts;
    private final ListPage<WebhookRow> page;

    public WebhooksView(
            ConfigurationStore store,
            ConfigurationReader reader,
            History history,
            Poller<Fleet> fleet,
            QuotaAlerts alerts) {
        publisher = new Publisher(store, reader, history, fleet);
        this.alerts = alerts;
        var list = new Listing<>(WebhookRow::name);
        page = new ListPage<>("webhooks", list, this, fleet);
        list.search("Filter webhooks", WebhookRow::searched);
        list.action("New webhook", page::create);
        list.empty(
                "No webhook yet",
                "A webhook is an address that is told, in signed messages, when a part of a quota is used.",
                Cells.go("Create the first webhook", page::create));
        Cells.name(list.grid(), "Name", "webhooks", WebhookRow::name, WebhookRow::name);
        Cells.exact(list.grid(), "Address", row -> row.entity().url()).setFlexGrow(2);
        Cells.text(list.grid(), "Told of", WebhookRow::quotas);
        list.card(row -> Cells.card(
                "webhooks", row.name(), row.name(), Cells.exact(row.entity().url()), Cells.secondary(row.quotas())));
        addClassName("view");
        add(page);
    }

    @Override
    public String name(WebhookRow row) {
        return row.name();
    }

    @Override
    public List<WebhookRow> items(Fleet fleet) {
        return WebhookRow.of(fleet.configuration());
    }

    @Override
    public Detail<WebhookRow> open(String name) {
        return new EntityPanel<>(Kind.WEBHOOK, Optional.of(name), page, publisher, WebhookRow::impact)
                .beneath(row -> List.of(latest(row)));
    }

    @Override
    public Optional<Detail<WebhookRow>> create(Map<String, String> preset) {
        return Optional.of(new EntityPanel<>(Kind.WEBHOOK, Optional.empty(), page, publisher, WebhookRow::impact));
    }

    private Component latest(WebhookRow row) {
        var section = Panel.section("Latest alerts");
        var heard = alerts.latest(LATEST).stream()
                .filter(alert -> row.entity().hears(alert.account().quota()))
                .toList();
        heard.forEach(alert -> section.add(Panel.fact(Moments.at(alert.at()), new Span(words(alert, row.name())))));
        if (heard.isEmpty()) {
            section.add(new Paragraph("None yet."));
        }
        return section;
    }

    private static String words(QuotaAlert alert, String webhook) {
        var what = alert.account().quota() + ", " + alert.account().subject() + ": " + alert.percent() + " %";
        if (alert.told().contains(webhook)) {
            return what + ", told";
        }
        if (alert.sentAt().isPresent()) {
            return what + ", not told";
        }
        return what + ", to be told" + (alert.trouble().isEmpty() ? "" : " (" + alert.trouble() + ")");
    }
}
