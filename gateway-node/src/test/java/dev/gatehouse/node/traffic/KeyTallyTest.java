package dev.gatehouse.node.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.live.KeyCalls.Calls;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Client;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class KeyTallyTest {

    private static final Instant NOW = Instant.parse("2026-10-07T12:00:00Z");
    private static final Caller SHOP = new Caller("shop", "aaaaaaaa");

    private final KeyTally tally = new KeyTally();

    @Test
    void tellsHowOftenEachKeyCalledAndFromWhere() {
        tally.count(SHOP, from("192.0.2.1"));
        tally.count(SHOP, from("192.0.2.2"));
        tally.count(SHOP, from("192.0.2.1"));
        tally.count(new Caller("bank", "bbbbbbbb"), from("2001:db8:1:2:3::4"));
        tally.count(new Caller("bank", "bbbbbbbb"), from("2001:db8:1:2::7"));

        assertThat(tally.take(NOW))
                .containsExactlyInAnyOrder(
                        new Calls("aaaaaaaa", "shop", 3, NOW, "192.0.2.1", List.of("192.0.2.1", "192.0.2.2")),
                        new Calls("bbbbbbbb", "bank", 2, NOW, "2001:db8:1:2:0:0:0:7", List.of("2001:db8:1:2::/64")));
        assertThat(tally.take(NOW)).isEmpty();
    }

    @Test
    void losesNothingThatIsCountedWhileItIsEmptied() throws Exception {
        long taken = 0;
        try (var threads = Executors.newFixedThreadPool(3)) {
            var done = new ArrayList<Future<?>>();
            for (int i = 0; i < 3; i++) {
                done.add(threads.submit(() -> {
                    for (int n = 0; n < 100_000; n++) {
                        tally.count(SHOP, from("192.0.2.1"));
                    }
                }));
            }
            while (!done.stream().allMatch(Future::isDone)) {
                taken += sum();
            }
            for (var future : done) {
                future.get();
            }
        }
        assertThat(taken + sum()).isEqualTo(300_000);
    }

    private long sum() {
        return tally.take(NOW).stream().mapToLong(Calls::count).sum();
    }

    private static Client from(String address) {
        return new Client(InetAddress.ofLiteral(address), "http", null);
    }
}
