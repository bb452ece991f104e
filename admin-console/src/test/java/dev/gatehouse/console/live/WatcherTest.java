package dev.gatehouse.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.internal.MockVaadin;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.server.communication.PushConnection;
import com.vaadin.flow.shared.communication.PushMode;
import dev.gatehouse.console.ViewTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WatcherTest extends ViewTest {

    private static final class Line implements PushConnection {

        private boolean connected = true;

        @Override
        public void push() {}

        @Override
        public void disconnect() {}

        @Override
        public boolean isConnected() {
            return connected;
        }
    }

    @Test
    void keepsNothingForABrowserThatFellSilentAndGoesOnWhenItIsBack() {
        var line = new Line();
        var ui = UI.getCurrent();
        ui.getPushConfiguration().setPushMode(PushMode.MANUAL);
        ui.getInternals().setPushConnection(line);
        var shown = new Span();
        console.fleet().bind(shown, reading -> shown.setText(reading.asked().toString()));
        ui.add(shown);
        var first = shown.getText();
        eventually(() -> {
            clock.forward(Duration.ofSeconds(1));
            return !shown.getText().equals(first);
        });

        line.connected = false;
        MockVaadin.clientRoundtrip();
        var last = shown.getText();
        eventually(() -> {
            clock.forward(Duration.ofSeconds(1));
            return console.fleet().current().asked().isAfter(Instant.parse(last).plusSeconds(5));
        });
        assertThat(shown.getText()).isEqualTo(last);

        line.connected = true;
        eventually(() -> !shown.getText().equals(last));
    }
}
