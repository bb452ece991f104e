package dev.gatehouse.deploy.bench;

import java.util.List;
import java.util.Map;

/**
 * Who is measured.
 *
 * <p>Over TLS by its name: load tools send an address as server name too, which RFC 6066, 3 forbids and a node refuses.
 *
 * @param command without what pins it to its core
 * @param environment what differs from this process' own
 * @param adminPort where a node says how it is; 0 for who is none
 */
record Contender(
        String name, List<String> command, Map<String, String> environment, int port, int tlsPort, int adminPort) {

    String url(String path, boolean tls) {
        return tls ? "https://localhost:" + tlsPort + path : "http://127.0.0.1:" + port + path;
    }
}
