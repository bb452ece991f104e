package dev.gatehouse.console.listing;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.LitRenderer;
import dev.gatehouse.console.live.Convergence.Level;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/** The small parts lists and details are made of. */
public final class Cells {

    private Cells() {}

    /**
     * A column of names that open what they name.
     *
     * @param path of the view
     * @param key what the address calls the thing
     */
    public static <T> Grid.Column<T> name(
            Grid<T> grid, String header, String path, Function<T, String> key, Function<T, String> name) {
        return grid.addColumn(LitRenderer.<T>of("<a class='name' href='${item.address}'>${item.name}</a>")
                        .withProperty("address", item -> Address.to(path, key.apply(item)))
                        .withProperty("name", name::apply))
                .setHeader(header)
                .setComparator(name::apply)
                .setTooltipGenerator(name::apply)
                .setFlexGrow(1)
                .setWidth("9rem");
    }

    public static <T> Grid.Column<T> text(Grid<T> grid, String header, Function<T, String> text) {
        return grid.addColumn(text::apply)
                .setHeader(header)
                .setSortable(true)
                .setTooltipGenerator(text::apply)
                .setFlexGrow(1)
                .setWidth("9rem");
    }

    /** A column of what must be read letter by letter. */
    public static <T> Grid.Column<T> exact(Grid<T> grid, String header, Function<T, String> text) {
        return grid.addColumn(LitRenderer.<T>of("<span class='exact'>${item.text}</span>")
                        .withProperty("text", text::apply))
                .setHeader(header)
                .setComparator(text::apply)
                .setTooltipGenerator(text::apply)
                .setFlexGrow(1)
                .setWidth("9rem");
    }

    /** A column of states: a word with a mark. */
    public static <T> Grid.Column<T> state(
            Grid<T> grid, String header, Function<T, Level> level, Function<T, String> word) {
        return grid.addColumn(LitRenderer.<T>of("<span class='state' data-level='${item.level}'>${item.word}</span>")
                        .withProperty("level", item -> written(level.apply(item)))
                        .withProperty("word", word::apply))
                .setHeader(header)
                .setComparator(word::apply)
                .setFlexGrow(0)
                .setWidth("9rem");
    }

    /** A column of words, each with a badge before it. */
    public static <T> Grid.Column<T> tagged(
            Grid<T> grid, String header, Function<T, String> tag, Function<T, String> text) {
        return grid.addColumn(LitRenderer.<T>of("<span class='tag'>${item.tag}</span> ${item.text}")
                        .withProperty("tag", tag::apply)
                        .withProperty("text", text::apply))
                .setHeader(header)
                .setComparator(item -> tag.apply(item) + " " + text.apply(item))
                .setTooltipGenerator(item -> tag.apply(item) + " " + text.apply(item))
                .setFlexGrow(1)
                .setWidth("10rem");
    }

    public static Span state(Level level, String word) {
        var state = new Span(word);
        state.addClassName("state");
        state.getElement().setAttribute("data-level", written(level));
        return state;
    }

    private static String written(Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    public static Span secondary(String text) {
        var span = new Span(text);
        span.addClassName("secondary");
        return span;
    }

    /** A word about a thing that is no state of it. */
    public static Span tag(String word) {
        var tag = new Span(word);
        tag.addClassName("tag");
        return tag;
    }

    /** What must be read letter by letter. */
    public static Span exact(String text) {
        var span = new Span(text);
        span.addClassName("exact");
        return span;
    }

    public static Anchor link(String address, String text) {
        var link = new Anchor(address, text);
        link.addClassName("link");
        return link;
    }

    public static Button go(String text, Runnable action) {
        return new Button(text, _ -> action.run());
    }

    /** An item of a list on a narrow screen; the whole of it opens the item. */
    public static Component card(String path, String key, String name, Span line, Component... marks) {
        var title = new Span(name);
        title.addClassName("listing-card-name");
        var foot = new Div(marks);
        foot.addClassName("listing-card-marks");
        var card = new Anchor(Address.to(path, key), title, line, foot);
        card.addClassName("listing-card");
        return card;
    }

    /** Names in one cell: none, the only one, or how many. */
    public static String several(String word, List<String> names) {
        return switch (names.size()) {
            case 0 -> "no " + word;
            case 1 -> names.getFirst();
            default -> names.size() + " " + word + "s";
        };
    }

    /** A filter by one of the values there are. */
    public static ComboBox<String> choice(String any, String label, Supplier<? extends Collection<String>> values) {
        var choice = new ComboBox<String>();
        choice.setPlaceholder(any);
        choice.setAriaLabel(label);
        choice.setClearButtonVisible(true);
        choice.setItems(query -> {
            var typed = query.getFilter().orElse("");
            return values.get().stream()
                    .filter(value -> value.contains(typed))
                    .skip(query.getOffset())
                    .limit(query.getLimit());
        });
        return choice;
    }
}
