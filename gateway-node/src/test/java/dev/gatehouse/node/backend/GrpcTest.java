package dev.gatehouse.node.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.RouteResilience;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.resilience.Guards;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that pass through to a real gRPC server. */
class GrpcTest {

    private static final Downstream CALLER = new Downstream((_, _) -> {}, true, null);

    private final GrpcService service = new GrpcService();
    private final Proxied proxied = before(service.url(), true);

    @AfterEach
    void stop() {
        proxied.close();
        service.close();
    }

    @Test
    void oneMessageForOneWithMetadataAndStatus() throws IOException {
        try (var response =
                proxied.start(call("Upper", messages("hello"), "x-data-bin", "AAEC/w", "x-text", "plain"))) {
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.headers().first("content-type")).contains("application/grpc");
            assertThat(read(response)).containsExactly("HELLO");
            assertThat(response.body().trailers().first("grpc-status")).contains("0");
            assertThat(response.body().trailers().first("x-data-bin")).contains("AAEC/w");
            assertThat(service.metadata.getFirst().get(GrpcService.BINARY)).containsExactly(0, 1, 2, 0xff);
        }
    }

    @Test
    void anErrorThatIsAllThereIs() throws IOException {
        try (var response = proxied.start(call("Upper", messages("")))) {
            assertThat(read(response)).isEmpty();
            var status = new Headers()
                    .addAll(response.headers())
                    .addAll(response.body().trailers());
            assertThat(status.first("grpc-status")).contains("3");
            assertThat(status.first("grpc-message")).contains("empty: 100 %25");
        }
        try (var response = proxied.start(call("Unknown", messages("hello")))) {
            assertThat(read(response)).isEmpty();
            assertThat(response.headers().first("grpc-status")).contains("12");
        }
    }

    @Test
    void manyMessagesForOne() throws IOException {
        try (var response = proxied.start(call("Split", messages("one two three")))) {
            assertThat(read(response)).containsExactly("one", "two", "three");
            assertThat(response.body().trailers().first("grpc-status")).contains("0");
        }
    }

    @Test
    void oneMessageForMany() throws IOException {
        try (var response = proxied.start(call("Join", messages("one", "two", "three")))) {
            assertThat(read(response)).containsExactly("one two three");
        }
    }

    @Test
    void muchMoreThanAWindowInEitherDirection() throws IOException {
        var texts = new String[200];
        Arrays.setAll(texts, i -> (char) ('a' + i % 26) + "x".repeat(10_000));
        try (var response = proxied.start(call("Join", messages(texts)))) {
            assertThat(read(response)).containsExactly(String.join(" ", texts));
        }
    }

    @Test
    void messagesBothWaysInTurn() throws IOException {
        var upload = new PipedOutputStream();
        var body = new StreamedBody(Body.UNKNOWN, new PipedInputStream(upload));
        upload.write(message("first"));
        upload.flush();
        try (var response = proxied.start(call("Echo", body))) {
            var in = new DataInputStream(response.body().stream());
            assertThat(next(in)).isEqualTo("first");
            for (var text : List.of("second", "third")) {
                upload.write(message(text));
                upload.flush();
                assertThat(next(in)).isEqualTo(text);
            }
            upload.close();
            assertThat(in.read()).isNegative();
            assertThat(response.body().trailers().first("grpc-status")).contains("0");
        }
    }

    @Test
    void aCallThatTheCallerGivesUpIsCancelledAtTheService() throws IOException {
        var response = proxied.start(call("Wait", messages("begun")));
        assertThat(next(new DataInputStream(response.body().stream()))).isEqualTo("begun");
        assertThat(service.cancelled).isNotDone();

        response.close();

        service.cancelled.join();
    }

    @Test
    void aCallWhoseCallerBreaksOffIsCancelledAtTheService() {
        var failing = StreamedBody.failing(Body.UNKNOWN, 3, new EOFException("gone"));

        assertThat(proxied.ask(call("Join", failing)).refusal()).contains(Refusal.BAD_REQUEST);
    }

    @Test
    void aCallEndsForTheCallerWhenTheServiceDies() throws IOException {
        try (var response = proxied.start(call("Wait", messages("begun")))) {
            var in = new DataInputStream(response.body().stream());
            assertThat(next(in)).isEqualTo("begun");

            service.close();

            assertThatIOException().isThrownBy(in::read);
        }
    }

    @Test
    void theCallersDeadlineIsTheExchanges() throws IOException {
        connect();
        var exchange = call("Wait", messages(""), "grpc-timeout", "1S");

        var refusal = proxied.ask(exchange).refusal();

        assertThat(exchange.nanosLeft()).isNegative();
        assertThat(service.millisLeft.join()).isBetween(0L, 1_000L);
        // who of the two sees it first
        assertThat(refusal.orElse(Refusal.DEADLINE_EXCEEDED)).isEqualTo(Refusal.DEADLINE_EXCEEDED);
        service.cancelled.join();
    }

    @Test
    void theCallersDeadlineIsTheWholeCalls() throws IOException {
        connect();
        try (var response = proxied.start(call("Wait", messages("begun"), "grpc-timeout", "1S"))) {
            var in = response.body().stream();
            assertThat(next(new DataInputStream(in))).isEqualTo("begun");

            // the server ends it, or else the gateway would
            try {
                assertThat(in.readAllBytes()).isEmpty();
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("CANCEL");
            }
            service.cancelled.join();
        }
    }

    @Test
    void aCallerWithoutPatienceSaysNothingAgainstTheService() throws IOException {
        var plain = Map.of(
                "targets",
                List.of(service.url().toString()),
                "protocol",
                "http/2",
                "resilience",
                Map.of("breaker", Map.of("active", true, "least-calls", 1)));
        var texts = Settings.read(Service.class, plain).orThrow();
        var terms = new UpstreamTerms(Proxied.PATIENT, true, UpstreamTls.PLATFORM, WebSockets.NONE);
        var guards = new Guards();
        try (var pools = new UpstreamPools();
                var targets = new Targets(pools, Targets.Watches.NONE, name -> name)) {
            var guard = guards.service("texts", texts.resilience());
            var proxy = Proxy.to("texts", texts, terms, targets, RouteResilience.DEFAULT, guard);
            try (var response = proxy.handle(call("Upper", messages("hello")))) {
                assertThat(read(response)).containsExactly("HELLO");
            }
            for (int i = 0; i < 2; i++) {
                try (var response = proxy.handle(call("Upper", messages("hello"), "grpc-timeout", "1n"))) {
                    assertThat(response.status()).isEqualTo(504);
                }
                var exchange = call("Wait", messages("begun"), "grpc-timeout", "1S");
                try (var response = proxy.handle(exchange)) {
                    var in = response.body().stream();
                    assertThat(next(new DataInputStream(in))).isEqualTo("begun");
                    // the service gives it up, or else the gateway
                    try {
                        assertThat(in.readAllBytes()).isEmpty();
                    } catch (IOException e) {
                        assertThat(exchange.cutBy()).isEqualTo(Refusal.DEADLINE_EXCEEDED);
                    }
                }
            }
            assertThat(guards.problems()).isEmpty();
        }
    }

    @Test
    void aCallerThatReadsSlowlySlowsTheServiceDown() throws IOException {
        try (var response = proxied.start(call("Flood", messages("")))) {
            var in = response.body().stream();
            await().until(() -> in.available() == 65_535);
            assertThat(service.flooded).hasValueLessThan(1000);
            assertThat(in.readAllBytes()).hasSize(10_000 * 1024);
            assertThat(service.flooded).hasValue(10_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/grpc", "application/grpc+proto", "application/grpc;x=y"})
    void aCallToAServiceThatIsAskedOverAnOlderVersionIsRefused(String type) {
        try (var older = before(service.url(), false)) {
            var exchange = Exchanges.post("/test.Texts/Upper", messages("hello"), "Content-Type", type);

            assertThat(older.ask(exchange).refusal()).contains(Refusal.UPSTREAM_UNREACHABLE);
        }
    }

    /** What the first call takes longer is not part of a time that is short. */
    private void connect() throws IOException {
        try (var response = proxied.start(call("Upper", messages("hello")))) {
            assertThat(read(response)).containsExactly("HELLO");
        }
    }

    private static Proxied before(URI service, boolean http2) {
        var times = new UpstreamTimes(Duration.ofSeconds(5), Duration.ofSeconds(20));
        var terms = new UpstreamTerms(times, http2, UpstreamTls.PLATFORM, WebSockets.NONE);
        return new Proxied(PoolLimits.DEFAULT, terms, List.of(service));
    }

    private static Exchange call(String method, Body body, String... metadata) {
        var exchange = Exchanges.over(CALLER, "POST", "/test.Texts/" + method, body, metadata);
        exchange.headers().add("content-type", "application/grpc");
        return exchange;
    }

    private static Body messages(String... texts) {
        var out = new ByteArrayOutputStream();
        for (var text : texts) {
            out.writeBytes(message(text));
        }
        return new StreamedBody(Body.UNKNOWN, new ByteArrayInputStream(out.toByteArray()));
    }

    /** With the prefix: not compressed, length. */
    private static byte[] message(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(5 + bytes.length)
                .put((byte) 0)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    private static List<String> read(Response response) throws IOException {
        var texts = new ArrayList<String>();
        var in = new DataInputStream(
                new ByteArrayInputStream(response.body().stream().readAllBytes()));
        while (in.available() > 0) {
            texts.add(next(in));
        }
        return texts;
    }

    private static String next(DataInputStream in) throws IOException {
        assertThat(in.readByte()).as("not compressed").isZero();
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
