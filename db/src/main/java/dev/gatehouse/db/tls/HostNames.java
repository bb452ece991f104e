package dev.gatehouse.db.tls;

/** RFC 6125: a wildcard stands for exactly one label, the first. */
public final class HostNames {

    private HostNames() {}

    /**
     * @param pattern {@code api.example.com} or {@code *.example.com}, lower case
     * @param host the same, lower case; a wildcard is covered only by itself
     */
    public static boolean covers(String pattern, String host) {
        return pattern.equals(host)
                || (pattern.startsWith("*.")
                        && host.indexOf('.') > 0
                        && host.substring(host.indexOf('.')).equals(pattern.substring(1)));
    }
}
