package dev.gatehouse.console.key;

import com.vaadin.flow.component.Component;
import dev.gatehouse.console.listing.Detail;
import dev.gatehouse.console.listing.ListPage;
import dev.gatehouse.console.listing.Panel;
import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.console.publish.PublishBar;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.settings.SettingsForm;
import dev.gatehouse.console.shell.Notice;
import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.db.store.KeyStore;
import dev.gatehouse.db.store.Publication;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Issues a key. */
final class IssuePanel implements Detail<KeyRow> {

    private static final String ENVIRONMENT = "live";

    private final ListPage<KeyRow> page;
    private final Publisher publisher;
    private final Pepper pepper;
    private final URI gateway;
    private final Notice notice = new Notice();
    private final SettingsForm form;
    private final PublishBar bar;
    private final Panel panel;
    private boolean shownOnce;
    private boolean done;

    IssuePanel(ListPage<KeyRow> page, Publisher publisher, Pepper pepper, URI gateway, Map<String, String> preset) {
        this.page = page;
        this.publisher = publisher;
        this.pepper = pepper;
        this.gateway = gateway;
        form = new SettingsForm(
                KeyOrder.class, kind -> publisher.snapshot().all(kind).keySet());
        form.addEditListener(page::typed);
        Optional.ofNullable(preset.get("consumer")).ifPresent(consumer -> form.show(Map.of("consumer", consumer)));
        bar = new PublishBar("Issue key", publisher.fleet(), this::issue, page::close);
        bar.offerDiscard(true, "Cancel");
        panel = new Panel(page::close);
        panel.title("Issue a key");
        panel.body(notice, form);
        panel.foot(bar);
    }

    @Override
    public Component component() {
        return panel;
    }

    @Override
    public void show(Optional<KeyRow> none) {
        if (publisher.snapshot().consumers().isEmpty()
                && publisher.fleet().current().value().isPresent()) {
            notice.say(
                    Level.ATTENTION,
                    "There is no consumer yet.",
                    "A key belongs to one: create the consumer first, then issue its key.");
        } else {
            notice.clear();
        }
    }

    /** A key that is on the screen for the only time counts as well. */
    @Override
    public boolean edited() {
        return shownOnce || (!done && form.edited());
    }

    private void issue() {
        if (!form.check()) {
            return;
        }
        var order = Settings.read(KeyOrder.class, form.plain()).orThrow();
        var key = KeyText.create(ENVIRONMENT);
        var edit = KeyStore.edit(
                key, pepper, order.consumer(), order.name(), order.lifetime().end(Instant.now()));
        switch (publisher.publish(bar.reason(), List.of(edit))) {
            case Publication.Published _ -> issued(order, key);
            case Publication.Refused(var problems) -> refuse(order, problems);
            case Publication.Unchanged _, Publication.Conflict _ ->
                throw new IllegalStateException("A new key is neither unchanged nor in conflict");
        }
    }

    private void issued(KeyOrder order, KeyText key) {
        done = true;
        shownOnce = true;
        page.typed();
        publisher.latest().ifPresent(page::show);
        new IssuedDialog(
                        "Key " + order.name() + " of " + order.consumer(),
                        key,
                        new Example(gateway, publisher.snapshot()),
                        () -> {
                            shownOnce = false;
                            page.typed();
                            page.open(key.id());
                        })
                .open();
    }

    private void refuse(KeyOrder order, List<Problem> problems) {
        var prefix = "keys." + order.consumer() + "." + order.name() + ".";
        form.tell(problems.stream()
                .map(problem -> problem.path().startsWith(prefix)
                        ? new Problem(problem.path().substring(prefix.length()), problem.message())
                        : problem)
                .toList());
    }
}
