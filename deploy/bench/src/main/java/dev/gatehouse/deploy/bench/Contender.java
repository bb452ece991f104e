package dev.gatehouse.deploy.bench;

import java.util.List;
import java.util.Map;

/**
 * Who is measured.
 *
 * @param command without what pins it to its core
 * @param environment what differs from this process' own
 */
record Contender(String name, List<String> command, Map<String, String> environment, int port, int tlsPort) {

    String url(Case what) {
        return what.tls() ? "https://127.0.0.1:" + tlsPort + what.path() : "http://127.0.0.1:" + port + what.path();
    }
}
