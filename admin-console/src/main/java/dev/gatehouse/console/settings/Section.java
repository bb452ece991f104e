package dev.gatehouse.console.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import dev.gatehouse.db.settings.Definition;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one record under a heading of its own. Folded while all of them have their defaults, so that a form
 * begins with what is said and what has to be said; unfolded where something is wrong.
 */
final class Section implements Editor {

    private final Definition definition;
    private final Group group;
    private final NativeDetails place = new NativeDetails();

    Section(Definition definition, Face face, Drawing drawing) {
        this.definition = definition;
        group = Group.plain(definition, drawing);
        place.addClassNames("settings-section", "wide");
        place.setSummary(new H3(face.label()), new Paragraph(face.setting().help()));
        place.setContent(group.component());
    }

    @Override
    public Component component() {
        return place;
    }

    @Override
    public void show(@Nullable Object plain) {
        group.show(plain);
        place.setOpen(
                place.isOpen() || said(plain) || definition.fields().stream().anyMatch(Definition.Field::required));
    }

    private static boolean said(@Nullable Object plain) {
        return plain instanceof Map<?, ?> map ? !map.isEmpty() : plain != null;
    }

    @Override
    public @Nullable Object plain() {
        return group.plain();
    }

    @Override
    public Optional<Editor> tell(Findings findings) {
        var faulty = group.tell(findings);
        if (faulty.isPresent()) {
            place.setOpen(true);
        }
        return faulty;
    }

    @Override
    public void focus() {
        place.setOpen(true);
        group.focus();
    }
}
