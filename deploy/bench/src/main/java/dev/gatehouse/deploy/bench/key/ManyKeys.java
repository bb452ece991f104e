package dev.gatehouse.deploy.bench.key;

import dev.gatehouse.db.key.KeyHash;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.store.KeyStore.HashedKey;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Keys as a large installation has them: 20 000 consumers, a tenth of the keys restricted to one of 50 routes. */
final class ManyKeys {

    private static final int CONSUMERS = 20_000;
    private static final int ROUTES = 50;
    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private ManyKeys() {}

    /** Always the same for one number. */
    static byte[] hash(int number) {
        var bytes = new byte[32];
        new Random(number).nextBytes(bytes);
        return bytes;
    }

    static String id(int number) {
        var text = new StringBuilder();
        for (long rest = (number * 2_654_435_761L) & 0x3fff_ffff_ffffL; text.length() < 8; rest /= LETTERS.length()) {
            text.append(LETTERS.charAt((int) (rest % LETTERS.length())));
        }
        return text.toString();
    }

    static KeyTerms terms(int number) {
        return number % 10 == 0
                ? new KeyTerms("live", List.of("route-" + number / 10 % ROUTES), List.of("orders:read"), List.of())
                : KeyTerms.OPEN;
    }

    static String consumer(int number) {
        return "consumer-" + number % CONSUMERS;
    }

    static void handOver(int count, Consumer<HashedKey> to) {
        for (int number = 0; number < count; number++) {
            to.accept(new HashedKey(
                    id(number),
                    consumer(number),
                    new KeyHash(hash(number), 1),
                    0,
                    Long.MAX_VALUE,
                    terms(number),
                    false));
        }
    }
}
