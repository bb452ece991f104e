package dev.gatehouse.node.backend;

import dev.gatehouse.node.wire.CanonicalPath;
import java.net.URI;

/**
 * One address of a service.
 *
 * @param authority as configured; what Host is set to
 * @param basePath empty, or begins with a slash and does not end with one
 */
record ServiceTarget(Origin origin, String authority, String basePath) {

    /** @throws IllegalArgumentException when it is more than scheme, host, port and a plain path */
    static ServiceTarget of(URI uri) {
        var origin = Origin.of(uri);
        var path = uri.getRawPath();
        boolean plain = path.isEmpty() || new CanonicalPath.Path(path).equals(CanonicalPath.of(path));
        if (!plain || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "'" + uri + "' is not a target: its path must be plain, without a query");
        }
        return new ServiceTarget(
                origin, uri.getRawAuthority(), path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }
}
