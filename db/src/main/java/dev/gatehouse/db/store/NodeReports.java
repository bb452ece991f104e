package dev.gatehouse.db.store;

import dev.gatehouse.db.model.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What nodes say of themselves, and what follows for "is my change live?". Ages are taken on the database's clock. */
public final class NodeReports {

    /** A node that has been silent for longer does not count as serving. */
    public static final Duration SILENCE = Duration.ofSeconds(10);

    private final Database database;

    public NodeReports(Database database) {
        this.database = database;
    }

    /**
     * What a node says.
     *
     * @param boot drawn at each start
     * @param address how its proxy port is reached, such as {@code http://10.0.0.3:8080}
     * @param version what it serves; empty while it serves nothing
     * @param problems sentences; empty when all is well
     * @param targets those of which there is more to say than that they are used
     * @param services those that have something that keeps them from harm
     */
    public record Report(
            String name,
            UUID boot,
            String address,
            String software,
            Instant startedAt,
            Optional<Version> version,
            List<String> problems,
            List<TargetState> targets,
            List<ServiceState> services) {

        /** Without targets and services. */
        public Report(
                String name,
                UUID boot,
                String address,
                String software,
                Instant startedAt,
                Optional<Version> version,
                List<String> problems) {
            this(name, boot, address, software, startedAt, version, problems, List.of(), List.of());
        }
    }

    /**
     * What is known of a node.
     *
     * @param age since its last report
     * @param appliedAt since when it serves its version
     */
    public record Known(Report report, Instant reportedAt, Duration age, Optional<Instant> appliedAt) {

        public boolean serving() {
            return age.compareTo(SILENCE) <= 0;
        }

        /** Does it serve that revision or a later one of the epoch? */
        public boolean has(Version version) {
            return report.version()
                    .filter(served -> served.epoch().equals(version.epoch()) && served.revision() >= version.revision())
                    .isPresent();
        }
    }

    public void report(Report report) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("""
                        insert into node as known (name, boot, address, software, started_at, epoch, revision, applied_at, problems, targets, services)
                        values (:name, :boot, :address, :software, :started, cast(:epoch as uuid), cast(:revision as bigint),
                                case when cast(:revision as bigint) is null then null else now() end, cast(:problems as jsonb), cast(:targets as jsonb), cast(:services as jsonb))
                        on conflict (name) do update
                           set boot = excluded.boot, address = excluded.address, software = excluded.software,
                               started_at = excluded.started_at, reported_at = now(), epoch = excluded.epoch,
                               revision = excluded.revision, problems = excluded.problems, targets = excluded.targets, services = excluded.services,
                               applied_at = case when (known.epoch, known.revision) is not distinct from (excluded.epoch, excluded.revision)
                                                 then known.applied_at else excluded.applied_at end
                        """)
                        .bind("name", report.name())
                        .bind("boot", report.boot())
                        .bind("address", report.address())
                        .bind("software", report.software())
                        .bind("started", OffsetDateTime.ofInstant(report.startedAt(), ZoneOffset.UTC))
                        .bind("epoch", report.version().map(Version::epoch).orElse(null))
                        .bind(
                                "revision",
                                report.version().map(Version::revision).orElse(null))
                        .bind("problems", Json.write(report.problems()))
                        .bind("targets", Json.write(report.targets()))
                        .bind("services", Json.write(report.services()))
                        .execute());
    }

    /**
     * A sign of life of a node that has nothing new to say.
     *
     * @return who serves, by name; none where nothing is known of this node since this start, so that it has to {@link #report}
     */
    public List<String> alive(String name, UUID boot) {
        return database.rows("""
                with alive as (update node set reported_at = now() where name = ? and boot = ? returning name)
                select name from node
                 where exists (select from alive) and (name = ? or reported_at >= now() - interval '%d seconds')
                 order by name
                """.formatted(SILENCE.toSeconds()), row -> row.getString(1), name, boot, name);
    }

    /** A node that left in good order, or one that is known never to return. */
    public void forget(String name) {
        database.jdbi().useHandle(handle -> handle.execute("delete from node where name = ?", name));
    }

    /** By name. */
    public List<Known> all() {
        return database.jdbi()
                .withHandle(handle ->
                        handle.createQuery("""
                        select *, extract(epoch from now() - reported_at) * 1000 as age_ms from node order by name""").map((row, _) -> known(row)).list());
    }

    private static Known known(ResultSet row) throws SQLException {
        var epoch = Optional.ofNullable(row.getObject("epoch", UUID.class));
        long revision = row.getLong("revision");
        return new Known(
                new Report(
                        row.getString("name"),
                        row.getObject("boot", UUID.class),
                        row.getString("address"),
                        row.getString("software"),
                        History.instant(row, "started_at"),
                        epoch.map(known -> new Version(known, revision)),
                        Json.texts(row.getString("problems")),
                        Json.targets(row.getString("targets")),
                        Json.services(row.getString("services"))),
                History.instant(row, "reported_at"),
                Duration.ofMillis(row.getLong("age_ms")),
                Optional.ofNullable(row.getObject("applied_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}
