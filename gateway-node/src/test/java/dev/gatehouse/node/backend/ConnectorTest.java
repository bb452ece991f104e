package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Connector connector = new Connector(new TlsContexts());

    @Test
    void goesToTheAddressThatANameStandsFor() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK)) {
            connector
                    .open(
                            new Destination(
                                    new Origin(false, "nowhere.example", upstream.port()),
                                    InetAddress.ofLiteral("127.0.0.1"),
                                    UpstreamTls.PLATFORM,
                                    false),
                            PATIENCE)
                    .close();
        }
    }

    @Test
    void saysWhatTheAddressSaid() throws IOException {
        try (var down = Unreachable.refusing()) {
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> connector.open(plain("127.0.0.1", down.port()), PATIENCE));
        }
    }

    @Test
    void endsWithItsTime() throws IOException {
        try (var silent = Unreachable.silent()) {
            var origin = plain("127.0.0.1", silent.port());

            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> connector.open(origin, Duration.ofMillis(200)));
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> connector.open(origin, Duration.ZERO));
        }
    }

    @Test
    void asksNobodyForAName() {
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> connector.open(plain("nowhere.example", 80), PATIENCE))
                .withMessageContaining("nowhere.example");
    }

    private static Destination plain(String host, int port) {
        return new Destination(new Origin(false, host, port), UpstreamTls.PLATFORM, false);
    }
}
