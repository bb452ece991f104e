package dev.gatehouse.console.key;

import com.vaadin.flow.component.Component;
import dev.gatehouse.console.listing.Detail;
import dev.gatehouse.console.listing.Panel;
import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.console.publish.PublishBar;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.settings.SettingsForm;
import dev.gatehouse.console.shell.Notice;
import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.settings.Moments;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.Publication;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Issues a key, or many of one consumer. */
final class IssuePanel implements Detail<KeyRow> {

    private final KeysView view;
    private final Publisher publisher;
    private final Notice notice = new Notice();
    private final SettingsForm form;
    private final PublishBar bar;
    private final Panel panel;
    private boolean shownOnce;
    private boolean done;

    IssuePanel(KeysView view, Publisher publisher, Map<String, String> preset) {
        this.view = view;
        this.publisher = publisher;
        form = new SettingsForm(
                KeyOrder.class, kind -> publisher.snapshot().all(kind).keySet());
        form.addEditListener(view.page()::typed);
        Optional.ofNullable(preset.get("consumer")).ifPresent(consumer -> form.show(Map.of("consumer", consumer)));
        bar = new PublishBar("Issue key", publisher.fleet(), this::issue, view.page()::close);
        bar.offerDiscard(true, "Cancel");
        panel = new Panel(view.page()::close);
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
        var names = names(order);
        var texts = new ArrayList<KeyText>();
        var edits = new ArrayList<Edit>();
        for (var name : names) {
            var key = KeyText.create(order.terms().environment());
            texts.add(key);
            edits.add(new Edit.AddKey(
                    key.id(),
                    order.consumer(),
                    name,
                    view.peppers().newest().hash(key),
                    order.terms(),
                    Moments.read(order.more().from()),
                    order.lifetime().end(Instant.now()),
                    false));
        }
        switch (publisher.publish(bar.reason(), edits)) {
            case Publication.Published _ -> issued(order, texts, names);
            case Publication.Refused(var problems) -> refuse(order, names, problems);
            case Publication.Unchanged _, Publication.Conflict _ ->
                throw new IllegalStateException("A new key is neither unchanged nor in conflict");
        }
    }

    private static List<String> names(KeyOrder order) {
        return order.more().number() == 1
                ? List.of(order.name())
                : IntStream.rangeClosed(1, order.more().number())
                        .mapToObj(number -> order.name() + "-" + number)
                        .toList();
    }

    private void issued(KeyOrder order, List<KeyText> texts, List<String> names) {
        done = true;
        shownOnce = true;
        view.page().typed();
        view.refresh();
        var title = texts.size() == 1
                ? "Key " + order.name() + " of " + order.consumer()
                : texts.size() + " keys of " + order.consumer();
        view.showOnce(title, texts, names, () -> {
            shownOnce = false;
            view.page().typed();
            if (texts.size() == 1) {
                view.page().open(texts.getFirst().id());
            } else {
                view.page().close();
            }
        });
    }

    private void refuse(KeyOrder order, List<String> names, List<Problem> problems) {
        form.tell(problems.stream()
                .map(problem -> new Problem(field(order, names, problem.path()), problem.message()))
                .distinct()
                .toList());
    }

    /** Where in the form it is. */
    private static String field(KeyOrder order, List<String> names, String path) {
        for (var name : names) {
            var prefix = "keys." + order.consumer() + "." + name + ".";
            if (path.startsWith(prefix)) {
                var own = path.substring(prefix.length());
                return switch (own) {
                    case "name", "consumer" -> own;
                    case "expires" -> "lifetime";
                    default -> "terms." + own;
                };
            }
        }
        return path;
    }
}
