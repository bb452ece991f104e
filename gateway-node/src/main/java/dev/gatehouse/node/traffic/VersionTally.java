package dev.gatehouse.node.traffic;

import dev.gatehouse.db.live.VersionCalls;
import dev.gatehouse.db.live.VersionCalls.Caller;
import dev.gatehouse.node.exchange.VersionCall;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who called which version since the last look; many threads raise, one empties, nothing raised is lost in between. */
final class VersionTally {

    private static final int MOST = 10_000;

    private final Map<Caller, Long> calls = new ConcurrentHashMap<>();

    void count(VersionCall call) {
        var caller = new Caller(call.api(), call.version(), call.consumer());
        boolean full = calls.size() >= MOST && !calls.containsKey(caller);
        calls.merge(full ? new Caller(call.api(), call.version(), VersionCalls.OTHERS) : caller, 1L, Long::sum);
    }

    /** What was counted since the last call. */
    Map<Caller, Long> take() {
        var taken = new HashMap<Caller, Long>();
        calls.keySet().forEach(caller -> {
            var count = calls.remove(caller);
            if (count != null) {
                taken.put(caller, count);
            }
        });
        return taken;
    }
}
