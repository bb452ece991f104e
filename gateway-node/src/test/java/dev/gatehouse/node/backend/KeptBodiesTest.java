package dev.gatehouse.node.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Client;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.RequestLine;
import dev.gatehouse.node.exchange.Response;
import java.io.IOException;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** What bodies take that are kept to be sent again. */
class KeptBodiesTest {

    private final KeptBodies room = new KeptBodies(1_000);

    @Test
    void keepsAsManyAsThereIsRoomForAndFreesItWithTheAnswer() throws RefusedException {
        var first = kept(600);
        var second = kept(600);
        assertThat(Replay.whole(first)).isTrue();
        assertThat(Replay.whole(second)).isFalse();

        var answer = Replay.until(new Response(200, new Headers(), Body.empty()), first);
        assertThat(room.used()).isEqualTo(600);
        answer.close();
        answer.close();
        assertThat(room.used()).isZero();
        assertThat(Replay.whole(kept(600))).isTrue();
    }

    @Test
    void whatIsNotKeptIsAllThere() throws IOException, RefusedException {
        kept(900);
        assertThat(kept(600).body().stream().readAllBytes()).hasSize(600);
    }

    private Exchange kept(int length) throws RefusedException {
        var exchange = new Exchange(
                "request-1",
                new RequestLine("PUT", "a", "/", null),
                new Client(InetAddress.getLoopbackAddress(), "http", null),
                new Headers(),
                Body.of(new byte[length]),
                Downstream.PLAIN);
        Replay.keep(exchange, 1_000, room);
        return exchange;
    }
}
