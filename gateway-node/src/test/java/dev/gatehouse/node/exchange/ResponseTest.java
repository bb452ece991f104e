package dev.gatehouse.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class ResponseTest {

    /** Slots and permits are given back so. */
    @Test
    void whatIsDoneAtTheEndIsDoneOnceThoughSomethingBeforeItFails() {
        var done = new ArrayList<String>();
        var response = new Response(200, new Headers(), Body.empty())
                .whenClosed(() -> done.add("first"))
                .whenClosed(() -> {
                    throw new IllegalStateException("of another filter");
                })
                .whenClosed(() -> done.add("last"));

        assertThatThrownBy(response::close).hasMessage("of another filter");
        response.close();

        assertThat(done).containsExactly("first", "last");
    }
}
