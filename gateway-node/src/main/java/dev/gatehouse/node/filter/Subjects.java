package dev.gatehouse.node.filter;

import dev.gatehouse.db.policy.Counted;
import dev.gatehouse.db.policy.RateLimit.Per;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whose requests a limit counts together. What a client sends counts under a text of bounded length. */
final class Subjects {

    private static final int NETWORK_BYTES = 8;
    private static final int LONGEST = 64;

    private Subjects() {}

    /** Do they follow from that caller alone, whatever it asks and wherever from? */
    static boolean follow(Counted limit, @Nullable Caller caller) {
        return switch (limit.per()) {
            case CONSUMER -> caller != null;
            case KEY -> caller != null && !caller.isAnonymous();
            case GROUP, ROUTE, GLOBAL -> true;
            case ADDRESS, CLIENT_TYPE, HEADER, CLAIM, PARAMETER -> false;
        };
    }

    /** One, or for a limit per group one for each group of the caller. */
    static List<String> of(Counted limit, Exchange exchange, List<String> groups) {
        if (limit.per() == Per.GROUP && !groups.isEmpty()) {
            return groups.stream().map(group -> "group:" + group).toList();
        }
        var caller = exchange.caller();
        return List.of(
                switch (limit.per()) {
                    // a count that routes share under its name, they share
                    case ROUTE, GLOBAL -> "all";
                    case GROUP -> "group:";
                    case CONSUMER ->
                        caller == null ? address(exchange.client().address()) : "consumer:" + caller.consumer();
                    case KEY ->
                        caller == null || caller.isAnonymous()
                                ? address(exchange.client().address())
                                : "key:" + caller.origin();
                    case CLIENT_TYPE -> "client-type:" + sent(exchange.clientType());
                    case ADDRESS -> address(exchange.client().address());
                    case HEADER ->
                        "header:"
                                + sent(exchange.headers().first(limit.perName()).orElse(null));
                    case CLAIM -> "claim:" + sent(claim(caller, limit.perName()));
                    case PARAMETER -> "parameter:" + sent(exchange.parameters().get(limit.perName()));
                });
    }

    private static @Nullable String claim(@Nullable Caller caller, String name) {
        var value = caller == null ? null : caller.claims().get(name);
        return value == null ? null : value.toString();
    }

    private static String sent(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return text.length() <= LONGEST ? "=" + text : "#" + digest(text);
    }

    private static String digest(String text) {
        try {
            var sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** An IPv6 customer holds at least a /64, so its addresses count as one. */
    private static String address(InetAddress address) {
        return address instanceof Inet6Address
                ? "net:" + HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES)
                : "address:" + address.getHostAddress();
    }
}
