package dev.gatehouse.node.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    private static final Logger LOGGER = Logger.getLogger(Limiter.class.getName());

    @Test
    void endsAndTellsNobodyOfAnOutage() {
        var said = new Said();
        LOGGER.addHandler(said);
        try {
            new Rehearsal(Clock.systemUTC(), Duration.ZERO).run();
        } finally {
            LOGGER.removeHandler(said);
        }

        assertThat(said.messages).noneMatch(message -> message.contains("rehearsal"));
    }

    private static final class Said extends Handler {

        private final List<String> messages = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord logged) {
            messages.add(logged.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
