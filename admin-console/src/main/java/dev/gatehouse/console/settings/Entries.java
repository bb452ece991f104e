package dev.gatehouse.console.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.gatehouse.db.settings.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values under names: one row for each, the name before the value. */
final class Entries implements Editor {

    private final Shape.Keyed keyed;
    private final Face face;
    private final Drawing drawing;
    private final List<Entry> entries = new ArrayList<>();
    private final Div rows = new Div();
    private final Complaint complaint = new Complaint();
    private final Div place = new Div();

    private record Entry(TextField name, Editor value) {}

    Entries(Shape.Keyed keyed, Face face, Drawing drawing) {
        this.keyed = keyed;
        this.face = face;
        this.drawing = drawing;
        var add = new Button("Add " + face.one(), VaadinIcon.PLUS.create(), _ -> {
            append("", null).name.focus();
            edited();
        });
        add.addThemeVariants(ButtonVariant.TERTIARY);
        rows.addClassName("settings-rows");
        place.addClassNames("settings-list", "wide");
        place.getElement().setAttribute("role", "group").setAttribute("aria-label", face.label());
        place.add(Captions.above(face), rows, complaint, add, Captions.beneath(face));
    }

    private Entry append(String key, @Nullable Object plain) {
        var name = new TextField();
        name.setPlaceholder("name");
        name.setAriaLabel("Name of " + face.one());
        name.setManualValidation(true);
        name.setValueChangeMode(ValueChangeMode.LAZY);
        name.setValue(key);
        name.addValueChangeListener(_ -> edited());
        var entry = new Entry(name, drawing.of(keyed.value(), face.element()));
        entry.value.show(plain);
        var remove = new Button(VaadinIcon.CLOSE_SMALL.create());
        remove.addThemeVariants(ButtonVariant.TERTIARY);
        remove.setTooltipText("Remove " + face.one());
        remove.setAriaLabel("Remove " + face.one());
        var row = new Div(name, entry.value.component(), remove);
        row.addClassName("settings-row");
        remove.addClickListener(_ -> {
            entries.remove(entry);
            rows.remove(row);
            edited();
        });
        entries.add(entry);
        rows.add(row);
        return entry;
    }

    private void edited() {
        complaint.touch();
        drawing.edited().run();
    }

    @Override
    public Component component() {
        return place;
    }

    @Override
    public void show(@Nullable Object plain) {
        entries.clear();
        rows.removeAll();
        if (plain instanceof Map<?, ?> map) {
            map.forEach((name, value) -> append(String.valueOf(name), value));
        }
        complaint.reset(plain != null);
    }

    @Override
    public @Nullable Object plain() {
        var plain = new LinkedHashMap<String, Object>();
        entries.forEach(entry -> plain.put(
                entry.name.getValue(), Optional.ofNullable(entry.value.plain()).orElse("")));
        return plain;
    }

    @Override
    public Optional<Editor> tell(Findings findings) {
        var names = entries.stream().map(entry -> entry.name.getValue()).toList();
        boolean own = complaint.tell(findings.elsewhere(names));
        Optional<Editor> first = Optional.empty();
        for (var entry : entries) {
            var faulty = entry.value.tell(findings.at(entry.name.getValue()));
            first = first.or(() -> faulty);
        }
        return own ? first.or(() -> Optional.of(this)) : first;
    }

    @Override
    public void focus() {
        entries.stream().findFirst().ifPresent(entry -> entry.name.focus());
    }
}
