package dev.gatehouse.deploy.bench;

import java.util.Arrays;

/** What stands behind every contender. */
record Upstream(Contender server, Probe probe) {

    boolean answers() {
        return body("/plain").length > 0;
    }

    /** Whether what is about to be measured gives the very bytes that the upstream gives. */
    boolean isRelayedBy(Contender contender, String path, boolean tls) {
        var relayed = probe.body(contender.url(path, tls));
        return relayed.length > 0 && Arrays.equals(relayed, body(path));
    }

    private byte[] body(String path) {
        return probe.body("http://127.0.0.1:" + server.port() + path);
    }
}
