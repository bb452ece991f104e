package dev.gatehouse.node.wire;

import dev.gatehouse.node.exchange.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;

/** A request head is read the same however it is cut, and what is written of it is read as the same. */
public final class RequestHeadFuzz {

    /** Comparable, as a head's headers are not. */
    record Said(String method, String target, int minor, List<Headers.Field> fields) {

        static final Said NOTHING = new Said("", "", 0, List.of());

        static Said of(RequestHead head) {
            return new Said(head.method(), head.target(), head.minor(), listed(head.headers()));
        }
    }

    private RequestHeadFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        var read = Reading.however(data, Said.NOTHING, RequestHeadFuzz::read);
        if (!read.wellFormed() || read.value().equals(Said.NOTHING)) {
            return;
        }
        var said = read.value();
        var headers = new Headers();
        said.fields().forEach(field -> headers.add(field.name(), field.value()));
        var written = new ByteArrayOutputStream();
        new HeadBuffer()
                .requestLine(said.method(), said.target())
                .fields(headers)
                .end()
                .writeTo(written);
        var again = Reading.however(written.toByteArray(), Said.NOTHING, RequestHeadFuzz::read);
        var expected = new Said(said.method(), said.target(), 1, said.fields());
        // one blank and two digits of a version may take it over the limit
        if (!again.value().equals(expected) && written.size() <= HeadLimits.REQUEST.bytes()) {
            throw new AssertionError(said + " is written as " + again);
        }
        framing(said, headers);
    }

    private static Said read(WireInput in) throws IOException {
        var head = RequestHead.read(in, HeadLimits.REQUEST);
        return head == null ? Said.NOTHING : Said.of(head);
    }

    private static void framing(Said said, Headers headers) {
        try {
            var framing = Framing.ofRequest(new RequestHead(said.method(), said.target(), said.minor(), headers));
            int lines = headers.all("Content-Length").size()
                    + headers.all("Transfer-Encoding").size();
            if (lines > 1) {
                throw new AssertionError(framing + " of " + said);
            }
        } catch (WireException e) {
            // two recipients could read it differently
        }
        HopByHop.remove(headers);
        int once = headers.size();
        HopByHop.remove(headers);
        if (headers.size() != once || headers.contains("Transfer-Encoding") || headers.contains("Connection")) {
            throw new AssertionError("left of " + said + ": " + headers);
        }
    }

    static List<Headers.Field> listed(Headers headers) {
        return StreamSupport.stream(headers.spliterator(), false).toList();
    }
}
