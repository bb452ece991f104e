package dev.gatehouse.db.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class PepperTest {

    private static final KeyText KEY = KeyText.create("live", new Random(1));

    @Test
    void hashesAKeyToTheSameBytesEachTime() {
        var hash = new Pepper(1, "sixteen letters!").hash(KEY);
        assertThat(hash).isEqualTo(new Pepper(1, "sixteen letters!").hash(KEY));
        assertThat(hash).hasSameHashCodeAs(new Pepper(1, "sixteen letters!").hash(KEY));
        assertThat(hash.bytes()).hasSize(32);
    }

    /** The value is that of {@code openssl dgst -sha256 -hmac}. */
    @Test
    void isHmacSha256OfTheWholeText() {
        var hash = new Pepper(1, "sixteen letters!").hash(new KeyText("gk_live_x", "x"));
        assertThat(HexFormat.of().formatHex(hash.bytes()))
                .isEqualTo("a51abfb52a6212b971d916974cb00ce968254fb2ca98fb45501a8d1122daec06");
    }

    @Test
    void isTheJdksOwnHmacWhateverTheLengths() throws Exception {
        for (int pepper : new int[] {16, 63, 64, 65, 200}) {
            var secret = "p".repeat(pepper);
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            for (int length : new int[] {1, 55, 56, 64, 300}) {
                var text = "k".repeat(length);
                assertThat(new Pepper(1, secret).hash(new KeyText(text, "k")).bytes())
                        .as("%d and %d characters", pepper, length)
                        .isEqualTo(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
            }
        }
    }

    @Test
    void givesAnotherHashForAnotherPepperOrKey() {
        var hash = new Pepper(1, "sixteen letters!").hash(KEY);
        assertThat(hash).isNotEqualTo(new Pepper(1, "sixteen letters?").hash(KEY));
        assertThat(hash).isNotEqualTo(new Pepper(2, "sixteen letters!").hash(KEY));
        assertThat(hash).isNotEqualTo(new Pepper(1, "sixteen letters!").hash(KeyText.create("live")));
    }

    @Test
    void refusesAShortSecretWithoutRepeatingIt() {
        assertThatThrownBy(() -> new Pepper(1, "fifteen letters"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 15 characters; it must have at least 16")
                .hasMessageNotContaining("fifteen letters");
    }

    @Test
    void givesBytesThatCannotReachTheHash() {
        var hash = new Pepper(1, "sixteen letters!").hash(KEY);
        hash.bytes()[0]++;
        assertThat(hash).isEqualTo(new Pepper(1, "sixteen letters!").hash(KEY));
        var bytes = hash.bytes();
        var copy = new KeyHash(bytes, 1);
        bytes[0]++;
        assertThat(copy).isEqualTo(hash);
    }

    @Test
    void derivesBytesThatBelongToItAndToOnePurpose() {
        var derived = new Pepper(1, "sixteen letters!").derive("via");
        assertThat(derived).hasSize(32).isEqualTo(new Pepper(2, "sixteen letters!").derive("via"));
        assertThat(derived).isNotEqualTo(new Pepper(1, "sixteen letters!").derive("other"));
        assertThat(derived).isNotEqualTo(new Pepper(1, "sixteen letters?").derive("via"));
    }

    @Test
    void keepsItsBytesOutOfLogs() {
        assertThat(new Pepper(3, "sixteen letters!").hash(KEY)).hasToString("key hash, pepper 3");
    }
}
