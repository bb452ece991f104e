package dev.gatehouse.console.webhook;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.gatehouse.console.entity.EntityView;
import dev.gatehouse.console.entity.Impact;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Moments;
import dev.gatehouse.console.listing.Panel;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.shell.MainLayout;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.quota.QuotaAlert;
import dev.gatehouse.db.store.QuotaAlerts;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** Webhooks: who is told of alerts. */
@Route(value = "webhooks/:name?", layout = MainLayout.class)
@PageTitle("Webhooks")
@PermitAll
public final class WebhooksView extends EntityView<WebhookRow> {

    private static final int LATEST = 10;

    private final QuotaAlerts alerts;

    public WebhooksView(Publisher publisher, QuotaAlerts alerts) {
        super(
                Kind.WEBHOOK,
                publisher,
                "A webhook is an address that is told, in signed messages, when a part of a quota is used.",
                "Create the first webhook");
        this.alerts = alerts;
        search(WebhookRow::searched);

        Cells.exact(list().grid(), "Address", row -> row.entity().url()).setFlexGrow(2);
        Cells.text(list().grid(), "Told of", WebhookRow::quotas);
        list().card(row -> card(row, Cells.exact(row.entity().url()), Cells.secondary(row.quotas())));
    }

    @Override
    public List<WebhookRow> items(Fleet fleet) {
        return WebhookRow.of(fleet.configuration());
    }

    @Override
    protected Impact impact(WebhookRow row) {
        return row.impact();
    }

    @Override
    protected List<Component> beneath(WebhookRow row) {
        return List.of(latest(row));
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
