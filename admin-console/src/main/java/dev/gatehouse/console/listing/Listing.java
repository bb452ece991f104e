package dev.gatehouse.console.listing;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.virtuallist.VirtualList;
import com.vaadin.flow.data.provider.DataProvider;
import com.vaadin.flow.data.provider.ListDataProvider;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Things as rows of a table, or as cards where that would be too wide; filters before, one action beside. */
public final class Listing<T> extends Div {

    private static final String SEARCH = "q";

    /** A slash goes to the filter, n to the form for a new thing; not while somebody types. */
    private static final String KEYS = """
            const keys = event => {
              if (!this.isConnected) {
                removeEventListener('keydown', keys);
                return;
              }
              const typing = event.composedPath()[0].closest?.('input, textarea, [contenteditable]');
              if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('vaadin-dialog[opened]')) {
                return;
              }
              const wanted = { '/': '.listing-filters input', n: '.listing-bar > vaadin-button' }[event.key];
              const target = wanted && this.querySelector(wanted);
              if (target) {
                event.preventDefault();
                event.key === '/' ? target.focus() : target.click();
              }
            };
            addEventListener('keydown', keys);
            """;

    /** So many rows are drawn at once, and the table ends with the last of them. */
    private static final int FEW = 20;

    private final Function<T, String> name;
    private final List<T> shown = new ArrayList<>();
    private final DataProvider<T, ?> data;
    private final Optional<Pages<T>> pages;
    private final Grid<T> grid = new Grid<>();
    private final VirtualList<T> cards = new VirtualList<>();
    private final List<Filter<T>> filters = new ArrayList<>();
    private final Div filterFields = new Div();
    private final Div bar = new Div(filterFields);
    private final Div place = new Div();
    private final AnswerBox told = new AnswerBox();
    private String path = "";
    private Function<String, Optional<Answer>> answers = _ -> Optional.empty();
    private Optional<Answer> answer = Optional.empty();
    private List<T> all = List.of();
    private Component empty = new Blank("Nothing here", "");
    private Runnable filtered = () -> {};
    private Optional<String> opened = Optional.empty();
    private boolean moving;
    private boolean read;

    /** @param name unique among the things */
    public Listing(Function<T, String> name) {
        this(name, Optional.empty());
    }

    /** One whose things are read as far as somebody looks. */
    public Listing(Function<T, String> name, Pages<T> pages) {
        this(name, Optional.of(pages));
    }

    private Listing(Function<T, String> name, Optional<Pages<T>> pages) {
        this.name = name;
        this.pages = pages;
        data = pages.<DataProvider<T, ?>>map(source -> new PagedData<>(name, source, this::filters))
                .orElseGet(() -> new ListDataProvider<>(shown) {
                    @Override
                    public Object getId(T item) {
                        return name.apply(item);
                    }
                });
        grid.setDataProvider(data);
        grid.addThemeVariants(GridVariant.NO_BORDER);
        grid.addClassName("listing-grid");
        cards.setDataProvider(data);
        cards.addClassName("listing-cards");
        filterFields.addClassName("listing-filters");
        bar.addClassName("listing-bar");
        place.addClassName("listing-place");
        addClassName("listing");
        add(bar, told, place);
        show(Blank.skeleton());
        addAttachListener(_ -> getElement().executeJs(KEYS));
    }

    public Grid<T> grid() {
        return grid;
    }

    public void card(Function<T, Component> card) {
        cards.setRenderer(new ComponentRenderer<>(item -> {
            var drawn = card.apply(item);
            if (opened.filter(name.apply(item)::equals).isPresent()) {
                drawn.getElement().setAttribute("aria-current", "true");
            }
            return drawn;
        }));
    }

    /** @param text all of an item that a search looks through */
    public void search(String placeholder, Function<T, String> text) {
        filter(
                SEARCH,
                searching(placeholder),
                (item, sought) -> answered(item) < Integer.MAX_VALUE
                        || text.apply(item).toLowerCase(Locale.ROOT).contains(sought.toLowerCase(Locale.ROOT)));
    }

    /** One that {@link Pages} follow, as filter {@code q}. */
    public void search(String placeholder) {
        filter(SEARCH, searching(placeholder));
    }

    private static TextField searching(String placeholder) {
        var field = new TextField();
        field.setPlaceholder(placeholder);
        field.setAriaLabel(placeholder);
        field.setPrefixComponent(VaadinIcon.SEARCH.create());
        field.setClearButtonVisible(true);
        field.setValueChangeMode(ValueChangeMode.LAZY);
        return field;
    }

    /**
     * Takes some of what is sought for a question; the things that its answer names come first.
     *
     * @param path of the view
     * @param answers empty for what is only a text to look for
     */
    public void answer(String path, Function<String, Optional<Answer>> answers) {
        this.path = path;
        this.answers = answers;
    }

    private int answered(T item) {
        int at = answer.map(known -> known.names().indexOf(name.apply(item))).orElse(-1);
        return at < 0 ? Integer.MAX_VALUE : at;
    }

