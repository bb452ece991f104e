package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Sticky;
import dev.gatehouse.node.exchange.Exchange;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** A random number that a browser brings back, by which it is known again and nothing else. */
final class StickyCookie {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{16}");

    private final String name;
    private final String attributes;

    StickyCookie(Sticky sticky) {
        name = sticky.cookie();
        attributes = "; Path=/; Max-Age=" + sticky.lifetime().toSeconds()
                + (sticky.secure() ? "; Secure" : "")
                + (sticky.httpOnly() ? "; HttpOnly" : "")
                + "; " + sticky.sameSite().attribute();
    }

    /** What the client brought; empty when that is nothing that was given out. */
    Optional<String> sent(Exchange exchange) {
        for (var line : exchange.headers().all("Cookie")) {
            for (var cookie : line.split(";", -1)) {
                int equals = cookie.indexOf('=');
                if (equals > 0 && cookie.substring(0, equals).strip().equals(name)) {
                    var value = cookie.substring(equals + 1).strip();
                    if (FORM.matcher(value).matches()) {
                        return Optional.of(value);
                    }
                }
            }
        }
        return Optional.empty();
    }

    static String fresh(RandomGenerator random) {
        return HexFormat.of().toHexDigits(random.nextLong());
    }

    /** The field value that gives it out: RFC 6265, 4.1. */
    String set(String value) {
        return name + "=" + value + attributes;
    }
}
