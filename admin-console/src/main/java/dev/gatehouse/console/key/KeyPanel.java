package dev.gatehouse.console.key;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Detail;
import dev.gatehouse.console.listing.Moments;
import dev.gatehouse.console.listing.Panel;
import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.console.publish.Conflicts;
import dev.gatehouse.console.publish.PublishBar;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.settings.SettingsForm;
import dev.gatehouse.console.shell.Notice;
import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.KeyState;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.db.store.Publication;
import java.util.List;
import java.util.Optional;

/** What is known of a key, what it is for, and its end. */
final class KeyPanel implements Detail<KeyRow> {

    private static final int SHOWN_SIBLINGS = 100;

    private final KeysView view;
    private final Publisher publisher;
    private final Button rotate = new Button("Rotate key");
    private final Button revoke = new Button("Revoke key");
    private final Notice notice = new Notice();
    private final Div facts = new Div();
    private final SettingsForm form;
    private final PublishBar bar;
    private final Panel panel;
    private final String id;
    private Optional<KeyRow> row = Optional.empty();
    private long seen = -1;

    KeyPanel(String id, KeysView view, Publisher publisher) {
        this.id = id;
        this.view = view;
        this.publisher = publisher;
        panel = new Panel(view.page()::close);
        panel.title("Key " + id);
        rotate.addThemeVariants(ButtonVariant.TERTIARY);
        rotate.addClickListener(_ -> row.ifPresent(found ->
                new Rotation(publisher, view.peppers()).ask(found.key(), key -> rotated(found.key(), key))));
        revoke.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR);
        revoke.addClickListener(_ -> row.ifPresent(this::revoke));
        panel.action(rotate);
        panel.action(revoke);
        facts.addClassName("fact-list");
        form = new SettingsForm(
                KeyChange.class, kind -> publisher.snapshot().all(kind).keySet());
        form.addEditListener(this::typed);
        bar = new PublishBar("Change key", publisher.fleet(), this::change, this::discard);
        panel.body(notice, facts, form);
        panel.foot(bar);
        arrange();
    }

    @Override
    public Component component() {
        return panel;
    }

    @Override
    public boolean edited() {
        return form.isVisible() && form.edited();
    }

    @Override
    public void show(Optional<KeyRow> now) {
        row = now;
        facts.removeAll();
        if (now.isEmpty()) {
            facts.add(new Paragraph("There is no key " + id + "."));
            arrange();
            return;
        }
        var key = now.get().key();
        panel.title(key.name());
        panel.mark(Cells.state(now.get().level(), now.get().word()));
        tell(now.get(), key);
        if (key.revision() != seen && !edited()) {
            reload(key);
        } else if (key.revision() > seen) {
            notice.say(
                    Level.ATTENTION,
                    "Revision " + key.revision() + " changed this key.",
                    "Your input is still here; publishing asks which of the two holds.");
        }
        arrange();
    }

    private void tell(KeyRow found, ApiKey key) {
        facts.add(
                Panel.fact("Consumer", Cells.link("consumers/" + key.consumer(), key.consumer())),
                Panel.fact("Id", Cells.exact(key.id())),
                Panel.fact("Use", new Span(found.told())),
                Panel.fact("Issued", new Span(Moments.at(key.createdAt()) + " by " + key.createdBy())),
                Panel.fact("Expires", new Span(key.expiresAt().map(Moments::at).orElse("not by itself"))));
        key.replacedBy()
                .ifPresent(
                        successor -> facts.add(Panel.fact("Replaced by", Cells.link("keys/" + successor, successor))));
        key.revokedAt().ifPresent(at -> facts.add(Panel.fact("Revoked", new Span(Moments.at(at)))));
        var addresses = view.addresses(key.id());
        if (addresses.size() > 1) {
            facts.add(Panel.fact("Last 10 minutes", new Span("from " + addresses.size() + " addresses")));
        }
        if (!view.isNewest(key.pepperVersion())) {
            facts.add(Panel.fact(
                    "Pepper", new Span(key.pepperVersion() + ", an older one: rotate the key so that it can go")));
        }
        facts.add(Panel.fact("Last change", Cells.link("revisions/" + key.revision(), "revision " + key.revision())));
        facts.add(Cells.secondary(
                key.imported()
                        ? "Another product issued it; only a hash of it was handed over."
                        : "The key itself is not stored; it was shown once, when it was issued."));
    }

    private void arrange() {
        boolean changeable =
                row.filter(found -> found.state() != KeyState.REVOKED).isPresent();
        form.setVisible(changeable);
        bar.setVisible(changeable);
        bar.offerDiscard(edited(), "Discard changes");
        revoke.setVisible(changeable);
        rotate.setVisible(changeable
                && row.filter(found -> found.key().replacedBy().isEmpty()).isPresent());
    }

    private void typed() {
        arrange();
        view.page().typed();
    }

    private void reload(ApiKey key) {
        seen = key.revision();
        form.show(KeyChange.of(key));
        notice.clear();
        bar.clear();
    }

    private void discard() {
        row.map(KeyRow::key).ifPresent(this::reload);
        typed();
    }

    private void change() {
        if (row.isPresent() && form.check()) {
            change(row.get().key(), seen);
        }
    }

    private void change(ApiKey key, long expected) {
        var change = Settings.read(KeyChange.class, form.plain()).orThrow();
        var edit = change.edit(key, expected);
        switch (publisher.publish(bar.reason(), List.of(edit))) {
            case Publication.Published _, Publication.Unchanged _ -> {
                form.show(form.plain());
                seen = -1;
                view.refresh();
                view.page().typed();
            }
            case Publication.Refused(var problems) -> refuse(key, problems);
            case Publication.Conflict conflict ->
                Conflicts.ask(
                        conflict,
                        () -> {
                            form.show(form.plain());
                            seen = -1;
                            view.refresh();
                        },
                        () -> change(key, Conflicts.over(conflict)));
        }
    }

    private void refuse(ApiKey key, List<Problem> problems) {
        var prefix = "keys." + key.consumer() + "." + key.name() + ".";
        var own = problems.stream()
                .filter(problem -> problem.path().startsWith(prefix))
                .map(problem -> new Problem(problem.path().substring(prefix.length()), problem.message()))
                .toList();
        form.tell(own);
        if (own.isEmpty()) {
            notice.say(Level.BAD, "Not published.", problems.getFirst().message());
        }
    }

    private void rotated(ApiKey old, KeyText key) {
        view.refresh();
        view.showOnce(
                "New key " + old.name() + " of " + old.consumer(),
                List.of(key),
                List.of(old.name()),
                () -> view.page().open(key.id()));
    }

    private void revoke(KeyRow found) {
        new Revocation(publisher, view::refresh).ask(found, view.others(found.key(), SHOWN_SIBLINGS));
    }
}
