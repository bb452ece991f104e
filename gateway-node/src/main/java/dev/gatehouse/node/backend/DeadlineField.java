package dev.gatehouse.node.backend;

import dev.gatehouse.node.exchange.FieldNames;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A field in which a service is told how much time is left; what a client says there does not pass.
 *
 * @param name empty where none is told
 * @param rebuilt fields of the request that are not relayed
 */
record DeadlineField(String name, FieldNames rebuilt) {

    static final DeadlineField NONE = new DeadlineField("", OutboundFields.REBUILT);

    private static final String GRPC = "grpc-timeout";

    /** What gRPC has room for. */
    private static final long MOST = 99_999_999;

    static DeadlineField of(String name) {
        return name.isEmpty()
                ? NONE
                : new DeadlineField(name, OutboundFields.REBUILT.and(name.toLowerCase(Locale.ROOT)));
    }

    /** What there is to tell now, for {@link #add}. */
    long left(AnswerWait wait) {
        return name.isEmpty() ? 0 : wait.left(System.nanoTime());
    }

    /** @param nanos that are left */
    void add(long nanos, OutboundFields.Sink sink) {
        if (name.isEmpty() || nanos > UpstreamTimes.FAR / 2) {
            return;
        }
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
        sink.field(name, name.equalsIgnoreCase(GRPC) ? Math.min(MOST, millis) + "m" : Long.toString(millis));
    }
}
