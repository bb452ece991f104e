package dev.gatehouse.node.exchange;

import java.io.InputStream;
import java.util.function.UnaryOperator;

/** A body that is read through another stream. */
record PassedBody(Body body, UnaryOperator<InputStream> through) implements Body {

    @Override
    public long length() {
        return body.length();
    }

    @Override
    public InputStream stream() {
        return through.apply(body.stream());
    }

    @Override
    public Headers trailers() {
        return body.trailers();
    }

    @Override
    public void close() {
        body.close();
    }
}
