package dev.gatehouse.db.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.live.RedisAccess;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class OwnStoresTest {

    private final OwnStores stores = OwnStores.of(
            new Database.Access("jdbc:postgresql://192.0.2.1:6543,192.0.2.2/gatehouse", "gatehouse", ""),
            RedisAccess.of("redis://localhost:7000,[2001:db8::7]:7001"));

    private boolean at(String address, int port) {
        return stores.listenAt(InetAddress.ofLiteral(address), port);
    }

    @Test
    void knowsEachHostByItsPort() {
        assertThat(at("192.0.2.1", 6543)).isTrue();
        assertThat(at("192.0.2.2", 5432)).isTrue();
        assertThat(at("2001:db8::7", 7001)).isTrue();
        assertThat(at("192.0.2.1", 443)).isFalse();
        assertThat(at("192.0.2.1", 7001)).isFalse();
        assertThat(at("192.0.2.3", 5432)).isFalse();
        assertThat(OwnStores.NONE.listenAt(InetAddress.getLoopbackAddress(), 5432))
                .isFalse();
    }

    @Test
    void knowsThisMachineUnderEachOfItsAddresses() {
        for (var own : new String[] {"127.0.0.1", "127.0.0.2", "::1", "0.0.0.0"}) {
            assertThat(at(own, 7000)).as(own).isTrue();
        }
    }
}
