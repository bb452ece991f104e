package dev.gatehouse.console.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import dev.gatehouse.db.settings.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Exactly one of several kinds. What was written under another kind comes back when that one is chosen again. */
final class Alternatives implements Editor {

    private final Shape.OneOf oneOf;
    private final Face face;
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final RadioButtonGroup<String> kind = new RadioButtonGroup<>();
    private final Complaint complaint = new Complaint();
    private final Div place = new Div();
    private boolean showing;

    Alternatives(Shape.OneOf oneOf, Face face, Drawing drawing) {
        this.oneOf = oneOf;
        this.face = face;
        for (var variant : oneOf.variants()) {
            var group = Group.plain(variant.definition(), drawing);
            group.show(null);
            groups.put(variant.name(), group);
        }
        kind.setItems(oneOf.names());
        kind.setItemLabelGenerator(
                name -> variant(name).map(Shape.Variant::label).orElse(""));
        kind.setLabel(face.label());
        kind.setManualValidation(true);
        kind.addValueChangeListener(_ -> {
            arrange();
            if (!showing) {
                complaint.touch();
                drawing.edited().run();
            }
        });
        place.addClassNames("settings-list", "wide");
        place.add(kind, complaint);
        groups.values().forEach(group -> place.add(group.component()));
        arrange();
    }

    private Optional<Shape.Variant> variant(@Nullable String name) {
        return oneOf.variants().stream()
                .filter(variant -> variant.name().equals(name))
                .findFirst();
    }

    private void arrange() {
        kind.setHelperText(variant(kind.getValue())
                .map(Shape.Variant::help)
                .orElse(face.setting().help()));
        groups.forEach((name, group) -> group.component().setVisible(name.equals(kind.getValue())));
    }

    @Override
    public Component component() {
        return place;
    }

    @Override
    public void show(@Nullable Object plain) {
        showing = true;
        kind.clear();
        if (plain instanceof Map<?, ?> map && map.size() == 1) {
            var written = map.entrySet().iterator().next();
            var group = groups.get(String.valueOf(written.getKey()));
            if (group != null) {
                group.show(written.getValue());
                kind.setValue(String.valueOf(written.getKey()));
            }
        }
        showing = false;
        complaint.reset(plain != null);
        arrange();
    }

    @Override
    public @Nullable Object plain() {
        var group = groups.get(kind.getValue());
        return group == null ? null : Map.of(kind.getValue(), group.plain());
    }

    @Override
    public Optional<Editor> tell(Findings findings) {
        var group = groups.get(kind.getValue());
        if (group == null) {
            return complaint.tell(findings) ? Optional.of(this) : Optional.empty();
        }
        complaint.tell(findings.elsewhere(groups.keySet()));
        return group.tell(findings.at(kind.getValue()));
    }

    @Override
    public void focus() {
        kind.getElement().callJsFunction("focus");
    }
}
