package dev.gatehouse.node.server;

import java.lang.System.Logger.Level;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many connections there may be: in all, from one address, and as the heap and the file descriptors of the process allow. An
 * accept that finds no descriptor ends Helidon's listener, so the descriptors must never run out.
 */
final class Room {

    private static final System.Logger LOG = System.getLogger(Room.class.getName());

    private static final int NETWORK_BYTES = 8;

    private static final int TIGHT = 256;

    /** What one connection holds while a head is awaited: buffers here and in Helidon's socket, a stack. */
    private static final int CONNECTION_BYTES = 32 << 10;

    /** Half the heap: who takes it all by opening connections must not take the threads that accept with it. */
    private static final long HELD = Runtime.getRuntime().maxMemory() / 2 / CONNECTION_BYTES;

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int most;
    private final int perAddress;
    private final TrustedProxies proxies;
    private final boolean proxiesOnly;
    private final Descriptors descriptors;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<InetAddress, Integer> byNetwork = new ConcurrentHashMap<>();
    private final AtomicLong shed = new AtomicLong();
    private volatile int allowed;
    private volatile boolean tight;
    private long told;
    private long toldAt = System.nanoTime();

    Room(ListenerSettings settings, Descriptors descriptors) {
        most = settings.maxConnections();
        perAddress = settings.maxPerAddress();
        proxies = TrustedProxies.of(settings.trustedProxies());
        proxiesOnly = settings.proxyProtocol();
        this.descriptors = descriptors;
        measure();
    }

    /** False when there is none for it; that is counted. */
    boolean take(InetAddress peer) {
        if (open.incrementAndGet() <= allowed && (!proxiesOnly || proxies.trusts(peer)) && takeAddress(peer)) {
            return true;
        }
        open.decrementAndGet();
        shed.incrementAndGet();
        return false;
    }

    /** Of a client behind a proxy: its connection is the proxy's, but it may not have any number of them. */
    boolean takeClient(InetAddress client) {
        if (takeAddress(client)) {
            return true;
        }
        shed.incrementAndGet();
        return false;
    }

    void leave(InetAddress peer) {
        open.decrementAndGet();
        leaveAddress(peer);
    }

    void leaveAddress(InetAddress peer) {
        if (limited(peer)) {
            byNetwork.computeIfPresent(network(peer), (_, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Looks at the descriptors anew, and tells of those that were not let in. To be called now and then. */
    void measure() {
        int here = open.get();
        long left = descriptors.left();
        tight = left < TIGHT;
        // each newcomer may need a second descriptor, for the connection to a service
        allowed = (int) Math.min(Math.min(most, HELD), here + left / 2);
        tell(here);
    }

    /** At most once a second. */
    private void tell(int here) {
        long all = shed.get();
        long now = System.nanoTime();
        if (all > told && now - toldAt >= QUIET_NANOS) {
            toldAt = now;
            LOG.log(
                    Level.WARNING,
                    "{0} connections were closed unanswered: {1} are open, at most {2} may be, {3} from one address",
                    all - told,
                    here,
                    allowed,
                    perAddress);
            told = all;
        }
    }

    /** Whether so few descriptors are left that {@link #measure} is to be called more often. */
    boolean tight() {
        return tight;
    }

    /** How many have to go so that newcomers find room: a twentieth is kept free. */
    int excess() {
        int limit = allowed;
        return open.get() - (limit - Math.max(1, limit / 20));
    }

    /** How many were closed unanswered, ever. */
    long shed() {
        return shed.get();
    }

    private boolean takeAddress(InetAddress peer) {
        if (!limited(peer)) {
            return true;
        }
        var network = network(peer);
        if (byNetwork.merge(network, 1, Integer::sum) <= perAddress) {
            return true;
        }
        byNetwork.computeIfPresent(network, (_, count) -> count == 1 ? null : count - 1);
        return false;
    }

    /** A balancer is many clients, and who is on this machine has other ways to harm it. */
    private boolean limited(InetAddress peer) {
        return !peer.isLoopbackAddress() && !proxies.trusts(peer);
    }

    /** An IPv6 customer holds at least a /64, so its addresses count as one. */
    private static InetAddress network(InetAddress address) {
        if (address instanceof Inet6Address six) {
            var octets = six.getAddress();
            Arrays.fill(octets, NETWORK_BYTES, octets.length, (byte) 0);
            return IpLiteral.of(octets);
        }
        return address;
    }
}
