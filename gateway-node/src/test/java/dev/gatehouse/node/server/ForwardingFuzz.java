package dev.gatehouse.node.server;

import dev.gatehouse.node.exchange.Headers;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Whatever a load balancer or a liar says of the client, an address or nothing comes of it, and none of it goes on. */
public final class ForwardingFuzz {

    private static final Forwarding FORWARDING = new Forwarding(TrustedProxies.of(List.of("10.0.0.0/8", "fd00::/8")));
    private static final InetAddress PROXY = InetAddress.ofLiteral("10.1.1.1");
    private static final InetAddress STRANGER = InetAddress.ofLiteral("192.0.2.1");

    private ForwardingFuzz() {}

    /** Each line is a field: {@code F}, {@code X} or {@code P} for its name, then its value. */
    public static void fuzzerTestOneInput(byte[] data) {
        var text = new String(data, StandardCharsets.ISO_8859_1);
        var believed = FORWARDING.take(fields(text), new Arrival(PROXY, false, null, null));
        boolean known = believed.scheme().equals("http") || believed.scheme().equals("https");
        boolean named = believed.address().equals(PROXY) || names(text, believed.address());
        if (!known || !named) {
            throw new AssertionError(believed + " of " + text);
        }
        var headers = fields(text);
        var stranger = FORWARDING.take(headers, new Arrival(STRANGER, true, null, null));
        if (!stranger.address().equals(STRANGER) || !stranger.scheme().equals("https") || headers.size() > 0) {
            throw new AssertionError(stranger + " of " + text + ", left " + headers);
        }
    }

    private static Headers fields(String text) {
        var headers = new Headers();
        text.lines().filter(line -> !line.isEmpty()).forEach(line -> {
            var value = line.substring(1);
            switch (line.charAt(0)) {
                case 'F' -> headers.add("Forwarded", value);
                case 'P' -> headers.add("X-Forwarded-Proto", value);
                default -> headers.add("X_Forwarded-For".replace('_', '-'), value);
            }
        });
        return headers;
    }

    /** Whether that address stands there, in whichever spelling. */
    private static boolean names(String text, InetAddress address) {
        for (var word : text.replace("\\", "").toLowerCase(Locale.ROOT).split("[^0-9a-f:.%]+", -1)) {
            if (isOrBegins(word, address)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOrBegins(String word, InetAddress address) {
        for (int from = 0; from < word.length(); from++) {
            for (int to = word.length(); to > from; to--) {
                try {
                    if (InetAddress.ofLiteral(word.substring(from, to)).equals(address)) {
                        return true;
                    }
                } catch (IllegalArgumentException e) {
                    // shorter
                }
            }
        }
        return false;
    }
}
