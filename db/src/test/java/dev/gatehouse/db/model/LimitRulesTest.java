package dev.gatehouse.db.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.document.Yaml;
import dev.gatehouse.db.settings.Problem;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Plans, the limits in them, and who subscribes. */
class LimitRulesTest {

    private static final String SERVICES = """
            services: { users: { targets: [ "http://127.0.0.1:9101" ] } }
            routes:
              users-api:
                match: { path: "/users/{id}" }
                policies: [ { rate-limit: { requests: 60, window: 1m } } ]
                forward: { service: users }
            """;

    @Test
    void takesPlansWithSubscribersAndOverrides() {
        assertThat(problems("""
                plans:
                  gold:
                    routes: [ users-api ]
                    limits: [ { requests: 100, window: 1s, burst: 200, name: calls } ]
                    concurrency: [ { requests: 5, name: at-once } ]
                    costs: [ { route: users-api, units: 3 } ]
                consumers:
                  shop:
                    plans: [ gold ]
                    overrides:
                      - { limit: calls, requests: 500, until: "2026-12-31" }
                      - { limit: users-api, requests: 90 }
                """)).isEmpty();
    }

    @Test
    void tellsOfEverythingThatIsNotThere() {
        assertThat(problems("""
                plans:
                  gold:
                    routes: [ nowhere ]
                    costs: [ { route: neither, units: 3 } ]
                consumers:
                  shop: { plans: [ silver ], overrides: [ { limit: calls, requests: 1 } ] }
                """))
                .extracting(Problem::toString)
                .containsExactlyInAnyOrder(
                        "plans.gold.routes[0]: There is no route 'nowhere'.",
                        "plans.gold.costs[0].route: There is no route 'neither'.",
                        "consumers.shop.plans[0]: There is no plan 'silver'.",
                        "consumers.shop.overrides[0].limit: There is no limit 'calls' in its plans, nor on a route that counts per consumer or key.");
    }

    @Test
    void keepsCountsOfDifferentLimitsApart() {
        assertThat(problems("""
                plans:
                  gold: { limits: [ { requests: 9, window: 1s, name: calls } ] }
                  more: { limits: [ { requests: 8, window: 1s, name: calls }, { requests: 1, window: 1s, name: users-api } ] }
                consumers:
                  shop: { plans: [ gold, more ] }
                """))
                .extracting(Problem::toString)
                .containsExactlyInAnyOrder(
                        "plans.more.limits[1].name: Limit 'users-api' is one of route 'users-api'; a plan's limit has a name of its own.",
                        "consumers.shop.plans[1]: Plans 'gold' and 'more' both have a limit 'calls'; a consumer can subscribe to one of them.");
    }

    @Test
    void countsNoRequestOfARouteTwiceUnderOneName() {
        var twice =
                SERVICES.replace("1m } } ]", "1m } }, { rate-limit: { requests: 60, window: 1m, name: users-api } } ]");
        assertThat(problems(twice, ""))
                .extracting(Problem::toString)
                .containsExactly(
                        "routes.users-api.policies[1].rate-limit.name: Two limits of one route need two names; one without has that of the route.");
    }

    @Test
    void wantsWhatPlansCountTogetherToBeAlike() {
        assertThat(problems("""
                plans:
                  gold: { limits: [ { requests: 9, window: 1h, name: all, per: group }, { requests: 9, window: 1s, name: own } ] }
                  more: { limits: [ { requests: 9, window: 1m, name: all, per: group }, { requests: 8, window: 1h, name: own } ] }
                """))
                .extracting(Problem::toString)
                .containsExactlyInAnyOrder(
                        "plans.gold.limits[0].name: Limit 'all' of plan 'more' is another one; limits of one name share their count and must be alike in all but cost.",
                        "plans.more.limits[0].name: Limit 'all' of plan 'gold' is another one; limits of one name share their count and must be alike in all but cost.");
    }

    @Test
    void refusesACostThatALimitNeverHasRoomFor() {
        assertThat(refused("{ limits: [ { requests: 9, window: 1s, name: a, cost: { units: 10 } } ] }"))
                .contains("limits[0].cost.units");
        assertThat(refused("{ limits: [ { requests: 9, window: 1s, burst: 5, name: a, cost: { units: 6 } } ] }"))
                .contains("limits[0].cost.units");
        assertThat(problems("""
                plans:
                  gold:
                    limits: [ { requests: 9, window: 1s, name: calls } ]
                    quotas: [ { amount: 5, carry-over: 3, name: daily }, { amount: 5, mode: soft, name: told } ]
                    costs: [ { route: users-api, units: 10 } ]
                """))
                .extracting(Problem::toString)
                .containsExactly(
                        "plans.gold.costs[0].units: A request must not take more than the 9 that limit 'calls' has at most.",
                        "plans.gold.costs[0].units: A request must not take more than the 8 that quota 'daily' has at most.");
    }

