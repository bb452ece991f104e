package dev.gatehouse.console.route;

import dev.gatehouse.console.live.Figures;
import dev.gatehouse.db.store.KeyQuery;
import dev.gatehouse.db.store.KeyStore;
import java.util.List;
import java.util.stream.Collectors;

/** The keys that are for one route and would lose it. */
record RouteKeys(KeyStore keys) {

    private static final int NAMED = 5;
    private static final int COUNTED = 10_000;

    /** What its deletion does to them; nothing where there are none. */
    List<String> losing(String route) {
        var query = KeyQuery.ALL.unrevoked().restrictedTo(route);
        int count = keys.count(query, COUNTED);
        if (count == 0) {
            return List.of();
        }
        var named = keys.list(query, 0, NAMED).stream()
                .map(key -> key.consumer() + "/" + key.name()
                        + (key.terms().routes().size() == 1 ? ", its only route" : ""))
                .collect(Collectors.joining("; "));
        return List.of((count == 1
                        ? "1 key is for it and loses it: "
                        : Figures.count(count) + " keys are for it and lose it: ")
                + named + (count > NAMED ? " …" : "")
                + ". A key without any other route then opens nothing; a new route of this name is not for it.");
    }
}
