package dev.gatehouse.node.server.http2;

import dev.gatehouse.node.wire.http2.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A stream as the client's end of a tunnel: DATA frames both ways, within its windows. RFC 8441, 5. */
final class StreamEnd implements ClientEnd {

    private final OpenStream stream;
    private final AnswerWriter writer;
    private final Exchanging exchanging;

    StreamEnd(OpenStream stream, AnswerWriter writer, Exchanging exchanging) {
        this.stream = stream;
        this.writer = writer;
        this.exchanging = exchanging;
    }

    @Override
    public InputStream in() {
        var body = stream.body();
        return body == null ? InputStream.nullInputStream() : body.stream();
    }

    @Override
    public OutputStream out() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                writer.data(source, offset, length);
            }
        };
    }

    @Override
    public void endOutput() throws IOException {
        writer.end();
    }

    /** RFC 8441, 5: what a reset is to a TCP connection, CANCEL is to a stream. */
    @Override
    public void abort() {
        if (stream.ended()) {
            return;
        }
        try {
            exchanging.reset(stream.id(), ErrorCode.CANCEL);
        } catch (IOException e) {
            // the connection is gone, and the stream with it
        }
    }
}
