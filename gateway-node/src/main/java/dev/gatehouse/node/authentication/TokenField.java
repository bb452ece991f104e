package dev.gatehouse.node.authentication;

import dev.gatehouse.node.exchange.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Where a token of an issuer comes: as a bearer token, or in a header of its own.
 *
 * @param header empty where there is none beside {@code Authorization: Bearer}
 * @param passOn whether the service gets it too
 */
record TokenField(String header, boolean passOn) {

    @Nullable
    String token(Headers headers) {
        if (!header.isEmpty()) {
            var value = headers.first(header).map(String::strip).orElse("");
            if (!value.isEmpty()) {
                return value;
            }
        }
        return BearerField.token(headers);
    }

    void remove(Headers headers) {
        if (passOn) {
            return;
        }
        if (!header.isEmpty()) {
            headers.remove(header);
        }
        BearerField.remove(headers);
    }

    String wanted() {
        return "a token as Authorization: Bearer" + (header.isEmpty() ? "" : ", or in the " + header + " header");
    }
}
