package dev.gatehouse.node.server;

import java.util.List;

/** The one flat object that an answer of the gateway itself is; more would call for a library. */
final class Json {

    /** Most are no longer. */
    private static final int USUAL = 320;

    private final StringBuilder json = new StringBuilder(USUAL).append('{');

    Json text(String name, String value) {
        quote(name).append(':');
        quote(value);
        return this;
    }

    Json texts(String name, List<String> values) {
        quote(name).append(":[");
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                json.append(',');
            }
            string(values.get(i));
        }
        json.append(']');
        return this;
    }

    Json number(String name, long value) {
        return raw(name, Long.toString(value));
    }

    Json flag(String name, boolean value) {
        return raw(name, Boolean.toString(value));
    }

    /** @param value JSON */
    Json raw(String name, String value) {
        quote(name).append(':').append(value);
        return this;
    }

    @Override
    public String toString() {
        return json + "}";
    }

    private StringBuilder quote(String text) {
        // a name follows a value, a value follows a colon
        if (json.charAt(json.length() - 1) != '{' && json.charAt(json.length() - 1) != ':') {
            json.append(',');
        }
        return string(text);
    }

    private StringBuilder string(String text) {
        json.append('"');
        if (isPlain(text)) {
            return json.append(text).append('"');
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u00").append(c < 16 ? '0' : '1').append(Character.forDigit(c & 15, 16));
            } else {
                json.append(c);
            }
        }
        return json.append('"');
    }

    /** As nearly all are: they are taken whole. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c < ' ') {
                return false;
            }
        }
        return true;
    }
}
