package dev.gatehouse.node.backend;

/**
 * How a service is spoken to.
 *
 * @param http2 over HTTP/2, known beforehand on http and negotiated on https; else over HTTP/1.1
 * @param tls for its https targets
 * @param webSockets over HTTP/1.1; HTTP/2 carries none
 * @param deadline how it is told how much time is left
 */
public record UpstreamTerms(
        UpstreamTimes times, boolean http2, UpstreamTls tls, WebSockets webSockets, DeadlineField deadline) {

    /** Where no deadline is told. */
    public UpstreamTerms(UpstreamTimes times, boolean http2, UpstreamTls tls, WebSockets webSockets) {
        this(times, http2, tls, webSockets, DeadlineField.NONE);
    }

    /** Where a service is told in that field how much time is left; empty: in none. */
    public UpstreamTerms telling(String field) {
        return new UpstreamTerms(times, http2, tls, webSockets, DeadlineField.of(field));
    }

    /** Over HTTP/1.1, without WebSockets. */
    public static UpstreamTerms plain(UpstreamTimes times) {
        return new UpstreamTerms(times, false, UpstreamTls.PLATFORM, WebSockets.NONE);
    }
}
