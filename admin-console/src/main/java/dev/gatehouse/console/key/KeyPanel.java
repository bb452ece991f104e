package dev.gatehouse.console.key;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Detail;
import dev.gatehouse.console.listing.ListPage;
import dev.gatehouse.console.listing.Moments;
import dev.gatehouse.console.listing.Panel;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.publish.Question;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.Publication;
import java.util.List;
import java.util.Optional;

/** What is known of a key, and its end. */
final class KeyPanel implements Detail<KeyRow> {

    private final String id;
    private final ListPage<KeyRow> page;
    private final Publisher publisher;
    private final Button revoke = new Button("Revoke key");
    private final Div facts = new Div();
    private final Panel panel;
    private Optional<KeyRow> row = Optional.empty();

    KeyPanel(String id, ListPage<KeyRow> page, Publisher publisher) {
        this.id = id;
        this.page = page;
        this.publisher = publisher;
        panel = new Panel(page::close);
        panel.title("Key " + id);
        revoke.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR);
        revoke.addClickListener(_ -> row.ifPresent(this::ask));
        revoke.setVisible(false);
        panel.action(revoke);
        facts.addClassName("fact-list");
        panel.body(facts);
    }

    @Override
    public Component component() {
        return panel;
    }

    @Override
    public void show(Optional<KeyRow> now) {
        row = now;
        facts.removeAll();
        revoke.setVisible(
                now.filter(found -> found.state() != KeyRow.State.REVOKED).isPresent());
        if (now.isEmpty()) {
            facts.add(new Paragraph("There is no key " + id + "."));
            return;
        }
        var key = now.get().key();
        panel.title(key.name());
        panel.mark(Cells.state(now.get().level(), now.get().word()));
        facts.add(
                Panel.fact("Consumer", Cells.link("consumers/" + key.consumer(), key.consumer())),
                Panel.fact("Id", Cells.exact(key.id())),
                Panel.fact("Issued", new Span(Moments.at(key.createdAt()) + " by " + key.createdBy())),
                Panel.fact("Expires", new Span(key.expiresAt().map(Moments::at).orElse("not by itself"))));
        key.revokedAt().ifPresent(at -> facts.add(Panel.fact("Revoked", new Span(Moments.at(at)))));
        facts.add(Panel.fact("Last change", Cells.link("revisions/" + key.revision(), "revision " + key.revision())));
        facts.add(Cells.secondary("The key itself is not stored; it was shown once, when it was issued."));
    }

    private void ask(KeyRow found) {
        var key = found.key();
        var question = new Question("Revoke key " + key.name() + "?");
        question.say("Every node refuses it within about 2 seconds. A revoked key cannot be brought back.")
                .say(left(found))
                .stay("Keep it")
                .dangerForGood("Revoke key", key.name(), () -> revoke(key, question))
                .open();
    }

    private static String left(KeyRow found) {
        var consumer = found.key().consumer();
        return found.siblings().isEmpty()
                ? consumer + " has no other key in force: after this it can call public routes only."
                : consumer + " can still call with: " + String.join(", ", found.siblings()) + ".";
    }

    private void revoke(ApiKey key, Question question) {
        switch (publisher.publish("", List.of(new Edit.RevokeKey(key.id())))) {
            case Publication.Published _, Publication.Unchanged _ -> {
                question.close();
                publisher.latest().ifPresent(page::show);
            }
            case Publication.Refused(var problems) ->
                question.refuse(problems.getFirst().message());
            case Publication.Conflict conflict -> question.refuse(conflict.sentence());
        }
    }
}
