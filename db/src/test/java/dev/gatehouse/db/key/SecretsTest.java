package dev.gatehouse.db.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.db.environment.Environment;
import dev.gatehouse.db.settings.Sealed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {

    private static final String FIRST = key(1);
    private static final String SECOND = key(2);
    private static final byte[] SECRET = "a private key".getBytes(StandardCharsets.UTF_8);

    private final Secrets secrets = Secrets.read("1:" + FIRST);

    private static String key(int fill) {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void opensWhatItSealed() {
        var sealed = secrets.seal("here", SECRET);
        assertThat(sealed.toString()).startsWith("sealed:v1:").doesNotContain("private");
        assertThat(Sealed.read(sealed.toString())).contains(sealed);
        assertThat(secrets.open("here", sealed)).isEqualTo(SECRET);
    }

    @Test
    void sealsEqualSecretsInOnePlaceToEqualTexts() {
        assertThat(secrets.seal("here", SECRET))
                .isEqualTo(Secrets.read("1:" + FIRST).seal("here", SECRET));
    }

    /** A nonce that comes twice would give away what GCM hides. */
    @Test
    void neverUsesANonceForTwoSecretsOrTwoPlaces() {
        var nonces = new HashSet<String>();
        for (int i = 0; i < 1_000; i++) {
            nonces.add(secrets.seal("place", ("secret " + i).getBytes(StandardCharsets.UTF_8))
                    .base64()
                    .substring(0, 16));
            nonces.add(secrets.seal("place " + i, SECRET).base64().substring(0, 16));
        }
        assertThat(nonces).hasSize(2_000);
        var shifted = secrets.seal("place a", "b".getBytes(StandardCharsets.UTF_8));
        assertThat(shifted.base64().substring(0, 16))
                .isNotEqualTo(secrets.seal("place ", "ab".getBytes(StandardCharsets.UTF_8))
                        .base64()
                        .substring(0, 16));
    }

    @Test
    void sealsWithTheHighestAndOpensWithAll() {
        var old = secrets.seal("here", SECRET);
        var both = Secrets.read("2:" + SECOND + ", 1:" + FIRST);
        assertThat(both.seal("here", SECRET).version()).isEqualTo(2);
        assertThat(both.open("here", old)).isEqualTo(SECRET);
    }

    @Test
    void opensNothingWithAnotherKey() {
        var sealed = secrets.seal("here", SECRET);
        assertThatThrownBy(() -> Secrets.read("1:" + SECOND).open("here", sealed))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("cannot be decrypted with key 1 of GATEHOUSE_SECRET_KEY: that is another key");
        assertThatThrownBy(() -> Secrets.read("2:" + FIRST).open("here", sealed))
                .isInstanceOf(SecretException.class)
                .hasMessage("The stored private key was encrypted with key 1, which GATEHOUSE_SECRET_KEY does not hold;"
                        + " it holds 2.");
        assertThatThrownBy(() -> Secrets.NONE.open("here", sealed))
                .isInstanceOf(SecretException.class)
                .hasMessage("The stored private key was encrypted with key 1, which GATEHOUSE_SECRET_KEY does not hold;"
                        + " it is not set.");
    }

    @Test
    void opensNothingInAnotherPlace() {
        var sealed = secrets.seal("here", SECRET);
        assertThatThrownBy(() -> secrets.open("there", sealed)).isInstanceOf(SecretException.class);
    }

    @Test
    void noticesEachAlteredByte() {
        var bytes = secrets.seal("here", SECRET).bytes();
        for (int i = 0; i < bytes.length; i++) {
            var altered = bytes.clone();
            altered[i] ^= 1;
            assertThatThrownBy(() -> secrets.open("here", Sealed.of(1, altered)))
                    .isInstanceOf(SecretException.class);
        }
        for (int length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> secrets.open("here", Sealed.of(1, cut))).isInstanceOf(SecretException.class);
        }
        assertThatThrownBy(() -> secrets.open("here", new Sealed(1, "A".repeat(41))))
                .isInstanceOf(SecretException.class);
    }

    @Test
    void sealsNothingWithoutAKeyAndSaysWhatToDo() {
        var none = Secrets.of(Environment.read(Map.of()));
        assertThatThrownBy(() -> none.seal("here", SECRET))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("set GATEHOUSE_SECRET_KEY");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secret | it must be NUMBER:BASE64",
                "0:AAAA | it must be NUMBER:BASE64",
                ",1:AAAA | it must be NUMBER:BASE64",
                "1:AAAAA | key 1 is no base64",
                "7:AAAA | key 7 has 3 bytes; it must have 32",
            })
    void refusesAVariableThatHoldsNoKeys(String text, String reason) {
        assertThatThrownBy(() -> Secrets.of(Environment.read(Map.of("GATEHOUSE_SECRET_KEY", text))))
                .isInstanceOf(Environment.Invalid.class)
                .hasMessageContaining("GATEHOUSE_SECRET_KEY: " + reason)
                .hasMessageNotContaining("AAAA");
    }

    @Test
    void refusesANumberThatStandsTwice() {
        assertThatThrownBy(() -> Secrets.read("1:" + FIRST + ",1:" + SECOND))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("number 1 stands there twice");
    }

    @Test
    void keepsItsKeysOutOfLogs() {
        assertThat(Secrets.read("1:" + FIRST + ",2:" + SECOND)).hasToString("secret keys 1, 2");
    }
}
