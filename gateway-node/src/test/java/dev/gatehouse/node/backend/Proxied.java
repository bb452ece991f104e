package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.backend.http2.Http2Upstream;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.server.HttpListener;
import dev.gatehouse.node.server.ListenerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A proxy before scripted services, with pools of its own. */
final class Proxied implements AutoCloseable {

    static final UpstreamTimes PATIENT = new UpstreamTimes(Duration.ofSeconds(5), Duration.ofSeconds(20));

    /** A second connection to the same service cannot be had while the first is lent. */
    static final PoolLimits ONE = new PoolLimits(1, 1, 1, Duration.ofSeconds(30), Duration.ofMinutes(10));

    /** A response, read to its end. */
    record Answer(int status, Headers headers, String body, Optional<Refusal> refusal) {}

    private final UpstreamPools pools;
    private final Proxy proxy;

    Proxied(PoolLimits limits, UpstreamTimes times, List<URI> targets) {
        this(limits, UpstreamTerms.plain(times), targets);
    }

    Proxied(PoolLimits limits, UpstreamTerms terms, List<URI> targets) {
        pools = new UpstreamPools(limits);
        proxy = Proxies.to(targets, terms, pools);
    }

    static Proxied to(ScriptedUpstream... upstreams) {
        return to(PATIENT, upstreams);
    }

    static Proxied to(UpstreamTimes times, ScriptedUpstream... upstreams) {
        return new Proxied(PoolLimits.DEFAULT, times, urls(upstreams));
    }

    static Proxied to(PoolLimits limits, UpstreamTimes times, ScriptedUpstream... upstreams) {
        return new Proxied(limits, times, urls(upstreams));
    }

    static Proxied to(PoolLimits limits, UpstreamTerms terms, ScriptedUpstream... upstreams) {
        return new Proxied(limits, terms, urls(upstreams));
    }

    private static List<URI> urls(ScriptedUpstream... upstreams) {
        return Arrays.stream(upstreams).map(ScriptedUpstream::url).toList();
    }

    /** Over HTTP/2. */
    static Proxied http2(PoolLimits limits, UpstreamTimes times, Http2Upstream... upstreams) {
        var terms = new UpstreamTerms(times, true, UpstreamTls.PLATFORM, WebSockets.NONE);
        var targets = Arrays.stream(upstreams).map(Http2Upstream::url).toList();
        return new Proxied(limits, terms, targets);
    }

    static Proxied http2(Http2Upstream... upstreams) {
        return http2(PoolLimits.DEFAULT, PATIENT, upstreams);
    }

    /** The body is still to come. */
    Response start(Exchange exchange) {
        return proxy.handle(exchange);
    }

    Answer ask(Exchange exchange) {
        try (var response = start(exchange)) {
            return new Answer(response.status(), response.headers(), read(response), refusal(response));
        }
    }

    Answer get() {
        return ask(Exchanges.get("/"));
    }

    static String read(Response response) {
        try {
            return new String(response.body().stream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Refusal> refusal(Response response) {
        var rejection = response.rejection();
        return rejection == null ? Optional.empty() : Optional.of(rejection.refusal());
    }

    /** For clients on real connections. */
    HttpListener listen() {
        return HttpListener.start(ListenerSettings.of("127.0.0.1", 0), proxy);
    }

    @Override
    public void close() {
        pools.close();
    }
}