    @Test
    void takesOneOverrideForAWhileBesideOneForGood() {
        var overrides = "{ limit: users-api, requests: 90 }, { limit: users-api, requests: 99, until: 2026-12-31 }";
        assertThat(problems("consumers: { shop: { overrides: [ " + overrides + " ] } }"))
                .isEmpty();
        assertThat(Yaml.read("consumers: { shop: { overrides: [ " + overrides
                                + ", { limit: users-api, requests: 1, until: 2026-12-31 } ] } }")
                        .problems())
                .extracting(at -> at.problem().toString())
                .containsExactly(
                        "consumers.shop.overrides[2]: There is another one for 'users-api' that ends at the same time.");
    }

    @Test
    void refusesAnOverrideWithWhichALimitMeansNothing() {
        var plans = """
                plans:
                  gold:
                    limits:
                      - { requests: 9, window: 1s, name: dear, cost: { units: 5 } }
                      - { requests: 9, window: 1s, burst: 9, name: bucket }
                consumers: { shop: { plans: [ gold ], overrides: [ %s ] } }
                """;
        assertThat(problems(
                        plans.formatted("{ limit: dear, requests: 4 }, { limit: bucket, requests: 1, burst: 100000 }")))
                .extracting(Problem::toString)
                .containsExactly(
                        "consumers.shop.overrides[0].requests: A request must not take more than the 4 there are at most.",
                        "consumers.shop.overrides[1].burst: Must fill again within 1d at the rate of requests by window.");
        assertThat(problems(
                        plans.formatted("{ limit: dear, requests: 5 }, { limit: bucket, requests: 1, burst: 80000 }")))
                .isEmpty();
    }

    @Test
    void refusesLimitsThatMeanNothing() {
        assertThat(refused("{ limits: [ { requests: 1, window: 1s } ] }")).contains("limits[0].name");
        assertThat(refused(
                        "{ limits: [ { requests: 1, window: 1s, name: a }, { requests: 1, window: 1s, name: a } ] }"))
                .contains("limits[1].name");
        assertThat(refused("{ limits: [ { requests: 1, window: 1s, name: a, per: route } ] }"))
                .contains("limits[0].per");
        assertThat(refused("{ limits: [ { requests: 1, window: 1s, name: a, per: header } ] }"))
                .contains("limits[0].per-name");
        assertThat(refused("{ limits: [ { requests: 1, window: 1s, name: a, per-name: X-A } ] }"))
                .contains("limits[0].per-name");
        assertThat(refused("{ limits: [ { requests: 1, window: 1h, name: a, burst: 25 } ] }"))
                .contains("limits[0].burst");
        assertThat(refused("{ limits: [ { requests: 1, window: 1s, name: a, cost: { by: response-header } } ] }"))
                .contains("limits[0].cost.header");
        assertThat(refused("{ costs: [ { route: a, units: 2 }, { route: a, units: 3 } ] }"))
                .contains("costs[1].route");
    }

    @Test
    void endsAnOverrideAtItsMoment() {
        var override = new LimitOverride("calls", 5, 0, "2026-12-31T18:00:00Z");
        assertThat(override.holds(Instant.parse("2026-12-31T17:59:59.999Z"))).isTrue();
        assertThat(override.holds(Instant.parse("2026-12-31T18:00:00Z"))).isFalse();
        assertThat(new LimitOverride("calls", 5, 0, "").holds(Instant.MAX)).isTrue();
    }

    private static List<String> refused(String plan) {
        return Yaml.read("plans: { gold: " + plan + " }").problems().stream()
                .map(at -> at.problem().path())
                .map(path -> path.replace("plans.gold.", ""))
                .toList();
    }

    private static List<Problem> problems(String yaml) {
        return problems(SERVICES, yaml);
    }

    private static List<Problem> problems(String services, String yaml) {
        var document = Objects.requireNonNull(Yaml.read(services + yaml).document());
        var consumers = new LinkedHashMap<String, Consumer>();
        document.consumers().forEach((name, holder) -> consumers.put(name, holder.consumer()));
        return SnapshotRules.check(new Snapshot(
                document.services(),
                document.routes(),
                consumers,
                document.certificates(),
                document.apis(),
                document.clientTypes(),
                document.plans(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of()));
    }
}
