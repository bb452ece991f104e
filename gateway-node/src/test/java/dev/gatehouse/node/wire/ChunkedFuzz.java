package dev.gatehouse.node.wire;

import dev.gatehouse.node.exchange.Headers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Chunks are read the same however they are cut, looked at ahead or not, and what is written of them is read as the same. */
public final class ChunkedFuzz {

    /** Comparable. */
    record Said(String body, List<Headers.Field> trailers) {

        static final Said NOTHING = new Said("", List.of());
    }

    private ChunkedFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        var read = Reading.however(data, Said.NOTHING, ChunkedFuzz::read);
        var ahead = Reading.however(data, Said.NOTHING, ChunkedFuzz::readAfterALook);
        if (!ahead.equals(read)) {
            throw new AssertionError(read + ", and after a look ahead " + ahead);
        }
        if (!read.wellFormed()) {
            return;
        }
        if (read.value().body().length() > data.length) {
            throw new AssertionError("more came out than went in");
        }
        var trailers = new Headers();
        read.value().trailers().forEach(field -> trailers.add(field.name(), field.value()));
        var written = new ByteArrayOutputStream();
        var body = read.value().body().getBytes(StandardCharsets.ISO_8859_1);
        new BodyWriter(written).chunked(new HeadBuffer(), new ByteArrayInputStream(body), () -> trailers);
        var again = Reading.however(written.toByteArray(), Said.NOTHING, ChunkedFuzz::read);
        if (!again.value().equals(read.value()) || !again.left().isEmpty()) {
            throw new AssertionError(read + " is written as " + again);
        }
    }

    private static Said read(WireInput in) throws IOException {
        var body = (ChunkedInput) BodyInput.of(new Framing.Chunked(), in);
        var text = new String(body.readAllBytes(), StandardCharsets.ISO_8859_1);
        if (!body.ended()) {
            throw new AssertionError("an end that is none");
        }
        return new Said(text, RequestHeadFuzz.listed(body.trailers()));
    }

    private static Said readAfterALook(WireInput in) throws IOException {
        in.await();
        ChunkedInput.check(in);
        return read(in);
    }
}
