package dev.gatehouse.node.backend.http2;

import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Headers.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From header blocks to fields: RFC 7541. One a connection; each block changes what the next one means. */
final class HeaderDecoder {

    /** SETTINGS_HEADER_TABLE_SIZE; the default, so that it need not be announced. */
    private static final int TABLE = 4096;

    /** RFC 7541, 4.1: what an entry costs beside its octets. */
    private static final int OVERHEAD = 32;

    /** Newest first. */
    private final List<Field> table = new ArrayList<>();

    private final int maxBytes;
    private final int maxFields;
    private int tableSize;
    private int tableLimit = TABLE;
    private byte[] block = {};
    private int at;
    private int end;

    /** @param maxBytes of names and values of one list, {@value #OVERHEAD} more a field */
    HeaderDecoder(int maxBytes, int maxFields) {
        this.maxBytes = maxBytes;
        this.maxFields = maxFields;
    }

    /**
     * The fields of a block, pseudo-header fields included; null when they are too many or too large. Such a block is
     * read to its end all the same, since the table has to stay the peer's.
     *
     * @throws Http2Exception when the block cannot be read: the connection is of no use any more
     */
    @Nullable
    Headers decode(byte[] bytes, int length) throws Http2Exception {
        block = bytes;
        at = 0;
        end = length;
        var headers = new Headers();
        int size = 0;
        boolean fits = true;
        boolean begun = false;
        while (at < end) {
            if ((block[at] & 0xe0) == 0x20) {
                if (begun) {
                    throw wrong("a change of the table's size must come first");
                }
                resize(integer(5));
                continue;
            }
            begun = true;
            var field = field();
            size += cost(field);
            fits = fits && size <= maxBytes && headers.size() < maxFields;
            if (fits) {
                headers.add(field.name(), field.value());
            }
        }
        return fits ? headers : null;
    }

    private Field field() throws Http2Exception {
        int octet = block[at] & 0xff;
        if ((octet & 0x80) != 0) {
            return entry(integer(7));
        }
        boolean indexed = (octet & 0x40) != 0;
        int name = integer(indexed ? 6 : 4);
        var field = new Field(name == 0 ? string() : entry(name).name(), string());
        if (indexed) {
            add(field);
        }
        return field;
    }

    private Field entry(int index) throws Http2Exception {
        if (index == 0 || index > StaticTable.SIZE + table.size()) {
            throw wrong("an index is in no table");
        }
        return index <= StaticTable.SIZE ? StaticTable.get(index) : table.get(index - StaticTable.SIZE - 1);
    }

    private void add(Field field) {
        int cost = cost(field);
        shrink(tableLimit - cost);
        if (cost <= tableLimit) {
            table.addFirst(field);
            tableSize += cost;
        }
    }

    private void resize(int limit) throws Http2Exception {
        if (limit > TABLE) {
            throw wrong("the table is larger than " + TABLE);
        }
        tableLimit = limit;
        shrink(limit);
    }

    private void shrink(int limit) {
        while (tableSize > limit && !table.isEmpty()) {
            tableSize -= cost(table.removeLast());
        }
    }

    private static int cost(Field field) {
        return field.name().length() + field.value().length() + OVERHEAD;
    }

    /** RFC 7541, 5.1. */
    private int integer(int prefix) throws Http2Exception {
        int mask = (1 << prefix) - 1;
        int value = next() & mask;
        if (value < mask) {
            return value;
        }
        for (int shift = 0; shift <= 21; shift += 7) {
            int octet = next();
            value += (octet & 0x7f) << shift;
            if ((octet & 0x80) == 0) {
                return value;
            }
        }
        throw wrong("a number is too large");
    }

    private String string() throws Http2Exception {
        boolean huffman = at < end && (block[at] & 0x80) != 0;
        int length = integer(7);
        if (length > end - at) {
            throw wrong("a string ends after its block");
        }
        int from = at;
        at += length;
        return huffman ? Huffman.decode(block, from, at) : new String(block, from, length, StandardCharsets.ISO_8859_1);
    }

    private int next() throws Http2Exception {
        if (at == end) {
            throw wrong("a header block ends in the middle of a field");
        }
        return block[at++] & 0xff;
    }

    private static Http2Exception wrong(String rule) {
        return new Http2Exception(ErrorCode.COMPRESSION_ERROR, rule);
    }
}
