package dev.gatehouse.node.authentication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * Refused credentials by address, on this node alone: each address has a bucket of as many as it may send in a minute,
 * which fills again evenly (GCRA: one moment an address). An IPv6 customer holds at least a /64, so its addresses count
 * as one. The least lately refused are forgotten first.
 */
public final class Attempts {

    private static final int ADDRESSES = 100_000;
    private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);

    /** When the bucket is full again, by network. */
    private final Cache<Long, Long> full =
            Caffeine.newBuilder().maximumSize(ADDRESSES).executor(Runnable::run).build();

    private final InstantSource clock;

    public Attempts(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Counts one.
     *
     * @param perMinute how many there may be; 0: any number
     * @return how long the address has to wait, in milliseconds; 0 when this one was still within what it may
     */
    long refused(InetAddress address, long perMinute) {
        if (perMinute == 0) {
            return 0;
        }
        long now = clock.millis();
        long each = Math.max(1, MINUTE / perMinute);
        var waits = new long[1];
        full.asMap().compute(network(address), (_, before) -> {
            long from = before == null ? now : Math.max(before, now);
            waits[0] = Math.max(0, from + each - MINUTE - now);
            // who goes on while it waits does not wait longer for it
            return waits[0] > 0 ? from : from + each;
        });
        return waits[0];
    }

    /** How long until the address may send one that has yet to be proven, in milliseconds; 0: at once. */
    long wait(InetAddress address, long perMinute) {
        var until = perMinute == 0 ? null : full.getIfPresent(network(address));
        return until == null ? 0 : Math.max(0, until + Math.max(1, MINUTE / perMinute) - MINUTE - clock.millis());
    }

    private static Long network(InetAddress address) {
        var octets = address.getAddress();
        // an IPv4 address lies where no IPv6 network does: the first 32 bits of ::/64 are not given to customers
        return address instanceof Inet6Address
                ? ByteBuffer.wrap(octets).getLong()
                : ByteBuffer.wrap(octets).getInt() & 0xffff_ffffL;
    }
}
