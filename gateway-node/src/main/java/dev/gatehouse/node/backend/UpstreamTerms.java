package dev.gatehouse.node.backend;

/**
 * How a service is spoken to.
 *
 * @param http2 over HTTP/2, known beforehand on http and negotiated on https; else over HTTP/1.1
 * @param tls for its https targets
 * @param webSockets over HTTP/1.1; HTTP/2 carries none
 */
public record UpstreamTerms(UpstreamTimes times, boolean http2, UpstreamTls tls, WebSockets webSockets) {

    /** Over HTTP/1.1, without WebSockets. */
    public static UpstreamTerms plain(UpstreamTimes times) {
        return new UpstreamTerms(times, false, UpstreamTls.PLATFORM, WebSockets.NONE);
    }
}
