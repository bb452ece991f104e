package dev.gatehouse.db.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.db.document.Yaml;
import dev.gatehouse.db.key.SecretException;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.quota.Period;
import dev.gatehouse.db.settings.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a save refuses of quotas, bonuses and webhooks. */
class QuotaRulesTest {

    private static final Secrets SECRETS =
            Secrets.read("1:" + Base64.getEncoder().encodeToString(new byte[32]));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ name: a, amount: 0 } | quotas[0].amount",
                "{ name: a, amount: 1, every: year } | quotas[0].every",
                "{ name: a, amount: 1, every: custom, length: 90m1ms } | quotas[0].length",
                "{ name: a, amount: 1, anchor: 2026-02-30 } | quotas[0].anchor",
                "{ name: a, amount: 1, zone: Mars/Olympus } | quotas[0].zone",
                "{ name: a, amount: 1, mode: soft, carry-over: 1 } | quotas[0].carry-over",
                "{ name: a, amount: 1, cost: { units: 2 } } | quotas[0].cost.units",
                "{ name: a, amount: 1, alerts: [ 80, 80 ] } | quotas[0].alerts[1]",
                "{ name: a, amount: 1, alerts: [ 0 ] } | quotas[0].alerts[0].percent",
                "{ name: a, amount: 1, anniversary: true, per: all } | quotas[0].anniversary",
                "{ name: a, amount: 1, anniversary: true, every: day } | quotas[0].anniversary",
                "{ amount: 1 } | quotas[0].name"
            })
    void refusesAQuotaThatSaysNoGoodSense(String quota, String path) {
        var problems =
                Yaml.read("plans: { small: { quotas: [ " + quota + " ] } }").problems();
        assertThat(problems).extracting(at -> at.problem().path()).containsExactly("plans.small." + path);
    }

    @Test
    void beginsOnTheDaySinceWhenAConsumerIsOneWhereItGoesByThat() {
        var document = Objects.requireNonNull(Yaml.read("""
                plans:
                  small: { quotas: [ { name: own, amount: 1, anniversary: true }, { name: same, amount: 1 } ] }
                consumers:
                  shop: { plans: [ small ], since: 2025-03-31 }
                """).document());
        var quotas = Objects.requireNonNull(document.plans().get("small")).quotas();
        var since = Objects.requireNonNull(document.consumers().get("shop"))
                .consumer()
                .since();
        var now = Instant.parse("2026-02-28T12:00:00Z");

        assertThat(quotas.getFirst().forOne(since).calendar().at(now))
                .isEqualTo(new Period(Instant.parse("2026-02-28T00:00:00Z"), Instant.parse("2026-03-31T00:00:00Z")));
        assertThat(quotas.getFirst().forOne("")).isSameAs(quotas.getFirst());
        assertThat(quotas.getLast().forOne(since)).isSameAs(quotas.getLast());
    }

    @Test
    void takesAQuotaInAllItsWords() {
        var document = Objects.requireNonNull(Yaml.read("""
                plans:
                  small:
                    quotas:
                      - name: monthly
                        amount: 100000
                        every: month
                        anchor: 2026-01-31
                        zone: Europe/Berlin
                        per: key
                        cost: { by: response-header, header: X-Units }
                        carry-over: 5000
                        alerts: [ 80, 100 ]
                        without-redis: deny
                """).document());
        var quota =
                Objects.requireNonNull(document.plans().get("small")).quotas().getFirst();
        assertThat(quota.percents()).containsExactly(80, 100);
        assertThat(quota.calendar().anchor()).hasToString("Optional[2026-01-31]");
        assertThat(quota.refuses()).isTrue();
    }

    @Test
    void quotasOfOneNameOnRoutesMustBeAlikeInAllButCost() {
        var one = "{ quota: { name: shared, amount: 5, cost: { units: 2 } } }";
        assertThat(problems(one, "{ quota: { name: shared, amount: 5 } }")).isEmpty();
        assertThat(problems(one, "{ quota: { name: shared, amount: 6 } }"))
                .extracting(Problem::path)
                .containsExactly("routes.b.policies[0].quota.name");
    }

    @Test
    void noRequestMeetsTwoQuotasOfOneName() {
        var routes = "routes: { a: { match: { path: /a }, policies: [ %s ], forward: { service: here } } }\n";
        var plans = """
                plans:
                  small: { quotas: [ { name: calls, amount: 5 } ] }
                  large: { quotas: [ { name: calls, amount: 9 }, { name: %s, amount: 1 } ] }
                consumers: { shop: { plans: [ small%s ] } }
                """;
        var one = "{ quota: { amount: 1 } }";
        assertThat(problems(routes.formatted(one + ", { quota: { name: a, amount: 1 } }")))
                .extracting(Problem::toString)
                .containsExactly(
                        "routes.a.policies[1].quota.name: Two quotas of one route need two names; one without has that of the route.");
        assertThat(problems(routes.formatted(one) + plans.formatted("a", ", large")))
                .extracting(Problem::toString)
                .containsExactly(
                        "plans.large.quotas[1].name: Quota 'a' is one of route 'a'; a plan's quota has a name of its own.",
                        "consumers.shop.plans[1]: Plans 'small' and 'large' both have a quota 'calls'; a consumer can subscribe to one of them.");
        assertThat(problems(routes.formatted(one) + plans.formatted("own", ""))).isEmpty();
    }

    @Test
    void whatAllUseTogetherIsAlikeInAllPlans() {
        var plans = """
                plans:
                  small: { quotas: [ { name: ours, amount: 5, per: all } ] }
                  large: { quotas: [ { name: ours, amount: %d, per: all } ] }
                """;
        assertThat(problems(plans.formatted(5))).isEmpty();
        assertThat(problems(plans.formatted(6)))
                .extracting(Problem::path)
                .containsExactly("plans.small.quotas[0].name");
    }

    private static List<Problem> problems(String first, String second) {
        return problems("""
                routes:
                  a: { match: { path: /a }, policies: [ %s ], forward: { service: here } }
                  b: { match: { path: /b }, policies: [ %s ], forward: { service: here } }
                """.formatted(first, second));
    }

    @Test
    void aBonusIsForAQuotaThatCountsPerConsumer() {
        var plans = """
                plans: { small: { quotas: [ { name: mine, amount: 1 }, { name: ours, amount: 1, per: all } ] } }
                consumers:
                  shop: { plans: [ small ], bonuses: [ { quota: %s, amount: 1, until: 2030-01-01 } ] }
                """;
        assertThat(problems(plans.formatted("mine"))).isEmpty();
        assertThat(problems(plans.formatted("ours")))
                .extracting(Problem::path)
                .containsExactly("consumers.shop.bonuses[0].quota");
        assertThat(problems(plans.formatted("none"))).hasSize(1);
    }

    private static List<Problem> problems(String yaml) {
        var document =
                Objects.requireNonNull(Yaml.read("services: { here: { targets: [ \"http://127.0.0.1:9\" ] } }\n" + yaml)
                        .document());
        var all = new HashMap<Kind, Map<String, ? extends Entity>>();
        all.put(Kind.SERVICE, document.services());
        all.put(Kind.ROUTE, document.routes());
        all.put(Kind.PLAN, document.plans());
        var consumers = new HashMap<String, Consumer>();
        document.consumers().forEach((name, holder) -> consumers.put(name, holder.consumer()));
        all.put(Kind.CONSUMER, consumers);
        return SnapshotRules.check(Snapshot.of(kind -> all.getOrDefault(kind, Map.of())));
    }

    @Test
    void aWebhooksSecretIsStoredEncryptedAndOnlyForItsAddress() {
        var hook =
                new Webhook("https://hooks.example.com/a", "a-secret-of-32-letters-for-tests-only", List.of(), false);
        var stored = hook.sealed(SECRETS);

        assertThat(stored.secret()).startsWith("sealed:v1:").doesNotContain("a-secret");
        assertThat(stored.key(SECRETS))
                .isEqualTo("a-secret-of-32-letters-for-tests-only".getBytes(StandardCharsets.UTF_8));
        assertThat(stored.sealed(SECRETS)).isEqualTo(stored);
        var elsewhere = new Webhook("https://evil.example.com/", stored.secret(), List.of(), false);
        assertThatThrownBy(() -> elsewhere.sealed(SECRETS)).isInstanceOf(SecretException.class);
    }
}
