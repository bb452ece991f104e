package dev.gatehouse.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RoomTest {

    private static final InetAddress PEER = InetAddress.ofLiteral("192.0.2.1");

    private final AtomicLong descriptors = new AtomicLong(1_000);

    private Room room(int all, int perAddress) {
        var settings = ListenerSettings.of("127.0.0.1", 0)
                .withMaxConnections(all, perAddress)
                .trusting(List.of("10.0.0.0/8"));
        return new Room(settings, descriptors::get);
    }

    @Test
    void admitsNoMoreThanItsLimitInAll() {
        var room = room(3, 100);
        assertThat(admitted(room, 5, "192.0.2.1")).isEqualTo(3);
        assertThat(room.shed()).isEqualTo(2);

        room.leave(PEER);
        assertThat(admitted(room, 5, "192.0.2.1")).isEqualTo(1);
    }

    @Test
    void admitsNoMoreThanTheLimitOfOneAddressFromThere() {
        var room = room(100, 2);
        assertThat(admitted(room, 5, "192.0.2.1")).isEqualTo(2);
        assertThat(admitted(room, 5, "192.0.2.2")).isEqualTo(2);

        room.leave(PEER);
        assertThat(admitted(room, 5, "192.0.2.1")).isEqualTo(1);
    }

    @Test
    void takesTheAddressesOfAnIpv6NetworkForOne() {
        var room = room(100, 2);
        assertThat(admitted(room, 1, "2001:db8::1")).isEqualTo(1);
        assertThat(admitted(room, 5, "2001:db8::ffff:2")).isEqualTo(1);
        assertThat(admitted(room, 5, "2001:db8:0:1::1")).isEqualTo(2);
    }

    @Test
    void countsNeitherTrustedProxiesNorThisMachineByAddress() {
        var room = room(100, 2);
        assertThat(admitted(room, 5, "10.1.2.3")).isEqualTo(5);
        assertThat(admitted(room, 5, "127.0.0.1")).isEqualTo(5);
        assertThat(admitted(room, 5, "::1")).isEqualTo(5);
    }

    @Test
    void keepsADescriptorForTheServiceOfEachConnection() {
        descriptors.set(20);
        assertThat(admitted(room(100, 100), 50, "192.0.2.1")).isEqualTo(10);
    }

    @Test
    void looksAtTheDescriptorsAgain() {
        var room = room(100, 100);
        assertThat(admitted(room, 10, "192.0.2.1")).isEqualTo(10);

        descriptors.set(0);
        room.measure();
        assertThat(admitted(room, 1, "192.0.2.1")).isZero();
        assertThat(room.excess()).isPositive();

        descriptors.set(1_000);
        room.measure();
        assertThat(admitted(room, 1, "192.0.2.1")).isEqualTo(1);
        assertThat(room.excess()).isNegative();
    }

    private static int admitted(Room room, int asked, String address) {
        int admitted = 0;
        for (int i = 0; i < asked; i++) {
            admitted += room.take(InetAddress.ofLiteral(address)) ? 1 : 0;
        }
        return admitted;
    }
}