    public <F extends Component & HasValue<?, String>> void filter(
            String parameter, F field, BiPredicate<T, String> takes) {
        filters.add(new Filter<>(parameter, field, takes));
        filterFields.add(field);
        field.addValueChangeListener(_ -> {
            if (!moving) {
                arrange();
                filtered.run();
            }
        });
    }

    /** One by which {@link Pages} choose. */
    public <F extends Component & HasValue<?, String>> void filter(String parameter, F field) {
        filter(parameter, field, (_, _) -> true);
    }

    /** The one thing to do here. */
    public void action(String text, Runnable action) {
        var button = new Button(text, VaadinIcon.PLUS.create(), _ -> action.run());
        button.addThemeVariants(ButtonVariant.PRIMARY);
        bar.add(button);
    }

    /** Beneath the list. */
    public void foot(Component component) {
        var foot = new Div(component);
        foot.addClassName("listing-foot");
        add(foot);
    }

    /** What stands here while there is nothing to list. */
    public void empty(String heading, String sentence, Component... actions) {
        empty = new Blank(heading, sentence, actions);
    }

    void onFilter(Runnable listener) {
        filtered = listener;
    }

    void onOpen(Consumer<T> listener) {
        grid.asSingleSelect().addValueChangeListener(change -> {
            @Nullable T chosen = change.getValue();
            if (change.isFromClient() && chosen != null) {
                listener.accept(chosen);
            }
        });
    }

    /** Values of the filters by their parameter; without the unused ones. */
    public Map<String, String> filters() {
        var values = new LinkedHashMap<String, String>();
        filters.forEach(filter -> filter.value().ifPresent(value -> values.put(filter.parameter(), value)));
        return values;
    }

    void setFilters(Map<String, String> values) {
        moving = true;
        filters.forEach(filter -> filter.show(values.get(filter.parameter())));
        moving = false;
        arrange();
    }

    void select(Optional<T> item) {
        var before = opened;
        opened = item.map(name);
        grid.asSingleSelect().setValue(item.orElse(null));
        if (!opened.equals(before)) {
            shown.stream()
                    .filter(card -> Optional.of(name.apply(card)).equals(before)
                            || Optional.of(name.apply(card)).equals(opened))
                    .forEach(data::refreshItem);
            if (pages.isPresent()) {
                item.ifPresent(data::refreshItem);
            }
        }
    }

    /** Nothing can be listed. */
    void trouble(String sentence) {
        show(new Blank("This list cannot be read", sentence));
    }

    /** Those there are; {@link Pages} are asked anew, whatever is given. */
    void show(List<T> items) {
        read = true;
        all = List.copyOf(items);
        arrange();
    }

    /** Reads anew what is in sight. */
    private void turn(Pages<T> source) {
        int count;
        try {
            count = source.count(filters());
        } catch (RuntimeException e) {
            trouble("The database does not answer: " + e.getMessage());
            return;
        }
        if (count > 0) {
            grid.setAllRowsVisible(count <= FEW);
            data.refreshAll();
            fill();
        } else if (filters().isEmpty()) {
            show(empty);
        } else {
            nothing("None is seen through these filters.");
        }
    }

    private void nothing(String sentence) {
        var clear = new Button("Clear filters", _ -> {
            setFilters(Map.of());
            filtered.run();
        });
        show(new Blank("Nothing matches", sentence, clear));
    }

    private void fill() {
        if (grid.getParent().isEmpty()) {
            place.removeAll();
            place.add(grid, cards);
        }
    }

    private void arrange() {
        if (pages.isPresent()) {
            if (read) {
                turn(pages.get());
            }
            return;
        }
        answer = Optional.ofNullable(filters().get(SEARCH))
                .filter(_ -> !all.isEmpty())
                .flatMap(answers);
        told.show(answer, path);
        if (all.isEmpty()) {
            shown.clear();
            show(empty);
            return;
        }
        take(all.stream()
                .filter(item -> filters.stream().allMatch(filter -> filter.takes(item)))
                .sorted(Comparator.comparingInt(this::answered))
                .toList());
        if (shown.isEmpty()) {
            nothing("None of " + all.size() + " is seen through these filters.");
        } else {
            fill();
        }
    }

    /** Sends to the browser only what differs, so that what is read does not move. */
    private void take(List<T> items) {
        if (names(items).equals(names(shown))) {
            for (int i = 0; i < items.size(); i++) {
                if (!items.get(i).equals(shown.set(i, items.get(i)))) {
                    data.refreshItem(items.get(i));
                }
            }
        } else {
            shown.clear();
            shown.addAll(items);
            grid.setAllRowsVisible(items.size() <= FEW);
            data.refreshAll();
        }
    }

    private List<String> names(List<T> items) {
        return items.stream().map(name).toList();
    }

    private void show(Component instead) {
        place.removeAll();
        place.add(instead);
    }
}
