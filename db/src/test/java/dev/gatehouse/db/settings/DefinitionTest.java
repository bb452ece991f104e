package dev.gatehouse.db.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefinitionTest {

    @Test
    void putsInlinedSettingsInTheirPlace() {
        assertThat(Definition.of(Everything.class).fields())
                .extracting(Definition.Field::name)
                .containsExactly(
                        "title", "note", "name", "weight", "size", "load", "open", "pause", "colour", "tags", "places",
                        "kinds", "rooms", "corner", "max-age", "public");
    }

    @Test
    void saysWhatMustBeWritten() {
        assertThat(Definition.of(Everything.class).fields())
                .filteredOn(Definition.Field::required)
                .extracting(Definition.Field::name)
                .containsExactly("title", "weight", "places");
    }

    @Test
    void findsAFieldByItsWrittenName() {
        var definition = Definition.of(Everything.class);
        assertThat(definition.field("max-age")).isPresent();
        assertThat(definition.field("maxAge")).isEmpty();
    }

    @Test
    void sortsAlternativesByName() {
        var kinds = Definition.of(Everything.class).field("kinds").orElseThrow().shape();
        assertThat(kinds)
                .isInstanceOfSatisfying(
                        Shape.Many.class,
                        many -> assertThat(many.element())
                                .isInstanceOfSatisfying(
                                        Shape.OneOf.class,
                                        oneOf -> assertThat(oneOf.names()).isEqualTo(List.of("ant", "cat"))));
    }

    @Test
    void refusesAComponentThatSaysNothing() {
        record Bare(String text) {}
        assertThatThrownBy(() -> Definition.of(Bare.class)).hasMessage("Bare.text has no @Setting");
    }

    @Test
    void refusesATypeThatNoFormCanShow() {
        record Moment(@Setting(label = "At") Instant at) {}
        assertThatThrownBy(() -> Definition.of(Moment.class)).hasMessage("No setting can be of type java.time.Instant");
    }
}
