package dev.gatehouse.db.settings;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What hosts, addresses and origins look like. */
final class Addressing {

    private static final int LONGEST_HOST = 253;
    private static final int LAST_PORT = 65_535;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern ORIGIN =
            Pattern.compile("([a-z][a-z0-9+.-]*)://(?:\\*\\.)?([a-z0-9._-]+|\\[[0-9a-f:.]+])(?::([1-9][0-9]{0,4}))?");

    private Addressing() {}

    static boolean isHost(String text) {
        var labels = Arrays.asList(text.split("\\.", -1));
        return text.length() <= LONGEST_HOST
                && labels.stream().allMatch(label -> LABEL.matcher(label).matches())
                && !DIGITS.matcher(labels.getLast()).matches();
    }

    /** An IPv4 or IPv6 address, never a name. */
    static boolean isLiteral(String text) {
        try {
            return InetAddress.ofLiteral(text) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** http or https and a host. */
    static boolean isLink(String text) {
        return web(text).filter(uri -> uri.getHost() != null).isPresent();
    }

    /** A link that says everything a request for it needs. */
    static boolean isFetched(String text) {
        return web(text)
                .filter(sound().and(uri -> uri.getRawFragment() == null))
                .isPresent();
    }

    /** Scheme, host, perhaps a port, and nothing behind. */
    static boolean isOrigin(String text) {
        return web(text)
                .filter(sound().and(uri ->
                        (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                                && uri.getRawQuery() == null
                                && uri.getRawFragment() == null))
                .isPresent();
    }

    /** As browsers write an origin, or a pattern of such. */
    static boolean isOriginPattern(String text) {
        var match = ORIGIN.matcher(text);
        return text.equals("*")
                || (match.matches()
                        && (isHost(match.group(2)) || isLiteral(unbracketed(match.group(2))))
                        && !isUsualPort(match.group(1), match.group(3)));
    }

    private static Optional<URI> web(String text) {
        try {
            return Optional.of(new URI(text))
                    .filter(uri -> "http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Predicate<URI> sound() {
        return uri ->
                uri.getHost() != null && uri.getUserInfo() == null && uri.getPort() != 0 && uri.getPort() <= LAST_PORT;
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Browsers leave it out, so that an origin that says it is never met. */
    private static boolean isUsualPort(String scheme, @Nullable String port) {
        return port != null
                && (Integer.parseInt(port) > LAST_PORT
                        || (scheme.equals("http") && port.equals("80"))
                        || (scheme.equals("https") && port.equals("443")));
    }
}
