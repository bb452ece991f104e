package dev.gatehouse.node.fetch;

import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.http1.Http1Client;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLParameters;

/** Asks other servers for small documents. Redirects are not followed, and no proxy of the environment is used. */
public final class Fetcher implements AutoCloseable {

    private static final int MOST = 512 << 10;
    private static final int OK = 200;

    private final Names names;
    private final ConcurrentHashMap<Kind, Http1Client> clients = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public Fetcher(AddressRules rules) {
        names = new Names(rules);
    }

    /** What questions have in common that one client can ask. */
    private record Kind(String trust, int port) {}

    /**
     * What is asked.
     *
     * @param body sent with POST; empty: nothing, with GET
     * @param trust authorities in PEM; empty: those of the platform
     * @param limit from the name to the last byte
     */
    public record Question(URI uri, Map<String, String> headers, String body, String trust, Duration limit) {

        public static Question get(String uri, String trust, Duration limit) {
            return new Question(URI.create(uri), Map.of("Accept", "application/json"), "", trust, limit);
        }
    }

    /**
     * The body of a 200.
     *
     * @throws IOException when there is none in time; the message says why, in a few words
     */
    public byte[] fetch(Question question) throws IOException {
        var answer = threads.submit(() -> ask(question));
        try {
            return answer.get(question.limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + question.limit.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException(reason(e.getCause() == null ? e : e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            // closes the connection of one that is late
            answer.cancel(true);
        }
    }

    private byte[] ask(Question question) throws IOException {
        var request = client(question).method(Method.create(question.body.isEmpty() ? "GET" : "POST"));
        request.uri(question.uri).skipUriEncoding(true).keepAlive(false).readTimeout(question.limit);
        question.headers.forEach((name, value) -> request.header(HeaderNames.create(name), value));
        try (HttpClientResponse response = question.body.isEmpty()
                ? request.request()
                : request.submit(question.body.getBytes(StandardCharsets.UTF_8))) {
            int status = response.status().code();
            if (status != OK) {
                throw new IOException("its answer was " + status);
            }
            if (!response.entity().hasEntity()) {
                return new byte[0];
            }
            try (var in = response.inputStream()) {
                var bytes = in.readNBytes(MOST + 1);
                if (bytes.length > MOST) {
                    throw new IOException("its answer has more than " + MOST + " bytes");
                }
                return bytes;
            }
        }
    }

    private Http1Client client(Question question) {
        return clients.computeIfAbsent(
                new Kind(question.trust, port(question.uri)),
                kind -> Http1Client.builder()
                        .followRedirects(false)
                        .proxy(Proxy.noProxy())
                        .sendExpectContinue(false)
                        .shareConnectionCache(false)
                        .connectionCacheSize(0)
                        .servicesDiscoverServices(false)
                        .dnsResolver(names.towards(kind.port))
                        .tls(tls(kind.trust))
                        .build());
    }

    private static int port(URI uri) {
        return uri.getPort() > 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    /** With a context of our own Helidon leaves the server's name unchecked, unless it is told. */
    private static Tls tls(String trust) {
        var parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return Tls.builder()
                .sslContext(Trust.context(trust))
                .sslParameters(parameters)
                .build();
    }

    private static String reason(Throwable cause) {
        var deepest = cause;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        var message = deepest.getMessage();
        return message == null
                ? deepest.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    @Override
    public void close() {
        threads.shutdownNow();
        names.close();
    }
}
