package dev.gatehouse.node.wire;

import dev.gatehouse.node.exchange.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** A response head is read the same however it is cut, and what is written of it is read as the same. */
public final class ResponseHeadFuzz {

    /** Comparable, as a head's headers are not. */
    record Said(int minor, int status, List<Headers.Field> fields) {

        static final Said NOTHING = new Said(0, 0, List.of());
    }

    private ResponseHeadFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        var read = Reading.however(data, Said.NOTHING, ResponseHeadFuzz::read);
        if (!read.wellFormed()) {
            return;
        }
        var said = read.value();
        var headers = new Headers();
        said.fields().forEach(field -> headers.add(field.name(), field.value()));
        var written = new ByteArrayOutputStream();
        new HeadBuffer().statusLine(said.status()).fields(headers).end().writeTo(written);
        var again = Reading.however(written.toByteArray(), Said.NOTHING, ResponseHeadFuzz::read);
        // a reason phrase of ours may take it over the limit
        if (!again.value().equals(new Said(1, said.status(), said.fields()))
                && written.size() <= HeadLimits.RESPONSE.bytes()) {
            throw new AssertionError(said + " is written as " + again);
        }
        for (var method : List.of("GET", "HEAD")) {
            try {
                Framing.ofResponse(new ResponseHead(said.minor(), said.status(), headers), method);
            } catch (WireException e) {
                // two recipients could read it differently
            }
        }
    }

    private static Said read(WireInput in) throws IOException {
        var head = ResponseHead.read(in, HeadLimits.RESPONSE);
        return new Said(head.minor(), head.status(), RequestHeadFuzz.listed(head.headers()));
    }
}
