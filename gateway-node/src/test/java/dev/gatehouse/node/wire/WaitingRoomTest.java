package dev.gatehouse.node.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WaitingRoomTest {

    @Test
    void nobodyStaysBehind() throws InterruptedException {
        for (var guest : guests(200, 50)) {
            guest.join();
        }
    }

    @Test
    void whoIsInterruptedLeavesAtOnceAndTakesTheOthersAlong() throws InterruptedException {
        var guests = guests(50, 50);
        for (int i = 0; i < guests.size(); i += 2) {
            guests.get(i).interrupt();
        }
        for (var guest : guests) {
            guest.join();
        }
    }

    @Test
    void othersGoFirst() throws InterruptedException {
        var other = new CountDownLatch(1);
        var guests = new ArrayList<Thread>();
        for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
            // as many as keep every carrier busy, and never done before the one that comes last had its turn
            guests.add(Thread.ofVirtual().start(() -> {
                while (other.getCount() > 0) {
                    PeerChannel.giveWay();
                    WaitingRoom.pass();
                }
            }));
        }
        Thread.ofPlatform().start(() -> Thread.startVirtualThread(other::countDown));
        for (var guest : guests) {
            guest.join();
        }
        assertThat(other.getCount()).isZero();
    }

    private static List<Thread> guests(int number, int times) {
        var guests = new ArrayList<Thread>();
        for (int i = 0; i < number; i++) {
            guests.add(Thread.ofVirtual().start(() -> {
                for (int pass = 0; pass < times; pass++) {
                    WaitingRoom.pass();
                }
            }));
        }
        return guests;
    }
}
