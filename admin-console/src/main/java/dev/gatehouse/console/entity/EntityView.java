package dev.gatehouse.console.entity;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Detail;
import dev.gatehouse.console.listing.ListPage;
import dev.gatehouse.console.listing.Listing;
import dev.gatehouse.console.listing.Panel;
import dev.gatehouse.console.listing.Screen;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.db.model.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * All things of one kind in a list, beside the one that is open, in a form that publishes it. A view of a kind says what
 * is special to it: its columns, what a search looks at, what deleting one would do, and what else is told of one.
 */
public abstract class EntityView<T extends Thing> extends Div implements Screen<T> {

    private final Kind kind;
    private final String path;
    private final Publisher publisher;
    private final Listing<T> list = new Listing<>(Thing::name);
    private final ListPage<T> page;

    /**
     * @param meaning what such a thing is and what it is for, told while there is none
     * @param first what the button below says
     */
    @SuppressWarnings("this-escape") // nothing asks a view before it is shown
    protected EntityView(Kind kind, Publisher publisher, String meaning, String first) {
        this.kind = kind;
        this.publisher = publisher;
        path = kind + "s";
        page = new ListPage<>(path, list, this, publisher.fleet());
        list.action("New " + kind.words(), page::create);
        list.empty("No " + kind.words() + " yet", meaning, Cells.go(first, page::create));
        Cells.name(list.grid(), "Name", path, Thing::name, Thing::name);
        addClassName("view");
        add(page);
    }

    /** What deleting it would do. */
    protected abstract Impact impact(T row);

    /** What it is doing now, above its form. */
    protected List<? extends Component> above(T row) {
        return List.of();
    }

    /** What is told of it beneath its form. */
    protected List<? extends Component> beneath(T row) {
        return List.of();
    }

    protected final void search(Function<T, String> text) {
        list.search("Filter " + kind.words() + "s", text);
    }

    /**
     * How it looks on a narrow screen.
     *
     * @param line beneath its name
     */
    protected final Component card(T row, Span line, Component... marks) {
        return Cells.card(path, row.name(), row.name(), line, marks);
    }

    /** Links to the routes that need it. */
    protected static Div routes(String heading, List<String> routes) {
        var section = Panel.section(heading);
        routes.forEach(route -> section.add(Cells.link("routes/" + route, route)));
        if (routes.isEmpty()) {
            section.add(new Paragraph("None yet."));
        }
        return section;
    }

    protected final Publisher publisher() {
        return publisher;
    }

    protected final Listing<T> list() {
        return list;
    }

    protected final ListPage<T> page() {
        return page;
    }

    @Override
    public final String name(T row) {
        return row.name();
    }

    @Override
    public final Detail<T> open(String name) {
        return panel(Optional.of(name)).above(this::above).beneath(this::beneath);
    }

    @Override
    public Optional<Detail<T>> create(Map<String, String> preset) {
        return Optional.of(panel(Optional.empty()));
    }

    /** @param existing the name of the thing; empty for a new one */
    protected final EntityPanel<T> panel(Optional<String> existing) {
        return new EntityPanel<>(kind, existing, page, publisher, this::impact);
    }
}
