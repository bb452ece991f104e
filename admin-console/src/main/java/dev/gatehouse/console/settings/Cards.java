package dev.gatehouse.console.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import dev.gatehouse.db.settings.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A list whose elements are of different kinds, in an order that matters: one card for each. */
final class Cards implements Editor {

    private final Shape.OneOf oneOf;
    private final Face face;
    private final Drawing drawing;
    private final List<Card> cards = new ArrayList<>();
    private final Div stack = new Div();
    private final Complaint complaint = new Complaint();
    private final Div place = new Div();

    private record Card(Shape.Variant variant, Group group) {}

    Cards(Shape.OneOf oneOf, Face face, Drawing drawing) {
        this.oneOf = oneOf;
        this.face = face;
        this.drawing = drawing;
        stack.addClassName("settings-cards");
        place.addClassNames("settings-list", "wide");
        place.getElement().setAttribute("role", "group").setAttribute("aria-label", face.label());
        place.add(Captions.above(face), Captions.beneath(face), stack, complaint, menu());
    }

    private MenuBar menu() {
        var menu = new MenuBar();
        menu.addThemeVariants(MenuBarVariant.TERTIARY);
        var add = menu.addItem("Add " + face.one());
        add.addComponentAsFirst(VaadinIcon.PLUS.create());
        for (var variant : oneOf.variants()) {
            var help = new Span(variant.help());
            help.addClassName("settings-help");
            var entry = new Div(new Span(variant.label()), help);
            entry.addClassName("settings-menu-entry");
            add.getSubMenu().addItem(entry, _ -> addCard(variant));
        }
        return menu;
    }

    private void addCard(Shape.Variant variant) {
        var card = append(variant, null);
        arrange();
        card.group.focus();
        edited();
    }

    private Card append(Shape.Variant variant, @Nullable Object plain) {
        var card = new Card(variant, Group.plain(variant.definition(), drawing));
        card.group.show(plain);
        cards.add(card);
        return card;
    }

    private void edited() {
        complaint.touch();
        drawing.edited().run();
    }

    private void arrange() {
        stack.removeAll();
        for (int i = 0; i < cards.size(); i++) {
            stack.add(drawn(cards.get(i), i));
        }
    }

    private Div drawn(Card card, int at) {
        var name = new Span(card.variant.label());
        name.addClassName("settings-card-name");
        var up = button(VaadinIcon.ARROW_UP, "Move up", card, () -> Collections.swap(cards, at, at - 1));
        up.setEnabled(at > 0);
        var down = button(VaadinIcon.ARROW_DOWN, "Move down", card, () -> Collections.swap(cards, at, at + 1));
        down.setEnabled(at < cards.size() - 1);
        var remove = button(VaadinIcon.CLOSE_SMALL, "Remove", card, () -> cards.remove(at));
        var head = new Div(name, up, down, remove);
        head.addClassName("settings-card-head");
        var drawn = new Div(head, card.group.component());
        drawn.addClassName("settings-card");
        drawn.getElement().setAttribute("role", "group").setAttribute("aria-label", card.variant.label());
        return drawn;
    }

    private Button button(VaadinIcon icon, String action, Card card, Runnable change) {
        var button = new Button(icon.create(), _ -> {
            change.run();
            arrange();
            edited();
        });
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        button.setTooltipText(action);
        button.setAriaLabel(action + ": " + card.variant.label());
        return button;
    }

    @Override
    public Component component() {
        return place;
    }

    @Override
    public void show(@Nullable Object plain) {
        cards.clear();
        if (plain instanceof List<?> list) {
            list.forEach(this::append);
        }
        complaint.reset(plain != null);
        arrange();
    }

    private void append(@Nullable Object element) {
        if (element instanceof Map<?, ?> map && map.size() == 1) {
            var written = map.entrySet().iterator().next();
            oneOf.variants().stream()
                    .filter(variant -> variant.name().equals(written.getKey()))
                    .forEach(variant -> append(variant, written.getValue()));
        }
    }

    @Override
    public @Nullable Object plain() {
        return cards.stream()
                .map(card -> Map.of(card.variant.name(), card.group.plain()))
                .toList();
    }

    @Override
    public Optional<Editor> tell(Findings findings) {
        var steps = IntStream.range(0, cards.size()).mapToObj(Findings::index).toList();
        boolean own = complaint.tell(findings.elsewhere(steps));
        Optional<Editor> first = Optional.empty();
        for (int i = 0; i < cards.size(); i++) {
            var card = cards.get(i);
            var faulty = card.group.tell(findings.at(Findings.index(i)).at(card.variant.name()));
            first = first.or(() -> faulty);
        }
        return own ? first.or(() -> Optional.of(this)) : first;
    }

    @Override
    public void focus() {
        cards.stream().findFirst().ifPresent(card -> card.group.focus());
    }
}
