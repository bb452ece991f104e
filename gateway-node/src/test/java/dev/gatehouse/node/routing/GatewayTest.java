package dev.gatehouse.node.routing;

import static dev.gatehouse.node.routing.Compiling.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.node.exchange.Exchanges;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayTest {

    private final Compiling compiling = new Compiling();
    private final Gateway gateway = new Gateway();

    @AfterEach
    void close() {
        compiling.close();
    }

    @Test
    void admitsWhoeverIsStillHereForAsLongAsTheRouteIs() {
        gateway.swap(compiling.table(Map.of("a", route("/a"), "b", route("/b"))));
        var exchange = Exchanges.get("/a");
        gateway.handle(exchange).close();
        assertThat(exchange.admitted()).isTrue();

        gateway.swap(compiling.table(Map.of("a", route("/a"))));
        assertThat(exchange.admitted()).isTrue();

        gateway.swap(compiling.table(Map.of("b", route("/b"))));
        assertThat(exchange.admitted()).isFalse();
    }
}
