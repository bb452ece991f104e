package dev.gatehouse.console.quota;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Detail;
import dev.gatehouse.console.listing.ListPage;
import dev.gatehouse.console.listing.Listing;
import dev.gatehouse.console.listing.Screen;
import dev.gatehouse.console.live.Figures;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.shell.MainLayout;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.QuotaGrant;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.Publication;
import jakarta.annotation.security.PermitAll;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Quotas: who has used how much, and how long it lasts. */
@Route(value = "quotas/:name?", layout = MainLayout.class)
@PageTitle("Quotas")
@PermitAll
public final class QuotasView extends Div implements Screen<QuotaRow> {

    private static final int SHOWN_MILLIS = 5_000;

    private final Standings standings;
    private final Publisher publisher;
    private final LedgerHealth health = new LedgerHealth();
    private final ListPage<QuotaRow> page;

    public QuotasView(Publisher publisher, Standings standings) {
        this.standings = standings;
        this.publisher = publisher;
        var list = new Listing<>(QuotaRow::key);
        page = new ListPage<>("quotas", list, this, publisher.fleet());
        list.search("Filter quotas", QuotaRow::searched);
        list.empty(
                "Nobody has a quota yet",
                "A quota is so much in each hour, day, week or month. Add one to a plan or to a route; who uses it appears here.");
        var grid = list.grid();
        Cells.name(grid, "Who", "quotas", QuotaRow::key, QuotaRow::subject);
        Cells.text(grid, "Quota", QuotaRow::name).setWidth("7rem");
        Cells.state(grid, "State", QuotaRow::level, QuotaRow::word).setComparator(QuotaRow::share);
        Cells.text(grid, "Used", QuotaRow::used)
                .setComparator(row -> row.usage().used())
                .setWidth("8rem");
        Cells.text(grid, "Left", row -> Figures.count(row.left()))
                .setComparator(QuotaRow::left)
                .setFlexGrow(0)
                .setWidth("6rem");
        Cells.text(grid, "Forecast", QuotaRow::forecast).setFlexGrow(0).setWidth("8rem");
        Cells.text(grid, "Begins anew", QuotaRow::reset)
                .setComparator(row -> row.usage().account().period().end())
                .setFlexGrow(0)
                .setWidth("8rem");
        Cells.text(grid, "Ledger, Redis", QuotaRow::books).setWidth("8rem");
        list.card(row -> Cells.card(
                "quotas",
                row.key(),
                row.subject(),
                Cells.secondary(row.name() + ": " + row.used()),
                Cells.state(row.level(), row.word()),
                Cells.secondary("anew " + row.reset()),
                Cells.secondary(row.forecast())));
        addClassName("view");
        add(page, health);
    }

    @Override
    public String name(QuotaRow row) {
        return row.key();
    }

    @Override
    public List<QuotaRow> items(Fleet fleet) {
        var books = standings.now();
        health.show(books, fleet.nodes());
        return QuotaRow.of(fleet.configuration().snapshot(), books);
    }

    @Override
    public boolean moves() {
        return true;
    }

    @Override
    public Detail<QuotaRow> open(String name) {
        return new QuotaPanel(page::close, standings::history, this::grant);
    }

    /** Published like every change; what is over of earlier bonuses of that quota goes with it. */
    private void grant(QuotaPanel.Bonus bonus) {
        var loaded = publisher.latest().map(Fleet::configuration);
        var settings = loaded.flatMap(
                now -> Optional.ofNullable(now.snapshot().consumers().get(bonus.consumer())));
        if (loaded.isEmpty() || settings.isEmpty()) {
            say("Nothing was granted: there is no consumer '" + bonus.consumer()
                    + "' any more, or the database does not answer.");
            return;
        }
        var consumer = settings.get();
        long seen = loaded.get().revisionOf(Kind.CONSUMER, bonus.consumer());
        var reason = "A bonus of " + bonus.amount() + " on quota " + bonus.quota();
        var undo = new Publisher.Undo(
                "No " + reason.substring(2), revision -> List.of(new Edit.Put(bonus.consumer(), consumer, revision)));
        var publication = publisher.publish(
                reason, List.of(new Edit.Put(bonus.consumer(), with(consumer, bonus), seen)), Optional.of(undo));
        switch (publication) {
            case Publication.Published _, Publication.Unchanged _ -> {}
            case Publication.Refused(var problems) ->
                say("Nothing was granted. " + problems.getFirst().message());
            case Publication.Conflict conflict -> say("Nothing was granted. " + conflict.sentence());
        }
    }

    private static void say(String sentence) {
        Notification.show(sentence, SHOWN_MILLIS, Notification.Position.BOTTOM_START)
                .addThemeVariants(NotificationVariant.ERROR);
    }

    private static Consumer with(Consumer consumer, QuotaPanel.Bonus bonus) {
        var until = bonus.until().truncatedTo(ChronoUnit.SECONDS).toString();
        var bonuses = new ArrayList<QuotaGrant>();
        long sum = bonus.amount();
        for (var old : consumer.bonuses()) {
            boolean same = old.quota().equals(bonus.quota());
            if (same && old.until().equals(until)) {
                sum += old.amount();
            } else if (!same || old.holds(Instant.now())) {
                bonuses.add(old);
            }
        }
        bonuses.add(new QuotaGrant(bonus.quota(), sum, until));
        return consumer.withBonuses(bonuses);
    }
}
