package dev.gatehouse.node.wire.hpack;

import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A field block is decoded within its limits or refused; what is written of its fields is read as the same. */
public final class HpackFuzz {

    private static final int TABLE = 4096;
    private static final int SIZE = 4096;
    private static final int FIELDS = 50;

    private HpackFuzz() {}

    /** Blocks of one connection, each with its length in one octet before it. */
    public static void fuzzerTestOneInput(byte[] data) throws WireException {
        var decoder = new HpackDecoder(TABLE, SIZE, FIELDS);
        for (int at = 0; at < data.length; ) {
            int end = Math.min(data.length, at + 1 + (data[at] & 0xff));
            HpackDecoder.Block block;
            try {
                block = decoder.decode(data, at + 1, end);
            } catch (WireException e) {
                return;
            }
            check(listed(block.fields()));
            at = end;
        }
    }

    private static void check(List<Headers.Field> fields) throws WireException {
        int size = fields.stream()
                .mapToInt(field -> field.name().length() + field.value().length() + 32)
                .sum();
        if (size > SIZE || fields.size() > FIELDS) {
            throw new AssertionError("more than the limits allow: " + fields);
        }
        var encoder = new HpackEncoder();
        var sent = new ArrayList<Headers.Field>();
        for (var field : fields) {
            try {
                encoder.field(field.name(), field.value());
                sent.add(new Headers.Field(field.name().toLowerCase(Locale.ROOT), field.value()));
            } catch (IllegalArgumentException e) {
                // not a field that can be sent
            }
        }
        var again = new HpackDecoder(TABLE, SIZE, FIELDS).decode(encoder.bytes(), 0, encoder.length());
        if (!listed(again.fields()).equals(sent)) {
            throw new AssertionError(sent + " is written as " + again.fields());
        }
    }

    private static List<Headers.Field> listed(Headers headers) {
        var fields = new ArrayList<Headers.Field>();
        headers.forEach(fields::add);
        return fields;
    }
}
