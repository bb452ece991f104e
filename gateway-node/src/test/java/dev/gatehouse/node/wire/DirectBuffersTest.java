package dev.gatehouse.node.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DirectBuffersTest {

    private final DirectBuffers buffers = new DirectBuffers();

    @Test
    void areBoundedAndUsedAgain() {
        var taken = new ArrayList<ByteBuffer>();
        for (var buffer = buffers.take(); buffer != null; buffer = buffers.take()) {
            taken.add(buffer);
        }

        assertThat(taken).hasSize(64).allMatch(ByteBuffer::isDirect);
        buffers.giveBack(taken.getFirst().position(7));
        assertThat(buffers.take()).isSameAs(taken.getFirst());
        assertThat(Objects.requireNonNull(taken.getFirst()).position()).isZero();
        assertThat(buffers.take()).isNull();
    }
}
