package dev.gatehouse.db.model;

/** How a service's targets are spoken to. */
public enum Protocol {
    HTTP1("http/1.1"),
    HTTP2("http/2");

    private final String written;

    Protocol(String written) {
        this.written = written;
    }

    @Override
    public String toString() {
        return written;
    }
}
