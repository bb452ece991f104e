package dev.gatehouse.db.store;

import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.model.KeyUse;
import dev.gatehouse.db.settings.Settings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Between rows and keys. */
final class KeyRows {

    /** All that {@link #key} reads. */
    static final String SELECT =
            "select k.*, u.at as used_at, u.address as used_from, u.node as used_on from api_key k left join key_use u on u.id = k.id ";

    private KeyRows() {}

    static ApiKey key(ResultSet row) throws SQLException {
        var used = moment(row, "used_at");
        var address = row.getString("used_from");
        var node = row.getString("used_on");
        return new ApiKey(
                row.getString("id"),
                row.getString("consumer"),
                row.getString("name"),
                terms(row.getString("terms")),
                History.instant(row, "created_at"),
                row.getString("created_by"),
                moment(row, "not_before"),
                moment(row, "expires_at"),
                moment(row, "revoked_at"),
                Optional.ofNullable(row.getString("replaced_by")),
                row.getBoolean("imported"),
                row.getInt("pepper_version"),
                used.map(at -> new KeyUse(at, address, node)),
                row.getLong("revision"));
    }

    /** What a newer release wrote and this one cannot read restricts a key that nobody can use. */
    static KeyTerms terms(String json) {
        if (json.equals("{}")) {
            return KeyTerms.OPEN;
        }
        var read = Settings.read(KeyTerms.class, Json.read(json)).value();
        return read == null ? KeyTerms.CLOSED : read;
    }

    static String written(KeyTerms terms) {
        return Json.write(Settings.write(terms));
    }

    static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /** As the history has it. */
    static Map<String, Object> plain(
            String id, KeyTerms terms, Optional<Instant> notBefore, Optional<Instant> expiresAt) {
        var plain = new LinkedHashMap<String, Object>();
        plain.put("id", id);
        plain.putAll(Settings.write(terms));
        notBefore.ifPresent(at -> plain.put("not-before", at.toString()));
        expiresAt.ifPresent(at -> plain.put("expires", at.toString()));
        return plain;
    }

    static Map<String, Object> plain(ApiKey key) {
        var plain = plain(key.id(), key.terms(), key.notBefore(), key.expiresAt());
        key.replacedBy().ifPresent(successor -> plain.put("replaced-by", successor));
        return plain;
    }
}
