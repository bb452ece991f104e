package dev.gatehouse.node.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HopTest {

    private static final Handler NEVER = _ -> fail("was asked");

    private final Hop hop = new Hop("gatehouse-0a1b2c3d", 1);

    @Test
    void namesItselfInBothDirectionsBehindTheHopsBefore() {
        var exchange = Exchanges.get("/", "Via", "1.0 fred, 1.1 example (Apache)");
        var answer = hop.filter(exchange, _ -> answer("Via", "1.1 cache"));

        assertThat(exchange.headers().all("Via"))
                .containsExactly("1.0 fred, 1.1 example (Apache)", "1.1 gatehouse-0a1b2c3d");
        assertThat(answer.headers().all("Via")).containsExactly("1.1 cache", "1.1 gatehouse-0a1b2c3d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "2"})
    void saysInWhichVersionARequestCame(String version) {
        var exchange = Exchanges.in(version);
        hop.filter(exchange, _ -> answer());

        assertThat(exchange.headers().all("Via")).containsExactly(version + " gatehouse-0a1b2c3d");
    }

    @Test
    void doesNotNameItselfWhereItAnswersOnItsOwn() {
        var refused = Rejection.of(Refusal.KEY_MISSING, "No key.");

        assertThat(hop.filter(Exchanges.get("/"), _ -> refused.toResponse()).headers())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1 gatehouse-0a1b2c3d",
                "1.0 fred,HTTP/1.1 Gatehouse-0A1B2C3D (us)",
                "1.0 fred, 2.0\tgatehouse-0a1b2c3d , 1.1 other",
            })
    void refusesWhatItHasSeenBefore(String via) {
        var answer = hop.filter(Exchanges.get("/", "Via", "1.1 first", "Via", via), NEVER);

        assertThat(answer.status()).isEqualTo(508);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1 gatehouse-99999999", "gatehouse-0a1b2c3d 1.1", "1.1 gatehouse-0a1b2c3d.example", ","})
    void takesOthersForOthers(String via) {
        assertThat(hop.filter(Exchanges.get("/", "Via", via), _ -> answer()).status())
                .isEqualTo(200);
    }

    @Test
    void goesOnWithTheTraceOfTheCaller() {
        var exchange = asked(
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "tracestate",
                "a=1",
                "tracestate",
                "b=2");

        assertThat(exchange.trace()).isNotNull().satisfies(trace -> {
            assertThat(trace.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
            assertThat(exchange.headers().all("traceparent")).containsExactly(trace.traceparent());
        });
        assertThat(exchange.headers().all("tracestate")).containsExactly("a=1", "b=2");
    }

    @Test
    void beginsATraceWhereThereIsNoneThatCanBeRead() {
        var trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        for (var headers : new String[][] {
            {"tracestate", "a=1"},
            {"traceparent", "nonsense", "tracestate", "a=1"},
            {"traceparent", trace, "Traceparent", trace, "tracestate", "a=1"},
        }) {
            var exchange = asked(headers);
            assertThat(exchange.headers().all("traceparent"))
                    .singleElement()
                    .asString()
                    .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-03")
                    .doesNotContain("0af7651916cd43dd8448eb211c80319c");
            assertThat(exchange.headers().contains("tracestate")).isFalse();
        }
    }

    @Test
    void answersWhatIsMeantForTheGatewayItself() {
        var options = hop.filter(Exchanges.of("OPTIONS", "*"), NEVER);
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.headers().first("Allow")).contains("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");

        var trace = hop.filter(Exchanges.of("TRACE", "/"), NEVER);
        assertThat(trace.status()).isEqualTo(405);
        assertThat(trace.headers().contains("Allow")).isTrue();
    }

    private Exchange asked(String... headers) {
        var exchange = Exchanges.get("/", headers);
        hop.filter(exchange, _ -> answer());
        return exchange;
    }

    private static Response answer(String... headers) {
        return new Response(200, Headers.of(headers), Body.empty());
    }
}
