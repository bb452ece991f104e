package dev.gatehouse.db.store;

import dev.gatehouse.db.key.KeyHash;
import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.KeyState;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.model.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Keys: what is known of them, and the stream of changes by which nodes learn their hashes. */
public final class KeyStore {

    private static final int FETCHED = 10_000;

    private final Database database;

    public KeyStore(Database database) {
        this.database = database;
    }

    /**
     * A key as a node needs it.
     *
     * @param notBefore milliseconds since 1970; 0 when it is in force at once
     * @param expiresAt milliseconds since 1970; {@link Long#MAX_VALUE} when it does not expire
     * @param imported is the hash one of a SHA-256?
     * @param revoked true: forget it
     * @param origin the id under which it is counted: of the key with which the rotations that led to it began
     */
    public record HashedKey(
            String id,
            String consumer,
            KeyHash hash,
            long notBefore,
            long expiresAt,
            KeyTerms terms,
            boolean imported,
            boolean revoked,
            String origin) {

        /** One of ours that has taken the place of none. */
        public HashedKey(
                String id,
                String consumer,
                KeyHash hash,
                long notBefore,
                long expiresAt,
                KeyTerms terms,
                boolean revoked) {
            this(id, consumer, hash, notBefore, expiresAt, terms, false, revoked, id);
        }

        /** One that is in force at once and open. */
        public HashedKey(String id, String consumer, KeyHash hash, long expiresAt, boolean revoked) {
            this(id, consumer, hash, 0, expiresAt, KeyTerms.OPEN, revoked);
        }
    }

    /** @param version the state up to which the changes lead */
    public record Delta(Version version, List<HashedKey> changed) {}

    /** The edit that adds the key; the caller publishes it and shows the text once. */
    public static Edit.AddKey edit(
            KeyText key, Pepper pepper, String consumer, String name, Optional<Instant> expiresAt) {
        return new Edit.AddKey(key.id(), consumer, name, pepper.hash(key), expiresAt);
    }

    /** The edits that put a new key, for the same, in the place of one that goes on until then. */
    public static List<Edit> rotation(
            ApiKey old, KeyText key, Pepper pepper, Instant until, Optional<Instant> expiresAt) {
        return List.of(
                new Edit.ReplaceKey(old.id(), key.id(), until),
                new Edit.AddKey(
                        key.id(),
                        old.consumer(),
                        old.name(),
                        pepper.hash(key),
                        old.terms(),
                        Optional.empty(),
                        expiresAt,
                        false));
    }

    /** Every key that a revision after this one changed; from 0 all that are in force. */
    public Delta since(long revision) {
        var changed = new ArrayList<HashedKey>();
        return new Delta(since(revision, changed::add), changed);
    }

    /** The same, key by key: a million of them are never in memory together. @return the state up to which they lead */
    public Version since(long revision, Consumer<HashedKey> each) {
        return database.readOneState(handle -> {
            var version = ConfigurationReader.version(handle);
            var known = new HashMap<String, KeyTerms>();
            handle.createQuery("""
                            select id, consumer, hash, pepper_version, not_before, expires_at, terms, imported,
                                   revoked_at is not null as revoked, coalesce(origin, id) as origin
                              from api_key
                             where revision > :revision and (:revision > 0 or revoked_at is null)
                            """)
                    .bind("revision", revision)
                    .setFetchSize(FETCHED)
                    .map((row, _) -> new HashedKey(
                            row.getString("id"),
                            row.getString("consumer"),
                            new KeyHash(row.getBytes("hash"), row.getInt("pepper_version")),
                            KeyRows.moment(row, "not_before")
                                    .map(Instant::toEpochMilli)
                                    .orElse(0L),
                            KeyRows.moment(row, "expires_at")
                                    .map(Instant::toEpochMilli)
                                    .orElse(Long.MAX_VALUE),
                            known.computeIfAbsent(row.getString("terms"), KeyRows::terms),
                            row.getBoolean("imported"),
                            row.getBoolean("revoked"),
                            row.getString("origin")))
                    .forEach(each);
            return version;
        });
    }

