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
import org.jspecify.annotations.Nullable;

/**
 * Names to addresses, on platform threads: a look-up is a native call and would hold the carrier of a virtual thread,
 * of which there are as many as cores. The last good answer stands in for a name server that is down.
 */
final class Resolver implements AutoCloseable {

    private static final long TTL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private record Answer(List<InetAddress> addresses, long at) {}

    private final ConcurrentHashMap<String, Answer> answers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, CompletableFuture<Answer>> running = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("gatehouse-dns-", 0).factory());

    List<InetAddress> addresses(String host, Duration wait) throws IOException {
        var literal = literal(host);
        if (literal != null) {
            return List.of(literal);
        }
        var known = answers.get(host);
        if (known != null && System.nanoTime() - known.at < TTL_NANOS) {
            return known.addresses;
        }
        try {
            return lookUp(host).get(wait.toNanos(), TimeUnit.NANOSECONDS).addresses;
        } catch (ExecutionException | TimeoutException e) {
            if (known != null) {
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
                    var found = new Answer(List.of(InetAddress.getAllByName(name)), System.nanoTime());
                    answers.put(name, found);
                    answer.complete(found);
                } catch (UnknownHostException | RuntimeException e) {
                    answer.completeExceptionally(e);
                } finally {
                    running.remove(name);
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
