package dev.gatehouse.console.settings;

import com.vaadin.flow.component.HasAriaLabel;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.shared.InputField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.textfield.TextFieldBase;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.settings.Definition;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Shape;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Draws an editor for each shape a setting can have.
 *
 * @param names which things of a kind there are
 * @param edited told of everything somebody writes
 */
record Drawing(Function<Kind, ? extends Collection<String>> names, Runnable edited) {

    static final int TYPING_STOPPED_MILLIS = 600;
    private static final int ONE_LINE = 200;
    private static final int FEW = 4;

    Editor of(Shape shape, Face face) {
        return switch (shape) {
            case Shape.Text text ->
                face.kind().isPresent() ? name(face, face.kind().get()) : text(text, face);
            case Shape.Whole _ -> number(face);
            case Shape.Size _ -> span(face);
            case Shape.Toggle _ -> toggle(face);
            case Shape.Choice choice -> choice(choice, face);
            case Shape.Span _ -> span(face);
            case Shape.Many(Shape.Choice choice, int _, int _) -> choices(choice, face);
            case Shape.Many(Shape.OneOf oneOf, int _, int _) -> new Cards(oneOf, face, this);
            case Shape.Many many -> new Rows(many, face, this);
            case Shape.Keyed keyed -> new Entries(keyed, face, this);
            case Shape.Nested(Definition definition) ->
                face.quiet() ? Group.row(definition, face, this) : new Section(definition, face, this);
            case Shape.OneOf oneOf -> new Alternatives(oneOf, face, this);
        };
    }

    private Editor text(Shape.Text shape, Face face) {
        if (shape.format().hasLines()) {
            var area = lines(face);
            if (!shape.format().isSecret()) {
                return leaf(area, face);
            }
            var withheld = new Withheld(area);
            return new Leaf<>(typing(area), withheld::shown, withheld::written, edited);
        }
        if (shape.format() == Format.TEXT && shape.max() > ONE_LINE && !face.quiet()) {
            var area = dressed(new TextArea(), face);
            area.setMinRows(2);
            area.addClassName("wide");
            return leaf(area, face);
        }
        var field = dressed(new TextField(), face);
        if (shape.format() != Format.TEXT) {
            field.getElement().setAttribute("spellcheck", "false").setAttribute("autocapitalize", "off");
            field.addClassName("exact");
        }
        field.addClassName("wide");
        return leaf(field, face);
    }

    /** For PEM: as it is written, never corrected. */
    private static TextArea lines(Face face) {
        var area = dressed(new TextArea(), face);
        area.setMinRows(3);
        area.setMaxRows(8);
        area.getElement().setAttribute("spellcheck", "false").setAttribute("autocapitalize", "off");
        area.addClassNames("exact", "wide");
        return area;
    }

    private Editor number(Face face) {
        // A text field: what is no number stays there to be mended, and the rule it breaks is told in our words.
        var field = dressed(new TextField(), face);
        field.getElement().setAttribute("inputmode", "numeric");
        if (!face.setting().unit().isEmpty()) {
            field.setSuffixComponent(new Span(face.setting().unit()));
        }
        return leaf(field, face);
    }

    private Editor span(Face face) {
        return leaf(dressed(new TextField(), face), face);
    }

    private <C extends TextFieldBase<C, String>> Editor leaf(C field, Face face) {
        field.setPlaceholder(face.setting().fallback());
        return new Leaf<>(typing(field), plain -> text(face, plain), Drawing::unlessBlank, edited);
    }

    /** Tells of what is typed once it stops. */
    private static <C extends TextFieldBase<C, String>> C typing(C field) {
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.setValueChangeTimeout(TYPING_STOPPED_MILLIS);
        return field;
    }

    /** One of the things there are; another name may be typed, and is told to be unknown. */
    private Editor name(Face face, Kind kind) {
        var field = dressed(new ComboBox<String>(), face);
        field.setItems(query -> {
            var typed = query.getFilter().orElse("");
            return names.apply(kind).stream()
                    .filter(name -> name.contains(typed))
                    .skip(query.getOffset())
                    .limit(query.getLimit());
        });
        field.setAllowCustomValue(true);
        field.addCustomValueSetListener(typed -> field.setValue(typed.getDetail()));
        field.setPlaceholder("Choose " + (kind == Kind.API ? "an " : "a ") + kind.words());
        field.addClassName("wide");
        return new Leaf<String, ComboBox<String>>(field, plain -> text(face, plain), Drawing::unlessBlank, edited);
    }

    private Editor toggle(Face face) {
        var field = new Checkbox();
        dressed(field, face).addClassName("wide");
        field.setRequiredIndicatorVisible(false);
        return new Leaf<>(field, plain -> Boolean.valueOf(text(face, plain)), value -> value, edited);
    }

    private Editor choice(Shape.Choice shape, Face face) {
        var choices = written(shape);
        if (choices.size() > FEW) {
            var field = dressed(new Select<String>(), face);
            field.setItems(choices);
            return new Leaf<String, Select<String>>(field, plain -> text(face, plain), Drawing::unlessBlank, edited);
        }
        var field = dressed(new RadioButtonGroup<String>(), face);
        field.setItems(choices);
        field.addClassName("wide");
        return new Leaf<String, RadioButtonGroup<String>>(
                field, plain -> text(face, plain), Drawing::unlessBlank, edited);
    }

    private Editor choices(Shape.Choice shape, Face face) {
        var field = dressed(new CheckboxGroup<String>(), face);
        var order = new WrittenOrder(written(shape));
        field.setItems(written(shape));
        field.addClassName("wide");
        return new Leaf<>(field, order::chosen, order::listed, edited);
    }

    private static List<String> written(Shape.Choice shape) {
        return shape.choices().stream().map(Enum::toString).toList();
    }

    private static <C extends InputField<?, ?> & HasAriaLabel> C dressed(C field, Face face) {
        if (face.quiet()) {
            field.setAriaLabel(face.label());
        } else {
            field.setLabel(face.label());
            field.setHelperText(face.setting().help());
        }
        field.setRequiredIndicatorVisible(face.required() && !face.quiet());
        return field;
    }

    private static String text(Face face, @Nullable Object plain) {
        return plain == null ? face.setting().fallback() : plain.toString();
    }

    private static @Nullable Object unlessBlank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
