package dev.gatehouse.node.authentication;

import dev.gatehouse.node.exchange.Exchange;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a signature is over: the signature base of RFC 9421, 2.5. The path is the canonical one. */
final class SignedText {

    private SignedText() {}

    /** Null where something is covered that the request does not have. */
    static @Nullable String of(Exchange exchange, SignatureInput input) {
        var text = new StringBuilder();
        for (var name : input.covered()) {
            var value = name.startsWith("@") ? derived(exchange, name) : field(exchange, name);
            if (value == null) {
                return null;
            }
            text.append('"').append(name).append("\": ").append(value).append('\n');
        }
        return text.append("\"@signature-params\": ").append(input.written()).toString();
    }

    private static @Nullable String derived(Exchange exchange, String name) {
        var query = exchange.query();
        return switch (name) {
            case "@method" -> exchange.method();
            case "@scheme" -> exchange.scheme();
            case "@authority" -> authority(exchange);
            case "@path" -> exchange.path();
            case "@query" -> "?" + (query == null ? "" : query);
            case "@request-target" -> target(exchange);
            case "@target-uri" -> exchange.scheme() + "://" + authority(exchange) + target(exchange);
            default -> null;
        };
    }

    private static String target(Exchange exchange) {
        return exchange.query() == null ? exchange.path() : exchange.path() + "?" + exchange.query();
    }

    /** RFC 9421, 2.2.3: in lower case, without the usual port. */
    private static String authority(Exchange exchange) {
        var authority = exchange.authority().toLowerCase(Locale.ROOT);
        var usual = exchange.scheme().equals("https") ? ":443" : ":80";
        return authority.endsWith(usual) ? authority.substring(0, authority.length() - usual.length()) : authority;
    }

    /** RFC 9421, 2.1. */
    private static @Nullable String field(Exchange exchange, String name) {
        var values = exchange.headers().all(name);
        return values.isEmpty() ? null : values.stream().map(String::strip).collect(Collectors.joining(", "));
    }
}
