package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static dev.gatehouse.node.backend.ScriptedUpstream.butThenSilence;
import static dev.gatehouse.node.backend.ScriptedUpstream.once;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered in place of a service that fails. */
class FallingBackTest {

    private static final String LAST = "fallback: { instead: [ { last-answer: {} } ] }";
    private static final String SPARE = "fallback: { instead: [ { service: { service: spare } } ] }";
    private static final Handler WELL = exchange -> {
        try {
            var body = exchange.body().stream().readAllBytes();
            return new Response(
                    200, new Headers(), Body.of(body.length == 0 ? "spare".getBytes(StandardCharsets.US_ASCII) : body));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    };

    @Test
    void givesAFixedReplyOnlyForWhatWasChosen() throws IOException {
        var reply = "{ instead: [ { reply: { status: 203, body: later } } ], on: [500, unreachable] }";
        try (var upstream = new ScriptedUpstream(
                        once("HTTP/1.1 500 Failed\nContent-Length: 0\n\n"),
                        once("HTTP/1.1 502 Bad\nContent-Length: 3\n\nbad"),
                        once("garbage"));
                var down = Unreachable.refusing();
                var proxied = Resilient.of("fallback: " + reply, "", upstream);
                var unreachable = new Resilient("fallback: " + reply, "", List.of(down.url()), Map.of())) {
            assertThat(proxied.get().body()).isEqualTo("later");
            assertThat(proxied.get().body()).isEqualTo("bad");
            assertThat(proxied.get().refusal()).contains(Refusal.UPSTREAM_BROKEN);
            assertThat(unreachable.get().status()).isEqualTo(203);
        }
    }

    @Test
    void asksAnotherServiceWhatNoneHasHeardOf() throws IOException {
        try (var down = Unreachable.refusing();
                var proxied = new Resilient(SPARE, "", List.of(down.url()), Map.of("spare", WELL))) {
            assertThat(proxied.get().body()).isEqualTo("spare");
            assertThat(proxied.ask(post()).body()).isEqualTo("text");
        }
    }

    @Test
    void asksAnotherServiceNothingThatMayHaveBeenDone() {
        try (var broken = new ScriptedUpstream(once("garbage"));
                var proxied = new Resilient(SPARE, "", List.of(broken.url()), Map.of("spare", WELL))) {
            assertThat(proxied.get().body()).isEqualTo("spare");
            assertThat(proxied.ask(post()).refusal()).contains(Refusal.UPSTREAM_BROKEN);
        }
    }

    @Test
    void asksNoOtherServiceWhenNoTimeIsLeft() {
        var both =
                "fallback: { instead: [ { service: { service: spare } }, { reply: { body: later } } ], on: [timeout] }";
        Handler never = _ -> {
            throw new AssertionError("asked");
        };
        try (var silent = new ScriptedUpstream(butThenSilence(""));
                var proxied = new Resilient(both, "", List.of(silent.url()), Map.of("spare", never))) {
            var exchange = Exchanges.get("/");
            exchange.answerWithin(Duration.ofMillis(100));
            assertThat(proxied.ask(exchange).body()).isEqualTo("later");
        }
    }

    @Test
    void anotherServiceThatFailsTooIsNoAnswer() throws IOException {
        Handler fails = _ -> new Response(503, new Headers(), Body.empty());
        var both =
                "fallback: { instead: [ { service: { service: spare } }, { reply: { body: later } } ], on: [unreachable, 503] }";
        try (var down = Unreachable.refusing();
                var proxied = new Resilient(both, "", List.of(down.url()), Map.of("spare", fails))) {
            assertThat(proxied.get().body()).isEqualTo("later");
        }
    }

    @Test
    void givesTheLastGoodAnswerToTheSameQuestionOfTheSameConsumer() {
        try (var upstream = new ScriptedUpstream(once(OK), once(OK.replace("ok", "OK")), once("garbage"));
                var proxied = Resilient.of(LAST, "", upstream)) {
            assertThat(proxied.ask(of("ann", "/a")).body()).isEqualTo("ok");
            assertThat(proxied.ask(of("bob", "/a")).body()).isEqualTo("OK");

            var again = proxied.ask(of("ann", "/a"));
            assertThat(again.body()).isEqualTo("ok");
            assertThat(again.headers().first("Age")).isPresent();
            assertThat(again.headers().first("Cache-Status")).contains("gatehouse; hit; detail=last-answer");
            assertThat(proxied.ask(of("bob", "/a")).body()).isEqualTo("OK");
            assertThat(proxied.ask(of("ann", "/b")).refusal()).contains(Refusal.UPSTREAM_BROKEN);
            assertThat(proxied.ask(of("eve", "/a")).refusal()).contains(Refusal.UPSTREAM_BROKEN);
            assertThat(proxied.get().refusal()).contains(Refusal.UPSTREAM_BROKEN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Set-Cookie: a=b",
                "Cache-Control: max-age=5, no-store",
                "Cache-Control: private",
                "Vary: X-Tenant",
                "Vary: *"
            })
    void keepsNothingThatIsForOneAlone(String field) {
        try (var upstream = new ScriptedUpstream(once(OK.replace("\n\n", "\n" + field + "\n\n")), once("garbage"));
                var proxied = Resilient.of(LAST, "", upstream)) {
            assertThat(proxied.get().body()).isEqualTo("ok");
            assertThat(proxied.get().refusal()).contains(Refusal.UPSTREAM_BROKEN);
        }
    }

    @Test
    void keepsNothingThatCredentialsAskedForAndNothingTooLong() {
        var small = "fallback: { instead: [ { last-answer: { max-body: 1KiB } } ] }";
        var large = "HTTP/1.1 200 OK\nContent-Length: 2000\n\n" + "x".repeat(2000);
        try (var upstream = new ScriptedUpstream(once(OK), once(large), once("garbage"));
                var proxied = Resilient.of(small, "", upstream)) {
            assertThat(proxied.ask(Exchanges.get("/", "Cookie", "a=b")).body()).isEqualTo("ok");
            assertThat(proxied.ask(Exchanges.get("/large")).body()).hasSize(2000);
            assertThat(proxied.ask(Exchanges.get("/", "Cookie", "a=b")).refusal())
                    .isPresent();
            assertThat(proxied.ask(Exchanges.get("/large")).refusal()).isPresent();
        }
    }

    private static Exchange of(String consumer, String path) {
        var exchange = Exchanges.get(path);
        exchange.caller(new Caller(consumer, "12345678"));
        return exchange;
    }

    private static Exchange post() {
        return Exchanges.post("/", Body.of("text".getBytes(StandardCharsets.US_ASCII)));
    }
}
