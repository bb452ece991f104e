package dev.gatehouse.console;

import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.live.Limits;
import dev.gatehouse.console.live.Poller;
import dev.gatehouse.console.live.Traffic;
import dev.gatehouse.console.login.Accounts;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.quota.Standings;
import dev.gatehouse.db.key.Peppers;
import dev.gatehouse.db.live.KeyCalls;
import dev.gatehouse.db.live.LimitSightings;
import dev.gatehouse.db.live.VersionCalls;
import dev.gatehouse.db.store.AuditLog;
import dev.gatehouse.db.store.History;
import dev.gatehouse.db.store.KeyStore;
import dev.gatehouse.db.store.NodeReports;
import dev.gatehouse.db.store.QuotaAlerts;
import java.net.URI;
import java.time.Clock;

/**
 * Everything a view can ask for: it names what it needs in its constructor, by type.
 *
 * @param gateway where callers reach the gateway, for ready-made curl lines
 */
public record Console(
        Publisher publisher,
        History history,
        KeyStore keys,
        NodeReports nodes,
        AuditLog audit,
        Accounts accounts,
        Poller<Fleet> fleet,
        Poller<Traffic> traffic,
        Poller<Limits> limits,
        LimitSightings sightings,
        Clock clock,
        VersionCalls versions,
        Standings quotas,
        QuotaAlerts alerts,
        KeyCalls keyCalls,
        Peppers peppers,
        URI gateway) {}
