package dev.gatehouse.console.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.gatehouse.db.settings.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A list: one row for each element. */
final class Rows implements Editor {

    private final Shape.Many many;
    private final Face face;
    private final Drawing drawing;
    private final List<Editor> editors = new ArrayList<>();
    private final Div rows = new Div();
    private final Complaint complaint = new Complaint();
    private final Button add;
    private final Div place = new Div();

    Rows(Shape.Many many, Face face, Drawing drawing) {
        this.many = many;
        this.face = face;
        this.drawing = drawing;
        add = new Button("Add " + face.one(), VaadinIcon.PLUS.create(), _ -> addRow());
        add.addThemeVariants(ButtonVariant.TERTIARY);
        rows.addClassName("settings-rows");
        place.addClassNames("settings-list", "wide");
        place.getElement().setAttribute("role", "group").setAttribute("aria-label", face.label());
        place.add(Captions.above(face), rows, complaint, add, Captions.beneath(face));
    }

    private void addRow() {
        var editor = append(null);
        arrange();
        editor.focus();
        complaint.touch();
        drawing.edited().run();
    }

    private Editor append(@Nullable Object plain) {
        var editor = drawing.of(many.element(), face.element());
        editor.show(plain);
        editors.add(editor);
        return editor;
    }

    private void remove(Editor editor) {
        editors.remove(editor);
        arrange();
        complaint.touch();
        drawing.edited().run();
        add.focus();
    }

    private void arrange() {
        rows.removeAll();
        for (var editor : editors) {
            var remove = new Button(VaadinIcon.CLOSE_SMALL.create(), _ -> remove(editor));
            remove.addThemeVariants(ButtonVariant.TERTIARY);
            remove.setTooltipText("Remove " + face.one());
            remove.setAriaLabel("Remove " + face.one() + " " + (editors.indexOf(editor) + 1));
            remove.setVisible(editors.size() > many.min());
            var row = new Div(editor.component(), remove);
            row.addClassName("settings-row");
            rows.add(row);
        }
        add.setEnabled(editors.size() < many.max());
    }

    @Override
    public Component component() {
        return place;
    }

    @Override
    public void show(@Nullable Object plain) {
        editors.clear();
        if (plain instanceof List<?> list) {
            list.forEach(this::append);
        }
        while (editors.size() < many.min()) {
            append(null);
        }
        complaint.reset(plain != null);
        arrange();
    }

    @Override
    public @Nullable Object plain() {
        return editors.stream()
                .map(editor -> Optional.ofNullable(editor.plain()).orElse(""))
                .toList();
    }

    @Override
    public Optional<Editor> tell(Findings findings) {
        var steps = IntStream.range(0, editors.size()).mapToObj(Findings::index).toList();
        boolean own = complaint.tell(findings.elsewhere(steps));
        Optional<Editor> first = Optional.empty();
        for (int i = 0; i < editors.size(); i++) {
            var faulty = editors.get(i).tell(findings.at(Findings.index(i)));
            first = first.or(() -> faulty);
        }
        return own ? first.or(() -> Optional.of(this)) : first;
    }

    @Override
    public void focus() {
        editors.stream().findFirst().ifPresentOrElse(Editor::focus, add::focus);
    }
}
