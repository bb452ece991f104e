package dev.gatehouse.node.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What came of reading some octets: a value and what was left, or which rule was broken. Nothing else may happen. */
record Reading<T>(T value, String left, String broken) {

    @FunctionalInterface
    interface Parser<T> {
        T parse(WireInput in) throws IOException;
    }

    /** How many octets a read gives, besides one. */
    private static final int[] CUTS = {3, 1000, Integer.MAX_VALUE};

    /**
     * The same, however the octets are cut into reads.
     *
     * @throws AssertionError when it is not
     */
    static <T> Reading<T> however(byte[] data, T nothing, Parser<T> parser) {
        var text = new String(data, StandardCharsets.ISO_8859_1);
        var bySingleOctets = of(Trickle.of(text, 1), nothing, parser);
        for (int most : CUTS) {
            var reading = of(Trickle.of(text, most), nothing, parser);
            if (!reading.equals(bySingleOctets)) {
                throw new AssertionError(bySingleOctets + " by single octets, " + reading + " by " + most);
            }
        }
        return bySingleOctets;
    }

    private static <T> Reading<T> of(WireInput in, T nothing, Parser<T> parser) {
        try {
            var value = parser.parse(in);
            return new Reading<>(value, rest(in), "");
        } catch (WireException e) {
            return new Reading<>(nothing, "", e.refusal() + " " + e.getMessage());
        } catch (EOFException e) {
            return new Reading<>(nothing, "", "end");
        } catch (IOException e) {
            throw new AssertionError("neither a broken rule nor an early end", e);
        }
    }

    private static String rest(WireInput in) throws IOException {
        var left = new StringBuilder();
        var buffer = new byte[512];
        for (int count; (count = in.read(buffer, 0, buffer.length)) >= 0; ) {
            left.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        }
        return left.toString();
    }

    boolean wellFormed() {
        return broken.isEmpty();
    }
}
