package dev.gatehouse.node.traffic;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives spans the ids that services and callers were told, long before the spans are made. */
final class KnownIds implements IdGenerator {

    private static final IdGenerator RANDOM = IdGenerator.random();

    private record Ids(String trace, @Nullable String span) {}

    private final ScopedValue<Ids> known = ScopedValue.newInstance();

    /** @param span null for any */
    <T> T in(String trace, @Nullable String span, Supplier<T> making) {
        return ScopedValue.where(known, new Ids(trace, span)).call(making::get);
    }

    @Override
    public String generateTraceId() {
        return known.isBound() ? known.get().trace : RANDOM.generateTraceId();
    }

    @Override
    public String generateSpanId() {
        var span = known.isBound() ? known.get().span : null;
        return span == null ? RANDOM.generateSpanId() : span;
    }
}
