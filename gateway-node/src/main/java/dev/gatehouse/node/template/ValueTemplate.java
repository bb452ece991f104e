package dev.gatehouse.node.template;

import dev.gatehouse.db.policy.Template;
import dev.gatehouse.node.exchange.Exchange;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A text with names in braces, compiled. A name that has no value in a request is empty there. */
public final class ValueTemplate {

    private interface Piece {
        /** @param encoded whether a parameter of the path stands as it does there */
        void append(Exchange exchange, boolean encoded, StringBuilder to);
    }

    private final List<Piece> pieces;
    private final String constant;

    private ValueTemplate(List<Piece> pieces, String constant) {
        this.pieces = pieces;
        this.constant = constant;
    }

    /** @throws IllegalArgumentException when a brace has no partner */
    public static ValueTemplate of(String text) {
        var parts = Template.of(text).parts();
        if (parts.isEmpty()) {
            return new ValueTemplate(List.of(), "");
        }
        if (parts.size() == 1 && parts.getFirst() instanceof Template.Literal(String literal)) {
            return new ValueTemplate(List.of(), literal);
        }
        return new ValueTemplate(parts.stream().map(ValueTemplate::piece).toList(), "");
    }

    /** A parameter stands as in the path, percent-encoded: nothing in it can end a header. */
    public String fill(Exchange exchange) {
        return fill(exchange, true);
    }

    /** A parameter stands for what it encodes, so that it can be encoded in another way. */
    String fillDecoded(Exchange exchange) {
        return fill(exchange, false);
    }

    private String fill(Exchange exchange, boolean encoded) {
        if (pieces.isEmpty()) {
            return constant;
        }
        var filled = new StringBuilder();
        for (var piece : pieces) {
            piece.append(exchange, encoded, filled);
        }
        return filled.toString();
    }

    private static Piece piece(Template.Part part) {
        return switch (part) {
            case Template.Literal(String text) -> (_, _, to) -> to.append(text);
            case Template.Name(String name) -> (exchange, encoded, to) -> to.append(value(name, exchange, encoded));
        };
    }

    /** A parameter of the route's own hides what has the same name. */
    private static String value(String name, Exchange exchange, boolean encoded) {
        var parameter = exchange.parameters().get(name);
        if (parameter != null) {
            // in a path a plus is a plus
            return encoded ? parameter : URLDecoder.decode(parameter.replace("+", "%2B"), StandardCharsets.UTF_8);
        }
        return switch (name) {
            case "client.address" -> literal(exchange.client().address());
            case "host" -> exchange.authority();
            case "request.id" -> exchange.id();
            case "consumer" -> {
                var caller = exchange.caller();
                yield caller == null ? "" : caller.consumer();
            }
            default -> "";
        };
    }

    /** Without the zone, which means nothing on another machine. */
    private static String literal(InetAddress address) {
        var text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
