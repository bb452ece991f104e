package dev.gatehouse.db.store;

import dev.gatehouse.db.key.KeyHash;
import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.model.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Keys: what is known of them, and the stream of changes by which nodes learn their hashes. */
public final class KeyStore {

    private final Database database;

    public KeyStore(Database database) {
        this.database = database;
    }

    /**
     * A key as a node needs it.
     *
     * @param notBefore milliseconds since 1970; 0 when it is in force at once
     * @param expiresAt milliseconds since 1970; {@link Long#MAX_VALUE} when it does not expire
     * @param revoked true: forget it
     */
    public record HashedKey(
            String id, String consumer, KeyHash hash, long notBefore, long expiresAt, KeyTerms terms, boolean revoked) {

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

    /** Every key that a revision after this one changed; from 0 all that are in force. */
    public Delta since(long revision) {
        return database.readOneState(handle -> {
            var version = ConfigurationReader.version(handle);
            var changed = handle.createQuery("""
                            select id, consumer, hash, pepper_version, expires_at, revoked_at is not null as revoked
                              from api_key
                             where revision > :revision and (:revision > 0 or revoked_at is null)
                            """)
                    .bind("revision", revision)
                    .setFetchSize(10_000)
                    .map((row, _) -> new HashedKey(
                            row.getString("id"),
                            row.getString("consumer"),
                            new KeyHash(row.getBytes("hash"), row.getInt("pepper_version")),
                            moment(row, "expires_at").map(Instant::toEpochMilli).orElse(Long.MAX_VALUE),
                            row.getBoolean("revoked")))
                    .list();
            return new Delta(version, changed);
        });
    }

    /** The newest first, revoked ones included. */
    public List<ApiKey> all() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("select * from api_key order by created_at desc, id")
                        .map((row, _) -> key(row))
                        .list());
    }

    static List<ApiKey> inForce(Handle handle, String consumer) {
        return handle.createQuery(
                        "select * from api_key where consumer = :consumer and revoked_at is null order by name")
                .bind("consumer", consumer)
                .map((row, _) -> key(row))
                .list();
    }

    static Optional<ApiKey> find(Handle handle, String id) {
        return handle.createQuery("select * from api_key where id = :id")
                .bind("id", id)
                .map((row, _) -> key(row))
                .findOne();
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getString("id"),
                row.getString("consumer"),
                row.getString("name"),
                History.instant(row, "created_at"),
                row.getString("created_by"),
                moment(row, "expires_at"),
                moment(row, "revoked_at"),
                row.getLong("revision"));
    }

    private static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
