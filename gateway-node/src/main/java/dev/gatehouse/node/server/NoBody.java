package dev.gatehouse.node.server;

import java.io.InputStream;
import java.util.function.LongSupplier;

/** Of a request that ends with its head, as most do: nothing to wait for, nothing to lock. */
enum NoBody implements ClientBody {
    NONE;

    @Override
    public long length() {
        return 0;
    }

    @Override
    public InputStream stream() {
        return InputStream.nullInputStream();
    }

    @Override
    public void within(LongSupplier nanos) {}

    @Override
    public void answering() {}

    @Override
    public boolean ended() {
        return true;
    }

    @Override
    public boolean complete() {
        return true;
    }

    @Override
    public boolean drainable() {
        return true;
    }

    @Override
    public boolean drain(long limit) {
        return true;
    }

    @Override
    public void linger(long limit) {}

    @Override
    public void close() {}
}
