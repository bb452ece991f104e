package dev.gatehouse.node.backend.http2;

import dev.gatehouse.node.exchange.Headers.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What both sides know from the start: RFC 7541, appendix A. Indexes begin with 1. */
final class StaticTable {

    private static final List<Field> ENTRIES =
            """
            :authority|
            :method|GET
            :method|POST
            :path|/
            :path|/index.html
            :scheme|http
            :scheme|https
            :status|200
            :status|204
            :status|206
            :status|304
            :status|400
            :status|404
            :status|500
            accept-charset|
            accept-encoding|gzip, deflate
            accept-language|
            accept-ranges|
            accept|
            access-control-allow-origin|
            age|
            allow|
            authorization|
            cache-control|
            content-disposition|
            content-encoding|
            content-language|
            content-length|
            content-location|
            content-range|
            content-type|
            cookie|
            date|
            etag|
            expect|
            expires|
            from|
            host|
            if-match|
            if-modified-since|
            if-none-match|
            if-range|
            if-unmodified-since|
            last-modified|
            link|
            location|
            max-forwards|
            proxy-authenticate|
            proxy-authorization|
            range|
            referer|
            refresh|
            retry-after|
            server|
            set-cookie|
            strict-transport-security|
            transfer-encoding|
            user-agent|
            vary|
            via|
            www-authenticate|
            """.lines().map(StaticTable::entry).toList();

    static final int SIZE = ENTRIES.size();

    private static final Map<Field, Integer> EXACT = new HashMap<>();
    private static final Map<String, Integer> NAMES = new HashMap<>();

    static {
        for (int index = 1; index <= SIZE; index++) {
            EXACT.putIfAbsent(get(index), index);
            NAMES.putIfAbsent(get(index).name(), index);
        }
    }

    private StaticTable() {}

    static Field get(int index) {
        return ENTRIES.get(index - 1);
    }

    /** 0 when there is none. */
    static int indexOf(Field field) {
        return EXACT.getOrDefault(field, 0);
    }

    /** 0 when there is none. */
    static int indexOf(String name) {
        return NAMES.getOrDefault(name, 0);
    }

    private static Field entry(String line) {
        int bar = line.indexOf('|');
        return new Field(line.substring(0, bar), line.substring(bar + 1));
    }
}
