package dev.gatehouse.node.wire.hpack;

import dev.gatehouse.node.exchange.Headers.Field;
import java.util.HashMap;
import java.util.Map;

/** The fields that every peer knows: RFC 7541, appendix A. */
final class StaticTable {

    private static final Field[] FIELDS = fields("""
            :authority
            :method GET
            :method POST
            :path /
            :path /index.html
            :scheme http
            :scheme https
            :status 200
            :status 204
            :status 206
            :status 304
            :status 400
            :status 404
            :status 500
            accept-charset
            accept-encoding gzip, deflate
            accept-language
            accept-ranges
            accept
            access-control-allow-origin
            age
            allow
            authorization
            cache-control
            content-disposition
            content-encoding
            content-language
            content-length
            content-location
            content-range
            content-type
            cookie
            date
            etag
            expect
            expires
            from
            host
            if-match
            if-modified-since
            if-none-match
            if-range
            if-unmodified-since
            last-modified
            link
            location
            max-forwards
            proxy-authenticate
            proxy-authorization
            range
            referer
            refresh
            retry-after
            server
            set-cookie
            strict-transport-security
            transfer-encoding
            user-agent
            vary
            via
            www-authenticate
            """);

    static final int SIZE = FIELDS.length;

    private static final Map<String, Integer> NAMES = new HashMap<>();

    static {
        for (int i = SIZE; i > 0; i--) {
            NAMES.put(get(i).name(), i);
        }
    }

    private StaticTable() {}

    /** @param index 1 to {@link #SIZE} */
    static Field get(int index) {
        return FIELDS[index - 1];
    }

    /** The first index of that name, 0 when it has none. */
    static int indexOf(String name) {
        return NAMES.getOrDefault(name, 0);
    }

    /** The index of exactly that field, 0 when it has none. */
    static int indexOf(String name, String value) {
        // fields of one name stand together
        for (int index = indexOf(name); index > 0 && index <= SIZE; index++) {
            var field = get(index);
            if (!field.name().equals(name)) {
                return 0;
            }
            if (field.value().equals(value)) {
                return index;
            }
        }
        return 0;
    }

    private static Field[] fields(String lines) {
        return lines.lines()
                .map(line -> line.split(" ", 2))
                .map(parts -> new Field(parts[0], parts.length == 1 ? "" : parts[1]))
                .toArray(Field[]::new);
    }
}
