package dev.gatehouse.node.wire;

import dev.gatehouse.node.exchange.FieldNames;
import dev.gatehouse.node.exchange.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Fields that concern one connection only: RFC 9110, 7.6.1. */
public final class HopByHop {

    public static final FieldNames NAMES = FieldNames.loosely(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            // settings of an HTTP/2 upgrade: RFC 7540, 3.2.1
            "http2-settings");

    /**
     * Nominating one of these would let a caller take away what the gateway or the service relies on; the message is
     * relayed with them (RFC 9110, 7.6.1: end-to-end fields must not be listed).
     */
    private static final FieldNames KEPT = FieldNames.of(
            "authorization",
            "cache-control",
            "content-length",
            "content-type",
            "cookie",
            "forwarded",
            "host",
            "set-cookie",
            "via",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-request-id");

    /** A CGI-like service cannot tell {@code Content_Length} from {@code Content-Length}: only the latter is checked. */
    private static final FieldNames LOOK_ALIKES = FieldNames.lookAlikes("content-length", "x-request-id");

    private HopByHop() {}

    /** Takes out the known ones, what is spelled like one with underscores, and every field that {@code Connection} names. */
    public static void remove(Headers headers) {
        for (var nominated : elements(headers, "Connection")) {
            if (!KEPT.contains(nominated)) {
                headers.remove(nominated);
            }
        }
        headers.remove(NAMES);
        headers.remove(LOOK_ALIKES);
    }

    /** Whether the comma-separated field has that element, case apart. */
    public static boolean lists(Headers headers, String field, String element) {
        for (var line : headers.all(field)) {
            for (int from = 0; from <= line.length(); ) {
                int end = elementEnd(line, from);
                if (line.substring(from, end).strip().equalsIgnoreCase(element)) {
                    return true;
                }
                from = end + 1;
            }
        }
        return false;
    }

    /** The elements of a comma-separated field over all its lines, in lower case. For lists of plain tokens. */
    static List<String> elements(Headers headers, String field) {
        var lines = headers.all(field);
        if (lines.isEmpty()) {
            return List.of();
        }
        var elements = new ArrayList<String>();
        for (var line : lines) {
            for (int from = 0; from <= line.length(); ) {
                int end = elementEnd(line, from);
                var token = line.substring(from, end).strip();
                if (!token.isEmpty()) {
                    elements.add(token.toLowerCase(Locale.ROOT));
                }
                from = end + 1;
            }
        }
        return elements;
    }

    private static int elementEnd(String line, int from) {
        int comma = line.indexOf(',', from);
        return comma < 0 ? line.length() : comma;
    }
}
