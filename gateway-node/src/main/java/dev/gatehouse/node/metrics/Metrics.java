package dev.gatehouse.node.metrics;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.limit.Limiter;
import dev.gatehouse.node.limit.Standing;
import dev.gatehouse.node.quota.Quotas;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Of limits and quotas: what was decided, with whose help, and how far Redis and the ledger are behind. */
public final class Metrics {

    private final Limiter limiter;
    private final Quotas quotas;

    public Metrics(Limiter limiter, Quotas quotas) {
        this.limiter = limiter;
        this.quotas = quotas;
    }

    /** As {@code GET /metrics} answers. */
    public Response answer() {
        var headers = Headers.of("Content-Type", Exposition.TYPE, "Cache-Control", "no-store");
        return new Response(200, headers, Body.of(text().getBytes(StandardCharsets.UTF_8)));
    }

    String text() {
        var all = new Exposition();
        limits(all);
        quotas(all);
        return all.toString();
    }

    private void limits(Exposition all) {
        var figures = limiter.figures();
        all.each(
                        "gatehouse_limit_standing",
                        "1 for how far this node and Redis agree: away, or joined while not all nodes are back.",
                        "gauge",
                        "standing",
                        Arrays.stream(Standing.values())
                                .collect(Collectors.toMap(
                                        standing -> standing.name().toLowerCase(Locale.ROOT),
                                        standing -> standing == figures.standing() ? 1 : 0)))
                .counter("gatehouse_limit_decisions_total", "Requests that met a rate limit.", figures.decisions())
                .counter(
                        "gatehouse_limit_redis_questions_total",
                        "Round trips to Redis for them; several requests may share one.",
                        figures.roundTrips())
                .gauge("gatehouse_limit_leases", "Counters of which permits are held ahead.", figures.leases())
                .gauge("gatehouse_limit_permits", "Permits held ahead.", figures.permits())
                .gauge("gatehouse_limit_counters", "Counters that this node remembers.", figures.counters())
                .gauge("gatehouse_limit_slots", "Counters of requests at once of which some run here.", figures.slots())
                .each(
                        "gatehouse_limit_refused_total",
                        "Requests refused by that limit or quota.",
                        "counter",
                        "limit",
                        limiter.sightings().refusedByLimit())
                .each(
                        "gatehouse_limit_would_refuse_total",
                        "Requests that a limit which only observes would have refused.",
                        "counter",
                        "limit",
                        limiter.sightings().wouldRefuseByLimit());
    }

    private void quotas(Exposition all) {
        var figures = quotas.figures();
        all.gauge("gatehouse_quota_accounts", "Quotas of subjects that were used here lately.", figures.accounts())
                .gauge(
                        "gatehouse_quota_held",
                        "Units that this node was handed out and that are not in the ledger yet.",
                        figures.held())
                .gauge("gatehouse_quota_files", "Files with counts that wait for the ledger.", figures.files())
                .gauge(
                        "gatehouse_quota_drift",
                        "Units by which Redis and the ledger differ on what was used; for a moment only while it is.",
                        figures.drift().isPresent() ? figures.drift().getAsLong() : Double.NaN)
                .gauge(
                        "gatehouse_quota_ledger_age_seconds",
                        "Since the ledger has answered last.",
                        figures.ledgerSilent().toMillis() / 1e3)
                .gauge(
                        "gatehouse_quota_ledger_away",
                        "1 while PostgreSQL takes no counts.",
                        figures.ledgerAway() ? 1 : 0)
                .gauge(
                        "gatehouse_quota_redis_away",
                        "1 while each quota goes by its own rule.",
                        figures.redisAway() ? 1 : 0);
    }
}
