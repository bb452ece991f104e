package dev.gatehouse.db.routing;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which hosts are taken: {@code api.example.com} itself, {@code *.example.com} with every host beneath it, at whatever
 * depth, or an address such as {@code 192.0.2.1} or {@code [2001:db8::1]}. No port: a route is taken on all of them.
 *
 * @param name in lower case; of a wildcard what follows {@code *.}
 */
public record HostPattern(String name, boolean wildcard) {

    /** The rule as words that complete "must be …". */
    public static final String RULE =
            "a host name in lower case such as api.example.com, *.example.com for every host beneath it, or an address such as 192.0.2.1 or [2001:db8::1], without a port";

    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final int LONGEST = 253;

    /** @throws IllegalArgumentException when no host can match; the message is a sentence that says why */
    public static HostPattern of(String text) {
        if (text.startsWith("[")) {
            return new HostPattern(ipv6(text), false);
        }
        boolean wildcard = text.startsWith("*.");
        var name = wildcard ? text.substring(2) : text;
        var labels = name.split("\\.", -1);
        if (name.length() > LONGEST) {
            throw new IllegalArgumentException("A host name has at most " + LONGEST + " characters.");
        }
        for (var label : labels) {
            if (!LABEL.matcher(label).matches()) {
                throw new IllegalArgumentException(
                        text.equals("*") ? "For all hosts leave the list empty." : "'" + label + "' is no label.");
            }
        }
        if (DIGITS.matcher(labels[labels.length - 1]).matches() && (wildcard || !isIpv4(name))) {
            throw new IllegalArgumentException("What ends in a number is an IPv4 address of four numbers.");
        }
        return new HostPattern(name, wildcard);
    }

    /** What is wrong with the text; empty when nothing is. */
    public static Optional<String> problem(String text) {
        try {
            of(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("'" + text + "' is refused: must be " + RULE + ". " + e.getMessage());
        }
    }

    /** A requested host without port and final dot, in lower case, an IPv6 address in its one spelling. */
    static String canonical(String requested) {
        if (requested.startsWith("[")) {
            int close = requested.indexOf(']');
            try {
                return close < 0 ? requested : ipv6(requested.substring(0, close + 1));
            } catch (IllegalArgumentException e) {
                return requested;
            }
        }
        int end = requested.indexOf(':');
        end = end < 0 ? requested.length() : end;
        if (end > 1 && requested.charAt(end - 1) == '.') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            char c = requested.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                return requested.substring(0, end).toLowerCase(Locale.ROOT);
            }
        }
        return requested.substring(0, end);
    }

    private static String ipv6(String text) {
        if (!text.endsWith("]") || text.contains("%")) {
            throw new IllegalArgumentException("An IPv6 address stands in brackets and has no zone.");
        }
        try {
            // the JDK writes an address always in the same way, and has no names looked up for a literal
            var address = InetAddress.ofLiteral(text.substring(1, text.length() - 1));
            if (text.contains(":")) {
                return "[" + address.getHostAddress() + "]";
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is no IPv6 address.", e);
        }
        throw new IllegalArgumentException("Only IPv6 addresses stand in brackets.");
    }

    private static boolean isIpv4(String text) {
        try {
            return text.split("\\.", -1).length == 4
                    && InetAddress.ofLiteral(text).getHostAddress().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A host that it takes. */
    String example() {
        return wildcard ? "www." + name : name;
    }

    @Override
    public String toString() {
        return wildcard ? "*." + name : name;
    }
}
