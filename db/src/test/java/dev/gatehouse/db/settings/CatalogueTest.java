package dev.gatehouse.db.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.document.Document;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.policy.Policy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** What holds for every record that an operator can write, those of later policies included. */
class CatalogueTest {

    static Stream<Class<? extends Record>> records() {
        return Stream.of(
                        Arrays.stream(Kind.values()).map(Kind::type),
                        Arrays.stream(Policy.class.getPermittedSubclasses())
                                .<Class<? extends Record>>map(type -> type.asSubclass(Record.class)),
                        Stream.<Class<? extends Record>>of(Document.class, Everything.class))
                .flatMap(types -> types);
    }

    @ParameterizedTest
    @MethodSource("records")
    void comesBackEqualFromJson(Class<? extends Record> type) {
        var json = JsonMapper.shared();
        int read = 0;
        for (int seed = 0; seed < 1_200; seed++) {
            var value = Settings.read(type, new RandomSettings(seed).of(Definition.of(type)))
                    .value();
            if (value != null) { // a rule between two settings may refuse what was drawn
                var text = json.writeValueAsString(Settings.write(value));
                assertThat(Settings.read(type, json.readValue(text, Object.class))
                                .orThrow())
                        .as(text)
                        .isEqualTo(value);
                read++;
            }
        }
        assertThat(read).isGreaterThan(40);
    }

    @ParameterizedTest
    @MethodSource("records")
    void writesEachDefaultAsItIsDeclared(Class<? extends Record> type) {
        for (var field : fields(type)) {
            var fallback = field.setting().fallback();
            if (!fallback.isEmpty()) {
                assertThat(canonical(field))
                        .as(type.getSimpleName() + "." + field.name())
                        .isEqualTo(fallback);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void saysOfEachSettingWhatItIs(Class<? extends Record> type) {
        for (var field : fields(type)) {
            assertThat(field.setting().label()).as(field.name()).matches("[A-Z].*[^.]");
            assertThat(field.setting().help()).as(field.name()).matches("[A-Z/].*\\.");
        }
    }

    @Test
    void givesEachPolicyANameOfItsOwn() {
        var names = new HashSet<String>();
        for (var type : Policy.class.getPermittedSubclasses()) {
            var name = type.getAnnotation(Named.class).value();
            assertThat(name).matches("[a-z]+(-[a-z]+)*");
            assertThat(names.add(name)).as(name).isTrue();
        }
    }

    /** The default, read and written as if it were not one. */
    private static String canonical(Definition.Field field) {
        var values = new Values((path, message) -> {
            throw new AssertionError(field.name() + ": " + message);
        });
        var fallback = field.setting().fallback();
        return switch (field.shape()) {
            case Shape.Text text -> String.valueOf(values.text(text, fallback, ""));
            case Shape.Whole whole -> String.valueOf(values.whole(whole, fallback, ""));
            case Shape.Size size -> {
                var read = values.size(size, fallback, "");
                yield read == null ? "" : Sizes.write(read);
            }
            case Shape.Toggle toggle -> String.valueOf(values.toggle(toggle, fallback, ""));
            case Shape.Choice choice -> String.valueOf(values.choice(choice, fallback, ""));
            case Shape.Span span -> {
                var read = values.span(span, fallback, "");
                yield read == null ? "" : Spans.write(read);
            }
            case Shape.Many _, Shape.Keyed _, Shape.Nested _, Shape.OneOf _ ->
                throw new AssertionError(field.name() + " cannot have a default of its own");
        };
    }

    /** All fields, those of nested records too. */
    private static List<Definition.Field> fields(Class<? extends Record> type) {
        var fields = new ArrayList<>(Definition.of(type).fields());
        for (var field : List.copyOf(fields)) {
            inner(field.shape()).forEach(nested -> fields.addAll(fields(nested.type())));
        }
        return fields;
    }

    private static List<Definition> inner(Shape shape) {
        return switch (shape) {
            case Shape.Nested nested -> List.of(nested.definition());
            case Shape.OneOf oneOf ->
                oneOf.variants().stream().map(Shape.Variant::definition).toList();
            case Shape.Many many -> inner(many.element());
            case Shape.Keyed keyed -> inner(keyed.value());
            case Shape.Text _, Shape.Whole _, Shape.Size _, Shape.Toggle _, Shape.Choice _, Shape.Span _ -> List.of();
        };
    }
}
