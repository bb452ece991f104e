package dev.gatehouse.db.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;

/** When and from where keys were last used: written by nodes, in batches, and for each key at most about once an hour. */
public final class KeyUses {

    private final Database database;

    public KeyUses(Database database) {
        this.database = database;
    }

    public record Use(String keyId, Instant at, String address) {}

    /** One statement. What another node wrote within the hour stays. */
    public void write(String node, Collection<Use> uses) {
        var rows = new ArrayList<Map<String, Object>>();
        uses.forEach(use -> rows.add(Map.of("id", use.keyId, "at", use.at.toString(), "address", use.address)));
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("""
                        insert into key_use as known (id, at, address, node)
                        select use.id, use.at, use.address, :node
                          from jsonb_to_recordset(cast(:uses as jsonb)) as use (id text, at timestamptz, address text)
                         where exists (select 1 from api_key where api_key.id = use.id)
                         order by use.id
                        on conflict (id) do update set at = excluded.at, address = excluded.address, node = excluded.node
                         where excluded.at > known.at + interval '50 minutes'
                        """)
                        .bind("node", node)
                        .bind("uses", Json.write(rows))
                        .execute());
    }
}