    /** A page of them; the newest first, unless the query's concern says otherwise. */
    public List<ApiKey> list(KeyQuery query, int offset, int limit) {
        var where = query.where();
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(KeyRows.SELECT + "where " + where.sql() + " order by "
                                + query.order() + " limit :limit offset :offset")
                        .bindMap(where.bound())
                        .bind("limit", limit)
                        .bind("offset", offset)
                        .map((row, _) -> KeyRows.key(row))
                        .list());
    }

    /** How many there are, counted no further than that. */
    public int count(KeyQuery query, int most) {
        var where = query.where();
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select count(*) from (select 1 from api_key k left join key_use u on u.id = k.id where "
                                        + where.sql() + " limit :most) as found")
                        .bindMap(where.bound())
                        .bind("most", most)
                        .mapTo(int.class)
                        .one());
    }

    public Optional<ApiKey> find(String id) {
        return database.jdbi()
                .withHandle(handle -> find(handle, List.of(id)).stream().findFirst());
    }

    /** That of which somebody holds the text, revoked ones too: one of ours, or one that was imported. */
    public Optional<ApiKey> findText(String text, Collection<Pepper> peppers) {
        var own = KeyText.read(text);
        var hashes = peppers.stream()
                .map(pepper -> own.map(pepper::hash).orElseGet(() -> pepper.hashImported(text)))
                .map(hash -> HexFormat.of().formatHex(hash.bytes()))
                .toList();
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(KeyRows.SELECT + """
                                where k.hash in (select decode(h, 'hex') from jsonb_array_elements_text(cast(:hashes as jsonb)) h)
                                """)
                        .bind("hashes", Json.write(hashes))
                        .map((row, _) -> KeyRows.key(row))
                        .findFirst());
    }

    /** By name, without those that are revoked; those on their way out included. */
    public List<ApiKey> of(String consumer, int most) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                KeyRows.SELECT
                                        + "where k.consumer = :consumer and k.revoked_at is null order by k.name, k.created_at desc limit :most")
                        .bind("consumer", consumer)
                        .bind("most", most)
                        .map((row, _) -> KeyRows.key(row))
                        .list());
    }

    /** All that are not revoked. There may be a million: for whole exports alone. */
    public List<ApiKey> unrevoked() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(KeyRows.SELECT
                                + "where k.revoked_at is null order by k.consumer, k.name, k.created_at desc")
                        .map((row, _) -> KeyRows.key(row))
                        .list());
    }

    /** Likewise, of these consumers. */
    public List<ApiKey> unrevoked(Collection<String> consumers) {
        return database.jdbi().withHandle(handle -> unrevoked(handle, consumers));
    }

    /** How many each of them holds that are not revoked; those without any are not told of. */
    public Map<String, Integer> held(Collection<String> consumers) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                        select consumer, count(*) as held from api_key
                         where revoked_at is null and consumer in (select jsonb_array_elements_text(cast(:consumers as jsonb)))
                         group by consumer
                        """)
                        .bind("consumers", Json.write(consumers))
                        .reduceRows(new HashMap<String, Integer>(), (held, row) -> {
                            held.put(row.getColumn("consumer", String.class), row.getColumn("held", Integer.class));
                            return held;
                        }));
    }

    /** Is any key in force? */
    public boolean anyInForce() {
        return !list(KeyQuery.ALL.in(KeyState.IN_FORCE), 0, 1).isEmpty();
    }

    /** How many keys that are not revoked or expired each pepper has hashed, by its version. */
    public Map<Integer, Long> byPepper() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                        select pepper_version, count(*) as held from api_key
                         where revoked_at is null and (expires_at is null or expires_at > now())
                         group by pepper_version
                        """).reduceRows(new TreeMap<Integer, Long>(), (held, row) -> {
                    held.put(row.getColumn("pepper_version", Integer.class), row.getColumn("held", Long.class));
                    return held;
                }));
    }

    static List<ApiKey> find(Handle handle, Collection<String> ids) {
        return handle.createQuery(
                        KeyRows.SELECT + "where k.id in (select jsonb_array_elements_text(cast(:ids as jsonb)))")
                .bind("ids", Json.write(ids))
                .map((row, _) -> KeyRows.key(row))
                .list();
    }

    /** Those that are for one of these routes and not revoked for longer than that. */
    static List<ApiKey> restrictedTo(Handle handle, Collection<String> routes, Duration revoked) {
        return routes.isEmpty()
                ? List.of()
                : handle.createQuery(KeyRows.SELECT + """
                        where k.id in (
                              select r.id from jsonb_array_elements_text(cast(:routes as jsonb)) route
                                join api_key r on r.terms <> '{}'
                                 and r.terms @> jsonb_build_object('routes', jsonb_build_array(route)))
                          and (k.revoked_at is null or k.revoked_at > now() - cast(:revoked as interval))
                        order by k.consumer, k.name, k.created_at desc
                        """)
                        .bind("routes", Json.write(routes))
                        .bind("revoked", revoked.toString())
                        .map((row, _) -> KeyRows.key(row))
                        .list();
    }

    /** Those that a revision took that route from, and nothing has changed since. */
    static List<ApiKey> bereftOf(Handle handle, String route, long revision) {
        return handle.createQuery(KeyRows.SELECT + """
                        where k.terms <> '{}' and k.revision = :revision
                          and k.terms @> jsonb_build_object('former-routes', jsonb_build_array(cast(:route as text)))
                        """)
                .bind("revision", revision)
                .bind("route", route)
                .map((row, _) -> KeyRows.key(row))
                .list();
    }

    static List<ApiKey> unrevoked(Handle handle, Collection<String> consumers) {
        return handle.createQuery(KeyRows.SELECT + """
                        where k.revoked_at is null and k.consumer in (select jsonb_array_elements_text(cast(:consumers as jsonb)))
                        order by k.consumer, k.name, k.created_at desc
                        """)
                .bind("consumers", Json.write(consumers))
                .map((row, _) -> KeyRows.key(row))
                .list();
    }
}
