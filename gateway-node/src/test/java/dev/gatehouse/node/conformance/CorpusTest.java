package dev.gatehouse.node.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fuzz targets over their corpus and, always the same, a few thousand changes of it. */
class CorpusTest {

    private static final int CHANGES = 3_000;

    /** The octets that framing turns on. */
    private static final String TELLING = "\r\n\t :;,=\"\\0159afAF%/.?#*@[]\0\u007f\u0080\u00ff";

    static Stream<Corpus.Target> targets() {
        return Corpus.targets();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void holdsForTheCorpus(Corpus.Target target) {
        var seeds = target.all();

        assertThat(seeds).hasSizeGreaterThan(10);
        for (var seed : seeds) {
            holds(target, seed);
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void holdsForWhatBecomesOfTheCorpus(Corpus.Target target) {
        var random = new Random(20260101);
        // many times over: not the long ones
        var seeds = target.all().stream().filter(seed -> seed.length < 2_000).toList();
        for (int i = 0; i < CHANGES; i++) {
            var data = seeds.get(random.nextInt(seeds.size()));
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                data = changed(data, seeds, random);
            }
            holds(target, data);
        }
    }

    private static void holds(Corpus.Target target, byte[] data) {
        assertThatCode(() -> target.fuzz().test(data))
                .as(() -> target + " of " + Arrays.toString(data))
                .doesNotThrowAnyException();
    }

    private static byte[] changed(byte[] data, List<byte[]> seeds, Random random) {
        int at = random.nextInt(data.length + 1);
        byte telling = (byte) TELLING.charAt(random.nextInt(TELLING.length()));
        return switch (random.nextInt(5)) {
            case 0 -> spliced(data, at, at, telling);
            case 1 -> spliced(data, at, Math.min(at + 1, data.length), telling);
            case 2 -> spliced(data, at, Math.min(at + 1 + random.nextInt(4), data.length));
            case 3 -> spliced(data, at, at, Arrays.copyOfRange(data, at, Math.min(at + 20, data.length)));
            default -> {
                var other = seeds.get(random.nextInt(seeds.size()));
                yield spliced(
                        data,
                        at,
                        data.length,
                        Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length));
            }
        };
    }

    /** With those octets instead of the ones between. */
    private static byte[] spliced(byte[] data, int from, int to, byte... instead) {
        var result = Arrays.copyOf(data, data.length - (to - from) + instead.length);
        System.arraycopy(instead, 0, result, from, instead.length);
        System.arraycopy(data, to, result, from + instead.length, data.length - to);
        return result;
    }
}
