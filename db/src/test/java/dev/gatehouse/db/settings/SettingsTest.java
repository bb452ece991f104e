package dev.gatehouse.db.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void givesWhatIsNotWrittenItsDefault() {
        assertThat(Settings.read(Everything.class, Everything.LEAST).orThrow())
                .isEqualTo(new Everything(
                        "t",
                        "",
                        "",
                        7,
                        3,
                        1 << 16,
                        true,
                        Duration.ofSeconds(90),
                        Everything.Colour.RED,
                        List.of(),
                        List.of(new Everything.Place("here", false)),
                        List.of(),
                        Map.of(),
                        new Everything.Corner(0, 0),
                        new Everything.Trailer(Duration.ofDays(1), false)));
    }

    @Test
    void leavesOutWhatEqualsItsDefault() {
        var value = Settings.read(Everything.class, Everything.LEAST).orThrow();
        assertThat(Settings.write(value)).isEqualTo(Map.of("title", "t", "weight", 7L, "places", List.of("here")));
    }

    @Test
    void writesInTheOrderOfDeclarationAndUnderWrittenNames() {
        var value = new Everything(
                "t",
                "n",
                "x",
                -5,
                10,
                1_500,
                false,
                Duration.ofSeconds(1),
                Everything.Colour.GREEN,
                List.of("a"),
                List.of(new Everything.Place("there", true)),
                List.of(new Everything.Cat(9), new Everything.Ant()),
                Map.of("attic", new Everything.Place("above", false)),
                new Everything.Corner(1, 0),
                new Everything.Trailer(Duration.ofHours(1), true));
        assertThat(Settings.write(value).toString())
                .isEqualTo(
                        "{title=t, note=n, name=x, weight=-5, size=10, load=1500B, open=false, pause=1s, colour=green, tags=[a],"
                                + " places=[{at=there, far=true}], kinds=[{cat={lives=9}}, {ant={}}], rooms={attic=above},"
                                + " corner={across=1}, max-age=1h, public=true}");
        assertThat(Settings.read(Everything.class, Settings.write(value)).orThrow())
                .isEqualTo(value);
    }

    @Test
    void takesATextWhereAFormHasOne() {
        var written = Map.of("title", "t", "weight", " 12 ", "size", "4", "open", "false", "places", List.of("here"));
        var value = Settings.read(Everything.class, written).orThrow();
        assertThat(value.weight()).isEqualTo(12);
        assertThat(value.size()).isEqualTo(4);
        assertThat(value.isOpen()).isFalse();
    }

    @Test
    void checksARecordThatWasBuilt() {
        var value = Settings.read(Everything.class, Everything.LEAST).orThrow();
        assertThat(Settings.check(value)).isEmpty();
        assertThat(Settings.check(new Everything.Corner(0, 10)))
                .extracting(Problem::path)
                .containsExactly("down");
        assertThat(Settings.check(new Everything.Place("", false)))
                .containsExactly(new Problem("at", "Must not be blank."));
    }

    @Test
    void throwsEveryProblemAtACallerWhoPromisedNone() {
        var reading = Settings.read(Everything.Corner.class, Map.of("across", -1, "down", 10));
        assertThatThrownBy(reading::orThrow)
                .isInstanceOf(Problem.Found.class)
                .hasMessageContaining("across: '-1' is refused")
                .hasMessageContaining("; down: '10' is refused");
    }

    @Test
    void showsAProblemFromOneLevelUp() {
        assertThat(new Problem("", "m").under("a")).isEqualTo(new Problem("a", "m"));
        assertThat(new Problem("b", "m").under("a")).isEqualTo(new Problem("a.b", "m"));
        assertThat(new Problem("[0].b", "m").under("a")).isEqualTo(new Problem("a[0].b", "m"));
        assertThat(new Problem("b", "m").under("")).isEqualTo(new Problem("b", "m"));
        assertThat(new Problem("a.b", "m")).hasToString("a.b: m");
        assertThat(new Problem("", "m")).hasToString("m");
    }
}
