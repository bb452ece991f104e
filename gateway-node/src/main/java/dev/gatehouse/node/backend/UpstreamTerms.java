package dev.gatehouse.node.backend;

/** How a service is spoken to. */
public record UpstreamTerms(UpstreamTimes times, WebSockets webSockets) {

    /** Over HTTP/1.1, without WebSockets. */
    public static UpstreamTerms plain(UpstreamTimes times) {
        return new UpstreamTerms(times, WebSockets.NONE);
    }
}
