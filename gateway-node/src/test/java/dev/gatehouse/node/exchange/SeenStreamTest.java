package dev.gatehouse.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SeenStreamTest {

    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private int ends;

    @Test
    void seesEachByteHoweverItIsReadAndTheEnd() throws IOException {
        try (var in = watched("0123456789")) {
            assertThat(in.read()).isEqualTo('0');
            assertThat(in.skip(3)).isEqualTo(3);
            assertThat(in.skip(0)).isZero();
            assertThat(in.skip(-1)).isZero();
            assertThat(in.readNBytes(2)).containsExactly('4', '5');
            assertThat(in.transferTo(new ByteArrayOutputStream())).isEqualTo(4);
            assertThat(in.skip(1)).isZero();
            assertThat(in.read()).isEqualTo(-1);
        }
        assertThat(seen.toString(StandardCharsets.UTF_8)).isEqualTo("0123456789");
        assertThat(ends).isEqualTo(3);
    }

    private InputStream watched(String text) {
        return new SeenStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
            @Override
            protected void seen(byte[] octets, int offset, int count) {
                if (count < 0) {
                    ends++;
                } else {
                    seen.write(octets, offset, count);
                }
            }
        };
    }
}
