package dev.gatehouse.console.key;

import dev.gatehouse.console.listing.Pages;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.live.KeyCalls;
import dev.gatehouse.db.live.KeyCalls.Usage;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.KeyState;
import dev.gatehouse.db.store.KeyQuery;
import dev.gatehouse.db.store.KeyStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.exceptions.JedisException;

/** Keys as far as somebody looks: what they are from PostgreSQL, how they are used from Redis. */
record KeyPages(KeyStore keys, KeyCalls calls, Collection<Pepper> peppers) implements Pages<KeyRow> {

    static final String SEARCH = "q";
    static final String CONSUMER = "consumer";
    static final String STATE = "state";
    static final String CONCERN = "concern";

    private static final String UNUSED = "unused for 30 days";
    private static final String EXPIRING = "expires within 14 days";
    private static final String SHARED = "many addresses";

    static List<String> states() {
        return Arrays.stream(KeyState.values()).map(KeyState::toString).toList();
    }

    static List<String> concerns() {
        return List.of(UNUSED, EXPIRING, SHARED);
    }

    @Override
    public List<KeyRow> page(Map<String, String> filters, int offset, int limit) {
        var found = keys.list(query(filters), offset, limit);
        return rows(found.isEmpty() && offset == 0 ? imported(filters) : found);
    }

    @Override
    public int count(Map<String, String> filters) {
        int count = keys.count(query(filters), MOST);
        return count == 0 ? imported(filters).size() : count;
    }

    /** A whole key of another product is found by its hash alone. */
    private List<ApiKey> imported(Map<String, String> filters) {
        var text = filters.getOrDefault(SEARCH, "");
        return text.isEmpty() || filters.size() > 1
                ? List.of()
                : keys.findText(text, peppers).stream().toList();
    }

    Optional<KeyRow> find(String id) {
        return keys.find(id).map(key -> rows(List.of(key)).getFirst());
    }

    /** Their usage in one question. */
    private List<KeyRow> rows(List<ApiKey> found) {
        var now = Instant.now();
        var usages = usages(found.stream().map(ApiKey::id).toList(), now);
        return found.stream()
                .map(key -> new KeyRow(key, usages.map(known -> known.getOrDefault(key.id(), Usage.NONE)), now))
                .toList();
    }

    private Optional<Map<String, Usage>> usages(List<String> ids, Instant now) {
        try {
            return Optional.of(calls.of(ids, now));
        } catch (JedisException e) {
            return Optional.empty();
        }
    }

    KeyQuery query(Map<String, String> filters) {
        var query = KeyQuery.ALL.text(filters.getOrDefault(SEARCH, "")).of(filters.getOrDefault(CONSUMER, ""));
        for (var state : KeyState.values()) {
            if (state.toString().equals(filters.get(STATE))) {
                query = query.in(state);
            }
        }
        return switch (filters.getOrDefault(CONCERN, "")) {
            case UNUSED -> query.because(KeyQuery.Concern.UNUSED);
            case EXPIRING -> query.because(KeyQuery.Concern.EXPIRING);
            case SHARED -> query.among(calls.shared(Instant.now()));
            default -> query;
        };
    }
}
