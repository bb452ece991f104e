package dev.gatehouse.node.backend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Names to addresses, on platform threads: a look-up is a native call and would hold the carrier of a virtual thread,
 * of which there are as many as cores. The last good answer stands in for a name server that is down.
 */
final class Resolver implements AutoCloseable {

    private static final long TTL_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Asks the system; may take long. */
    interface Lookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private record Answer(List<InetAddress> addresses, long at) {}

    private final Lookup lookup;
    private final LongSupplier nanos;
    private final ConcurrentHashMap<String, Answer> answers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, CompletableFuture<Answer>> running = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("gatehouse-dns-", 0).factory());

    Resolver() {
        this(InetAddress::getAllByName, System::nanoTime);
    }

    Resolver(Lookup lookup, LongSupplier nanos) {
        this.lookup = lookup;
        this.nanos = nanos;
    }

    List<InetAddress> addresses(String host, Duration wait) throws IOException {
        var literal = literal(host);
        if (literal != null) {
            return List.of(literal);
        }
        var known = answers.get(host);
        if (known != null && nanos.getAsLong() - known.at < TTL_NANOS) {
            return known.addresses;
        }
        // where the last answer can stand in, half of the time is left to connect with it
        var patience = known == null ? wait : wait.dividedBy(2);
        try {
            return lookUp(host).get(patience.toNanos(), TimeUnit.NANOSECONDS).addresses;
        } catch (ExecutionException | TimeoutException e) {
            if (known != null) {
                // good for another while: not every request waits for a name server that is down
                answers.replace(host, known, new Answer(known.addresses, nanos.getAsLong()));
                return known.addresses;
            }
            throw e instanceof TimeoutException
                    ? new SocketTimeoutException("looking up " + host + " took longer than " + wait.toMillis() + " ms")
                    : new UnknownHostException("no address for " + host);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while looking up " + host, e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** One look-up a name at a time, however many ask. */
    private CompletableFuture<Answer> lookUp(String host) {
        return running.computeIfAbsent(host, name -> {
            var answer = new CompletableFuture<Answer>();
            threads.execute(() -> {
                try {
                    var found = new Answer(List.of(lookup.addresses(name)), nanos.getAsLong());
                    answers.put(name, found);
                    // before anybody learns of the answer: who asks from now on asks anew
                    running.remove(name);
                    answer.complete(found);
                } catch (UnknownHostException | RuntimeException e) {
                    running.remove(name);
                    answer.completeExceptionally(e);
                }
            });
            return answer;
        });
    }

    private static @Nullable InetAddress literal(String host) {
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
