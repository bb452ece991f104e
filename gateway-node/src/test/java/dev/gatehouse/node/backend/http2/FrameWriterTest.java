package dev.gatehouse.node.backend.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class FrameWriterTest {

    private static final byte[] SMALL = {1, 2, 3};

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final FrameWriter writer = new FrameWriter(sent);

    @Test
    void sendsWhatOthersLeaveAlsoWhereTheStreamIsGivenUp() throws IOException {
        assertThat(writer.data(this::givenUpMeanwhile, new byte[9], 0, 9, true)).isFalse();
        assertThat(writer.headers(this::givenUpMeanwhile, new byte[9], true)).isFalse();

        assertThat(sent.toByteArray()).containsExactly(1, 2, 3, 1, 2, 3);
    }

    /** While a writer looks, another thread has a frame to send, and waits for nobody. */
    private int givenUpMeanwhile() {
        try {
            Thread.ofVirtual().start(this::send).join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return 0;
    }

    private void send() {
        try {
            writer.send(SMALL);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
