package dev.gatehouse.db.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A choice whose alternatives stand beside the other settings of a record. */
class InlineChoiceTest {

    record Cart(
            @Setting(label = "Wheels", help = "How many.", fallback = "4", min = "2", max = "8")
            long wheels,

            @Inline @Setting(label = "Load", help = "What it carries.")
            Load load) {}

    sealed interface Load permits Hay, Stone {}

    @Named(value = "hay", label = "Hay")
    record Hay(
            @Setting(label = "Bales", help = "How many.", fallback = "1", min = "1", max = "9")
            long bales) implements Load {}

    @Named(value = "stone", label = "Stone")
    record Stone(
            @Setting(label = "Sort", help = "Which one.") String sort) implements Load {}

    @Test
    void readsTheOneThatIsWritten() {
        assertThat(read(Map.of("stone", Map.of("sort", "slate"), "wheels", 6)).orThrow())
                .isEqualTo(new Cart(6, new Stone("slate")));
        assertThat(read(Map.of("hay", Map.of())).orThrow()).isEqualTo(new Cart(4, new Hay(1)));
    }

    @Test
    void writesItBesideTheOthersEvenWhenAllOfItIsDefault() {
        assertThat(Settings.write(new Cart(4, new Stone("slate")))).hasToString("{stone={sort=slate}}");
        assertThat(Settings.write(new Cart(2, new Hay(1)))).hasToString("{wheels=2, hay={}}");
    }

    @Test
    void refusesNoneAndTwo() {
        assertThat(read(Map.of()).problems()).containsExactly(new Problem("", "Must have exactly one of hay, stone."));
        assertThat(read(Map.of("hay", Map.of(), "stone", Map.of("sort", "slate")))
                        .problems())
                .containsExactly(new Problem("", "Must have exactly one of hay, stone; has hay and stone."));
    }

    @Test
    void tellsWhatIsWrongByTheNameThatIsWritten() {
        assertThat(read(Map.of("hay", Map.of("bales", 10))).problems())
                .extracting(Problem::path)
                .containsExactly("hay.bales");
        assertThat(read(Map.of("stone", Map.of())).problems())
                .containsExactly(new Problem("stone.sort", "Must be given."));
    }

    @Test
    void isKnownByItsAlternativesNotByItsOwnName() {
        assertThat(read(Map.of("load", Map.of("hay", Map.of()), "hay", Map.of()))
                        .problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo("load");
                    assertThat(problem.message()).endsWith("Known here: wheels, hay, stone.");
                });
        assertThat(Definition.of(Cart.class).names()).isEqualTo(List.of("wheels", "hay", "stone"));
    }

    private static Settings.Reading<Cart> read(Map<String, Object> plain) {
        return Settings.read(Cart.class, plain);
    }
}
