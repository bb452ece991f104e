package dev.gatehouse.node.backend.http2;

import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Headers.Field;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * From fields to header blocks: RFC 7541. It uses what both sides know from the start and adds nothing to the table, so
 * that a block depends on no other and any thread may make one. A service is near: the bytes saved would not be worth
 * the order that a table forces on all requests of a connection.
 */
final class HeaderEncoder {

    /** RFC 7541, 7.1.3: no hop behind may put these into a table, where they could be guessed at. */
    private static final Set<String> SECRET = Set.of("authorization", "cookie", "proxy-authorization");

    private HeaderEncoder() {}

    /**
     * Names are sent in lower case.
     *
     * @throws IllegalArgumentException when a field cannot be sent; nothing was sent then
     */
    static byte[] encode(Headers headers) {
        var out = new ByteArrayOutputStream(512);
        // the table is empty from here on, however small the peer's is to be (RFC 7541, 4.2)
        out.write(0x20);
        for (var field : headers) {
            encode(new Field(field.name().toLowerCase(Locale.ROOT), field.value()), out);
        }
        return out.toByteArray();
    }

    private static void encode(Field field, ByteArrayOutputStream out) {
        boolean pseudo = field.name().startsWith(":");
        boolean good = pseudo
                ? FieldRules.isVisible(field.value())
                : FieldRules.isName(field.name()) && FieldRules.isValue(field.value());
        if (!good) {
            throw new IllegalArgumentException("the field " + field.name() + " cannot be sent");
        }
        int exact = StaticTable.indexOf(field);
        if (exact > 0) {
            integer(0x80, 7, exact, out);
            return;
        }
        int name = StaticTable.indexOf(field.name());
        integer(SECRET.contains(field.name()) ? 0x10 : 0, 4, name, out);
        if (name == 0) {
            string(field.name(), out);
        }
        string(field.value(), out);
    }

    private static void string(String text, ByteArrayOutputStream out) {
        integer(0, 7, text.length(), out);
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** RFC 7541, 5.1. */
    private static void integer(int pattern, int prefix, int value, ByteArrayOutputStream out) {
        int mask = (1 << prefix) - 1;
        if (value < mask) {
            out.write(pattern | value);
            return;
        }
        out.write(pattern | mask);
        int rest = value - mask;
        for (; rest > 0x7f; rest >>>= 7) {
            out.write((rest & 0x7f) | 0x80);
        }
        out.write(rest);
    }
}
