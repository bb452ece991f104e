package dev.gatehouse.console.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeDetails;
import dev.gatehouse.db.settings.Definition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings of one record. */
final class Group implements Editor {

    private final Definition definition;
    private final Map<Definition.Field, Editor> editors = new LinkedHashMap<>();
    private final Complaint complaint = new Complaint();
    private final NativeDetails more = new NativeDetails();
    private final Div place = new Div();

    private Group(Definition definition, Function<Definition.Field, Face> faces, Drawing drawing) {
        this.definition = definition;
        var fields = new Div();
        fields.addClassName("settings");
        var rare = new Div();
        rare.addClassName("settings");
        var names = new ArrayList<String>();
        for (var field : definition.fields()) {
            var editor = drawing.of(field.shape(), faces.apply(field));
            editors.put(field, editor);
            (field.setting().rare() ? rare : fields).add(editor.component());
            editor.component().setVisible(!field.setting().remembered());
            if (field.setting().rare()) {
                names.add(field.setting().label());
            }
        }
        more.addClassNames("settings-more", "wide");
        more.setSummaryText(String.join(" · ", names));
        more.setContent(rare);
        more.setVisible(!names.isEmpty());
        place.addClassNames("settings-group", "wide");
        place.add(fields, more, complaint);
    }

    /** What stands around says what this is. */
    static Group plain(Definition definition, Drawing drawing) {
        return new Group(definition, Face::of, drawing);
    }

    /** As one element of a list: the list's label stands for that of a single setting. */
    static Group row(Definition definition, Face face, Drawing drawing) {
        long usual = definition.fields().stream()
                .filter(field -> !field.setting().rare())
                .count();
        return usual == 1
                ? new Group(
                        definition,
                        field -> field.setting().rare()
                                ? Face.of(field)
                                : Face.of(field).whispered(face.label()),
                        drawing)
                : plain(definition, drawing);
    }

    @Override
    public Component component() {
        return place;
    }

    @Override
    public void show(@Nullable Object plain) {
        var written = written(plain);
        editors.forEach((field, editor) -> {
            editor.show(field.inline() ? chosen(field, written) : written.get(field.name()));
            if (field.setting().remembered()) {
                editor.component().setVisible(written.containsKey(field.name()));
            }
        });
        more.setOpen(editors.keySet().stream()
                .anyMatch(field -> field.setting().rare() && written.containsKey(field.name())));
        complaint.reset(plain != null);
    }

    /** The alternative that is written beside the others; the first one where none is. */
    private static Map<?, ?> chosen(Definition.Field field, Map<?, ?> written) {
        for (var name : field.names()) {
            var plain = written.get(name);
            if (plain != null) {
                return Map.of(name, plain);
            }
        }
        return Map.of(field.names().getFirst(), Map.of());
    }

    private Map<?, ?> written(@Nullable Object plain) {
        if (plain instanceof Map<?, ?> map) {
            return map;
        }
        return plain == null || definition.shorthand().isEmpty()
                ? Map.of()
                : Map.of(definition.shorthand().get(), plain);
    }

    @Override
    public Map<String, Object> plain() {
        var plain = new LinkedHashMap<String, Object>();
        editors.forEach((field, editor) -> {
            var value = editor.plain();
            if (field.inline() && value instanceof Map<?, ?> alternative) {
                alternative.forEach((name, settings) -> plain.put(String.valueOf(name), settings));
            } else if (value != null) {
                plain.put(field.name(), value);
            }
        });
        return plain;
    }

    @Override
    public Optional<Editor> tell(Findings findings) {
        var rest = findings.elsewhere(definition.names());
        Optional<Editor> first = Optional.empty();
        for (var entry : editors.entrySet()) {
            var field = entry.getKey();
            var name = field.name();
            var own = field.inline() ? findings.among(field.names()) : findings.at(name);
            if (definition.shorthand().filter(name::equals).isPresent()) {
                own = own.plus(rest);
                rest = new Findings(List.of(), findings.everywhere());
            }
            var faulty = entry.getValue().tell(own);
            first = first.or(() -> faulty);
            if (faulty.isPresent() && field.setting().rare()) {
                more.setOpen(true);
            }
        }
        return complaint.tell(rest) ? first.or(() -> Optional.of(this)) : first;
    }

    @Override
    public void focus() {
        editors.values().stream().findFirst().ifPresent(Editor::focus);
    }
}
