package dev.gatehouse.node.wire.hpack;

import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Headers.Field;
import dev.gatehouse.node.wire.WireException;
import java.nio.charset.StandardCharsets;

/** Field blocks of one connection, in the order they came: each may change what the next one means. */
public final class HpackDecoder {

    /**
     * A decoded block. Its fields, pseudo fields among them, stand as they came.
     *
     * @param tooLarge whether there were more than the limits allow; {@code fields} has what came before
     */
    public record Block(Headers fields, boolean tooLarge) {}

    private final DynamicTable table;
    private final int maxSize;
    private final int maxFields;
    private byte[] block = new byte[0];
    private int at;
    private int end;

    /**
     * @param tableSize octets, what the settings told the peer
     * @param maxSize of the decoded fields as RFC 9113, 6.5.2 counts them: name, value and 32 each
     */
    public HpackDecoder(int tableSize, int maxSize, int maxFields) {
        table = new DynamicTable(tableSize);
        this.maxSize = maxSize;
        this.maxFields = maxFields;
    }

    /**
     * Decodes a whole block, also one that is too large: the table has to stay the peer's.
     *
     * @throws WireException when it is not one; no later block can be decoded then
     */
    public Block decode(byte[] bytes, int from, int to) throws WireException {
        block = bytes;
        at = from;
        end = to;
        var fields = new Headers();
        long size = 0;
        boolean tooLarge = false;
        boolean begun = false;
        while (at < end) {
            int first = block[at] & 0xff;
            if ((first & 0xe0) == 0x20) {
                if (begun) {
                    throw new WireException("HPACK: a table size after a field");
                }
                table.resize(integer(5));
                continue;
            }
            begun = true;
            var field = field(first);
            size += DynamicTable.size(field);
            tooLarge |= size > maxSize || fields.size() == maxFields;
            if (!tooLarge) {
                fields.add(field.name(), field.value());
            }
        }
        return new Block(fields, tooLarge);
    }

    private Field field(int first) throws WireException {
        if ((first & 0x80) != 0) {
            return indexed(integer(7));
        }
        boolean kept = (first & 0x40) != 0;
        int index = integer(kept ? 6 : 4);
        var field = new Field(index == 0 ? string() : indexed(index).name(), string());
        if (kept) {
            table.add(field);
        }
        return field;
    }

    private Field indexed(int index) throws WireException {
        if (index == 0) {
            throw new WireException("HPACK: the index 0");
        }
        return index <= StaticTable.SIZE ? StaticTable.get(index) : table.get(index - StaticTable.SIZE);
    }

    /** RFC 7541, 5.1. */
    private int integer(int prefix) throws WireException {
        int mask = (1 << prefix) - 1;
        int value = next() & mask;
        if (value < mask) {
            return value;
        }
        // three more octets are beyond every limit there is
        for (int shift = 0; shift <= 21; shift += 7) {
            int octet = next();
            value += (octet & 0x7f) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw new WireException("HPACK: a number that is too large");
    }

    /** RFC 7541, 5.2. One character an octet. */
    private String string() throws WireException {
        if (at == end) {
            throw new WireException("HPACK: a field is cut short");
        }
        boolean encoded = (block[at] & 0x80) != 0;
        int length = integer(7);
        if (length > end - at) {
            throw new WireException("HPACK: a field is cut short");
        }
        int from = at;
        at += length;
        if (!encoded) {
            return new String(block, from, length, StandardCharsets.ISO_8859_1);
        }
        var octets = new byte[length * 8 / 5];
        return new String(octets, 0, Huffman.decode(block, from, at, octets), StandardCharsets.ISO_8859_1);
    }

    private int next() throws WireException {
        if (at == end) {
            throw new WireException("HPACK: a field is cut short");
        }
        return block[at++] & 0xff;
    }
}
