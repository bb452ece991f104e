package dev.gatehouse.node.backend;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Headers;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A client's body of unknown length with fields behind it. */
record Trailed(String text, Headers trailers) implements Body {

    @Override
    public long length() {
        return UNKNOWN;
    }

    @Override
    public InputStream stream() {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {}
}
