package dev.gatehouse.node.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.node.exchange.Exchanges;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailureLogTest {

    private final AtomicLong now = new AtomicLong();
    private final List<String> lines = new ArrayList<>();
    private final FailureLog log = new FailureLog(now::get, lines::add);

    @Test
    void tellsOneASecondAndHowManyItDidNot() {
        var exchange = Exchanges.get("/");
        for (int i = 0; i < 3; i++) {
            log.tell(exchange, "failed " + i);
        }
        now.addAndGet(999_999_999);
        log.tell(exchange, "failed too");
        now.addAndGet(1);
        log.tell(exchange, "failed last");

        assertThat(lines)
                .containsExactly(
                        "request " + exchange.id() + ": failed 0",
                        "request " + exchange.id() + ": failed last; 3 failures before it were not told");
    }
}
