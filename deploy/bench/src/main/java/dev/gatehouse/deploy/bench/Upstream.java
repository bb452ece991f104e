package dev.gatehouse.deploy.bench;

import java.util.Arrays;

/** What stands behind every contender. */
record Upstream(Contender server, Probe probe) {

    boolean answers(Case what) {
        return body(what).length > 0;
    }

    /** Whether what is about to be measured gives the very bytes that the upstream gives. */
    boolean isRelayedBy(Contender contender, Case what) {
        var relayed = probe.body(contender.url(what));
        return relayed.length > 0 && Arrays.equals(relayed, body(what));
    }

    private byte[] body(Case what) {
        return probe.body("http://127.0.0.1:" + server.port() + what.path());
    }
}
