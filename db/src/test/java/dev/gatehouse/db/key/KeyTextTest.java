package dev.gatehouse.db.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {

    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_- \u00e4";
    private static final KeyText KEY = KeyText.create("live", new Random(1));

    @Test
    void readsBackWhatItCreates() {
        for (var environment : new String[] {"live", "test", "x", "a234567890123456"}) {
            var key = KeyText.create(environment);
            assertThat(key.text()).matches("gk_" + environment + "_[0-9A-Za-z]{46}");
            assertThat(key.text()).contains("_" + key.id());
            assertThat(key.id()).hasSize(8);
            assertThat(KeyText.read(key.text())).contains(key);
        }
    }

    @Test
    void leavesOnlyWhatIsPublicOfAKeyWithinAText() {
        var key = KeyText.create("live");

        assertThat(KeyText.conceal("/a/" + key.text() + "/b")).isEqualTo("/a/gk_live_" + key.id() + "***/b");
        assertThat(KeyText.conceal("/gk_live_short")).isEqualTo("/gk_live_short");
    }

    /** Made elsewhere: CRC-32 0xE2B957FC of all before it, in base62, the most significant digit first. */
    @Test
    void readsAKeyIssuedByAnEarlierRelease() {
        assertThat(KeyText.read("gk_live_0000000000000000000000000000000000000000" + "49QLUa"))
                .map(KeyText::id)
                .contains("00000000");
    }

    @Test
    void refusesEverySingleTypingError() {
        for (int at = 0; at < KEY.text().length(); at++) {
            for (int letter : LETTERS.chars().toArray()) {
                if (letter != KEY.text().charAt(at)) {
                    var typed = new StringBuilder(KEY.text());
                    typed.setCharAt(at, (char) letter);
                    assertThat(KeyText.read(typed.toString()))
                            .as(typed.toString())
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void refusesSwappedLostAndDoubledCharacters() {
        var text = KEY.text();
        for (int at = 0; at < text.length(); at++) {
            assertThat(KeyText.read(text.substring(0, at) + text.substring(at + 1)))
                    .isEmpty();
            assertThat(KeyText.read(text.substring(0, at + 1) + text.substring(at)))
                    .isEmpty();
            if (at > 0 && text.charAt(at) != text.charAt(at - 1)) {
                var swapped = new StringBuilder(text);
                swapped.setCharAt(at, text.charAt(at - 1));
                swapped.setCharAt(at - 1, text.charAt(at));
                assertThat(KeyText.read(swapped.toString())).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gk_",
                "gk_live_",
                "Bearer x",
                "gk__0000000000000000000000000000000000000000000000",
                "gk_LIVE_0000000000000000000000000000000000000000000000",
                "gk_a2345678901234567_0000000000000000000000000000000000000000000000"
            })
    void refusesGarbage(String text) {
        assertThat(KeyText.read(text)).isEmpty();
    }

    @Test
    void refusesAKeyWithSomethingAround() {
        assertThat(KeyText.read(KEY.text())).isPresent();
        assertThat(KeyText.read(" " + KEY.text())).isEmpty();
        assertThat(KeyText.read(KEY.text() + "\n")).isEmpty();
        assertThat(KeyText.read("x".repeat(1_000_000))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Live", "a_b", "a b", "a2345678901234567"})
    void createsNoneForWhatIsNoEnvironment(String environment) {
        assertThatThrownBy(() -> KeyText.create(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 16 lower-case letters and digits");
    }

    @Test
    void createsADifferentKeyEachTime() {
        var texts = new HashSet<String>();
        for (int i = 0; i < 1_000; i++) {
            texts.add(KeyText.create("live").text());
        }
        assertThat(texts).hasSize(1_000);
    }

    @Test
    void usesTheWholeAlphabetEvenly() {
        var counts = new int[128];
        var random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            KeyText.create("x", random).text().substring(5, 45).chars().forEach(letter -> counts[letter]++);
        }
        for (int letter : LETTERS.substring(0, 62).chars().toArray()) {
            assertThat(counts[letter]).as(Character.toString(letter)).isBetween(1_100, 1_500); // 80,000 / 62 = 1,290
        }
    }

    @Test
    void keepsItsSecretOutOfLogs() {
        assertThat(KEY).hasToString("key " + KEY.id());
    }
}
