package dev.gatehouse.console.entity;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.gatehouse.console.listing.Detail;
import dev.gatehouse.console.listing.ListPage;
import dev.gatehouse.console.listing.Panel;
import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.console.publish.Conflicts;
import dev.gatehouse.console.publish.PublishBar;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.settings.SettingsForm;
import dev.gatehouse.console.shell.Notice;
import dev.gatehouse.db.model.Entity;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.Publication;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One thing, or a new one, in a form that publishes it. What was typed stays until it is published or thrown away. */
public final class EntityPanel<T extends Thing> implements Detail<T> {

    private final Kind kind;
    private final Publisher publisher;
    private final ListPage<T> page;
    private final Function<T, Impact> impact;
    private final TextField name = new TextField("Name");
    private final Notice notice = new Notice();
    private final SettingsForm form;
    private final PublishBar bar;
    private final Button delete = new Button("Delete");
    private final Div live = new Div();
    private final Div aside = new Div();
    private final Panel panel;
    private final boolean fresh;
    private Function<T, List<? extends Component>> above = _ -> List.of();
    private Function<T, List<? extends Component>> beside = _ -> List.of();
    private Optional<T> item = Optional.empty();
    private long seen;
    private boolean done;

    /** @param existing the name of the thing; empty for a new one */
    public EntityPanel(
            Kind kind, Optional<String> existing, ListPage<T> page, Publisher publisher, Function<T, Impact> impact) {
        this.kind = kind;
        this.page = page;
        this.publisher = publisher;
        this.impact = impact;
        fresh = existing.isEmpty();
        form = new SettingsForm(
                kind.type(), named -> publisher.snapshot().all(named).keySet());
        form.setRules(
                plain -> Rules.check(kind, name.getValue().strip(), plain, publisher.snapshot(), publisher.saving()));
        form.addEditListener(this::typed);
        bar = new PublishBar("Publish", publisher.fleet(), () -> publish(seen), this::discard);
        panel = new Panel(page::close);
        panel.title(existing.orElse("New " + kind.words()));
        panel.body(live, notice, name, form, aside);
        panel.foot(bar);
        live.addClassNames("panel-aside", "panel-live");
        aside.addClassName("panel-aside");
        name(existing);
        delete.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR);
        delete.addClickListener(_ -> item.ifPresent(this::delete));
        delete.setVisible(!fresh);
        panel.action(delete);
        arrange();
    }

    private void name(Optional<String> existing) {
        name.setValue(existing.orElse(""));
        name.setVisible(fresh);
        name.setHelperText("Lower-case letters, digits and hyphens. It stays: a name is not changed later.");
        name.addClassName("exact");
        name.getElement().setAttribute("spellcheck", "false").setAttribute("autocapitalize", "off");
        name.setRequiredIndicatorVisible(true);
        name.setManualValidation(true);
        name.setValueChangeMode(ValueChangeMode.LAZY);
        name.addValueChangeListener(_ -> {
            if (fresh) {
                checkName();
                typed();
            }
        });
        if (fresh) {
            name.setAutofocus(true);
        }
    }

    /** What an existing thing is doing now, shown above its form. */
    public EntityPanel<T> above(Function<T, List<? extends Component>> content) {
        above = content;
        return this;
    }

    /** What is shown beneath the form of an existing thing. */
    public EntityPanel<T> beneath(Function<T, List<? extends Component>> content) {
        beside = content;
        return this;
    }

    /** Fills the form of a new thing, as if somebody had typed it. */
    public EntityPanel<T> preset(Map<String, Object> plain) {
        form.show(plain);
        return this;
    }

    @Override
    public Component component() {
        return panel;
    }

    @Override
    public boolean edited() {
        return !done && (form.edited() || (fresh && !name.isEmpty()));
    }

    @Override
    public void show(Optional<T> now) {
        if (fresh) {
            return;
        }
        item = now;
        delete.setVisible(now.isPresent());
        form.setVisible(now.isPresent() || edited());
        bar.setVisible(form.isVisible());
        live.removeAll();
        aside.removeAll();
        if (now.isEmpty()) {
            notice.say(
                    Level.ATTENTION,
                    "There is no " + kind.words() + " " + name.getValue() + ".",
                    edited() ? "It was deleted while you were editing it." : "It may have been deleted.");
            return;
        }
        live.add(above.apply(now.get()).toArray(Component[]::new));
        aside.add(beside.apply(now.get()).toArray(Component[]::new));
        long revision = now.get().revision();
        if (revision == seen) {
            notice.clear();
        } else if (!edited()) {
            reload(now.get().entity(), revision);
        } else if (revision > seen) {
            notice.say(
                    Level.ATTENTION,
                    "Revision " + revision + " changed this " + kind.words() + ".",
                    "Your input is still here; publishing asks which of the two holds.");
        }
    }

    private void reload(Entity entity, long revision) {
        seen = revision;
        form.show(Settings.write((Record) entity));
        notice.clear();
        bar.clear();
        arrange();
    }

    private void typed() {
        arrange();
        page.typed();
    }

    private void arrange() {
        bar.offerDiscard(fresh || edited(), fresh ? "Cancel" : "Discard changes");
    }

    private void discard() {
        if (fresh) {
            page.close();
        } else {
            item.ifPresentOrElse(thing -> reload(thing.entity(), thing.revision()), page::close);
            page.typed();
        }
    }

    private boolean checkName() {
        var problem =
                fresh ? Rules.name(kind, name.getValue().strip(), publisher.snapshot()) : Optional.<String>empty();
        problem.ifPresent(this::refuseName);
        name.setInvalid(problem.isPresent());
        return problem.isEmpty();
    }

    private void refuseName(String message) {
        name.setErrorMessage(message);
        name.setInvalid(true);
    }

    private void publish(long expected) {
        boolean named = checkName();
        boolean fine = form.check();
        if (!named) {
            name.focus();
        }
        if (!named || !fine) {
            return;
        }
        var plain = form.plain();
        var entity = (Entity) Settings.read(kind.type(), plain).orThrow();
        var called = name.getValue().strip();
        switch (publisher.publish(bar.reason(), List.of(new Edit.Put(called, entity, expected)))) {
            case Publication.Published(long revision, var _) -> published(called, entity, revision);
            case Publication.Unchanged _ -> reload(entity, expected);
            case Publication.Refused(var problems) -> refuse(called, problems);
            case Publication.Conflict _
            when fresh -> {
                refuseName(Rules.taken(kind, called));
                name.focus();
            }
            case Publication.Conflict conflict ->
                Conflicts.ask(conflict, this::theirs, () -> publish(Conflicts.over(conflict)));
        }
    }

    private void published(String called, Entity entity, long revision) {
        var latest = publisher.latest();
        // as it was stored: a private key is another text by then
        reload(
                latest.flatMap(now -> now.configuration().snapshot().find(kind, called))
                        .orElse(entity),
                revision);
        done = fresh;
        latest.ifPresent(page::show);
        page.typed();
        if (fresh) {
            page.open(called);
        }
    }

    private void theirs() {
        form.show(form.plain());
        publisher.latest().ifPresent(page::show);
        discard();
    }

    private void refuse(String called, List<Problem> problems) {
        var own = Rules.own(kind, called, problems);
        own.stream()
                .filter(problem -> problem.path().equals("name"))
                .findFirst()
                .ifPresent(problem -> refuseName(problem.message()));
        form.tell(own.stream().filter(problem -> !problem.path().equals("name")).toList());
        if (own.isEmpty()) {
            notice.say(Level.BAD, "Not published.", problems.getFirst().toString());
        }
    }

    private void delete(T thing) {
        new Deletion(publisher, thing, impact.apply(thing), () -> {
                    form.show(form.plain());
                    page.typed();
                    page.close();
                    publisher.latest().ifPresent(page::show);
                })
                .ask();
    }
}
