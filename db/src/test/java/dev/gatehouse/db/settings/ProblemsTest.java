package dev.gatehouse.db.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProblemsTest {

    private static List<Problem> with(String name, @Nullable Object value) {
        var plain = new HashMap<String, @Nullable Object>(Everything.LEAST);
        plain.put(name, value);
        var reading = Settings.read(Everything.class, plain);
        assertThat(reading.value() == null).isEqualTo(!reading.problems().isEmpty());
        return reading.problems();
    }

    @Test
    void namesTheNearestNameForAnUnknownOne() {
        assertThat(with("wieght", 1)).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("wieght");
            assertThat(problem.message())
                    .startsWith("Unknown name 'wieght'. Did you mean 'weight'? Known here: title, note, name, weight,")
                    .endsWith("corner, max-age, public.");
        });
        assertThat(with("qqqqq", 1).getFirst().message()).startsWith("Unknown name 'qqqqq'. Known here: ");
    }

    @Test
    void knowsNoNameOfTheRecordInsteadOfTheWrittenOne() {
        assertThat(with("isOpen", true)).extracting(Problem::path).containsExactly("isOpen");
        assertThat(with("maxAge", "2h")).extracting(Problem::path).containsExactly("maxAge");
        assertThat(with("trailer", Map.of())).extracting(Problem::path).containsExactly("trailer");
    }

    @Test
    void holdsNumbersToTheirBounds() {
        assertThat(with("weight", -5)).isEmpty();
        assertThat(with("weight", 9_000_000_000L)).isEmpty();
        assertThat(with("weight", -6))
                .containsExactly(
                        new Problem("weight", "'-6' is refused: must be a whole number from -5 to 9000000000."));
        assertThat(with("weight", 9_000_000_001L)).hasSize(1);
        assertThat(with("size", 11)).hasSize(1);
        assertThat(with("size", 1L << 32)).hasSize(1);
    }

    @Test
    void holdsDurationsToTheirBounds() {
        assertThat(with("pause", "1s")).isEmpty();
        assertThat(with("pause", "1h")).isEmpty();
        assertThat(with("pause", "999ms"))
                .containsExactly(new Problem(
                        "pause", "'999ms' is refused: must be a duration from 1s to 1h, such as 30s, 5m or 1h30m."));
        assertThat(with("pause", "1h1ms")).hasSize(1);
        assertThat(with("max-age", "8d")).extracting(Problem::path).containsExactly("max-age");
    }

    @Test
    void holdsTextsToTheirLength() {
        assertThat(with("title", "x".repeat(20))).isEmpty();
        assertThat(with("title", "x".repeat(21)))
                .containsExactly(new Problem("title", "Must have at most 20 characters, has 21."));
        assertThat(with("note", "x".repeat(2_001))).hasSize(1);
    }

    @Test
    void holdsListsToTheirLength() {
        assertThat(with("places", List.of("a", "b"))).isEmpty();
        assertThat(with("places", List.of("a", "b", "c")))
                .containsExactly(new Problem("places", "Must have between 1 and 2 elements."));
        assertThat(with("places", List.of())).containsExactly(new Problem("places", "Must have at least one element."));
        assertThat(with("tags", List.of("a", "b", "c", "d")))
                .containsExactly(new Problem("tags", "Must have between 0 and 3 elements."));
    }

    @Test
    void wantsWhatHasNoDefault() {
        assertThat(Settings.read(Everything.class, Map.of()).problems())
                .containsExactly(
                        new Problem("title", "Must be given."),
                        new Problem("weight", "Must be given."),
                        new Problem("places", "Must be given."));
        assertThat(with("title", null)).containsExactly(new Problem("title", "Must be given."));
    }

    @Test
    void refusesABlankWhereATextIsWanted() {
        assertThat(with("title", "")).containsExactly(new Problem("title", "Must not be blank."));
        assertThat(with("title", " \t")).containsExactly(new Problem("title", "Must not be blank."));
        assertThat(with("places", List.of(" "))).containsExactly(new Problem("places[0].at", "Must not be blank."));
        assertThat(with("tags", List.of(""))).extracting(Problem::path).containsExactly("tags[0]");
        assertThat(with("note", "")).isEmpty();
        assertThat(with("name", "")).isEmpty();
    }

    @Test
    void refusesTheWrongType() {
        assertThat(with("title", List.of("x"))).containsExactly(new Problem("title", "Must be a text."));
        assertThat(with("title", Map.of())).containsExactly(new Problem("title", "Must be a text."));
        assertThat(with("weight", "many")).hasSize(1);
        assertThat(with("weight", 1.5)).hasSize(1);
        assertThat(with("weight", true)).hasSize(1);
        assertThat(with("open", "yes"))
                .containsExactly(new Problem("open", "'yes' is refused: must be true or false."));
        assertThat(with("pause", 30)).hasSize(1);
        assertThat(with("tags", "a")).containsExactly(new Problem("tags", "Must be a list."));
        assertThat(with("rooms", List.of())).containsExactly(new Problem("rooms", "Must be a mapping of names."));
        assertThat(with("corner", "left"))
                .containsExactly(new Problem("corner", "Must be a mapping with the names across, down."));
        assertThat(with("places", List.of(List.of())))
                .containsExactly(new Problem("places[0]", "Must be a mapping with the names at, far."));
        assertThat(Settings.read(Everything.class, List.of()).problems())
                .extracting(Problem::path)
                .containsExactly("");
    }

    @Test
    void offersTheChoices() {
        assertThat(with("colour", "gren"))
                .containsExactly(
                        new Problem("colour", "'gren' is refused: must be one of red, green. Did you mean 'green'?"));
        assertThat(with("colour", "GREEN")).hasSize(1);
    }

    @Test
    void wantsExactlyOneAlternative() {
        var rule = "Must be a mapping with exactly one name, one of: ant, cat.";
        assertThat(with("kinds", List.of(Map.of()))).containsExactly(new Problem("kinds[0]", rule));
        assertThat(with("kinds", List.of("cat"))).containsExactly(new Problem("kinds[0]", rule));
        assertThat(with("kinds", List.of(Map.of("cat", Map.of("lives", 1), "ant", Map.of()))))
                .containsExactly(new Problem("kinds[0]", rule));
        assertThat(with("kinds", List.of(Map.of("ant", Map.of()), Map.of("cta", Map.of()))))
                .containsExactly(
                        new Problem("kinds[1].cta", "Unknown name 'cta'. Did you mean 'cat'? Known here: ant, cat."));
    }

    @Test
    void checksTheNamesOfAMapping() {
        assertThat(with("rooms", Map.of("The Attic", "above")))
                .extracting(Problem::path)
                .containsExactly("rooms.The Attic");
    }

    @Test
    void tellsOfEveryProblemAtOnceAndWhereEachStands() {
        var plain = Map.of(
                "title",
                "",
                "weight",
                "x",
                "pause",
                "1x",
                "tags",
                List.of("ok", "Not Ok"),
                "places",
                List.of("here", Map.of("at", "there", "far", 7)),
                "kinds",
                List.of(Map.of("cat", Map.of("lives", 10, "tail", 1))),
                "rooms",
                Map.of("attic", Map.of("far", true)),
                "corner",
                Map.of("down", -1));
        assertThat(Settings.read(Everything.class, plain).problems())
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(
                        "title",
                        "weight",
                        "pause",
                        "tags[1]",
                        "places[1].far",
                        "kinds[0].cat.tail",
                        "kinds[0].cat.lives",
                        "rooms.attic.at",
                        "corner.down");
    }
}
