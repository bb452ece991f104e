package dev.gatehouse.db.document;

import static dev.gatehouse.db.Samples.match;
import static dev.gatehouse.db.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.Forward;
import dev.gatehouse.db.model.Method;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.WebSockets;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.settings.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReadTest {

    private static final String EXAMPLE = """
            services:
              users: { targets: [ "http://127.0.0.1:9101" ] }
            routes:
              users-api:
                match: { path: "/api/users/**", methods: [GET] }
                policies: [ { rate-limit: { requests: 60, window: 1m, per: consumer } } ]
                forward: { service: users, rewrite: "/users/**" }
            consumers:
              web-shop: { keys: [ demo ] }
            """;

    private static Document document(String text) {
        var parsed = Yaml.read(text);
        assertThat(parsed.problems()).isEmpty();
        var document = parsed.document();
        if (document == null) {
            throw new AssertionError("Neither problems nor a document");
        }
        return document;
    }

    private static List<Yaml.At> problems(String text) {
        var parsed = Yaml.read(text);
        assertThat(parsed.document()).isNull();
        return parsed.problems();
    }

    @Test
    void readsServicesRoutesAndConsumersByName() {
        var limit = new RateLimit(
                60,
                Duration.ofMinutes(1),
                RateLimit.Per.CONSUMER,
                RateLimit.Mode.LEASED,
                RateLimit.WithoutRedis.LOCAL,
                "");
        assertThat(document(EXAMPLE))
                .isEqualTo(new Document(
                        Map.of("users", service("http://127.0.0.1:9101")),
                        Map.of(
                                "users-api",
                                new Route(
                                        match("/api/users/**", Method.GET),
                                        false,
                                        List.of(limit),
                                        new Forward("users", "/users/**"),
                                        10 << 20,
                                        Duration.ofMinutes(1),
                                        WebSockets.DEFAULT)),
                        Map.of("web-shop", new Document.Holder(new Consumer(""), List.of(new NamedKey("demo")))),
                        Map.of(),
                        Map.of(),
                        Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# only a comment\n", "---\n", "null", "{}", "services:\nroutes:\n"})
    void readsAnEmptyFileAsAnEmptyDocument(String text) {
        assertThat(document(text)).isEqualTo(new Document(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of()));
    }

    @Test
    void readsBlockStyleAndTextsOfAllKinds() {
        var document = document("""
                consumers:
                  a: { description: plain text }
                  b: { description: "with: colon" }
                  c:
                    description: >-
                      folded
                      text
                  d: { description: 007 }
                  e: { description: 1e3 }
                  f: { description: 0x1F }
                  g: { description: 2026-01-02 }
                  h: { description: 12345678901234567890 }
                """);
        assertThat(document.consumers().values())
                .extracting(holder -> holder.consumer().description())
                .containsExactly(
                        "plain text",
                        "with: colon",
                        "folded text",
                        "007",
                        "1e3",
                        "0x1F",
                        "2026-01-02",
                        "12345678901234567890");
    }

    @Test
    void readsAFileOfWindows() {
        assertThat(document("\uFEFF" + EXAMPLE.replace("\n", "\r\n"))).isEqualTo(document(EXAMPLE));
    }

    @Test
    void saysInWhichLineAnUnknownNameStandsAndWhichWasMeant() {
        assertThat(problems(EXAMPLE.replace("rewrite:", "rewrit:")))
                .singleElement()
                .satisfies(at -> {
                    assertThat(at.line()).isEqualTo(7);
                    assertThat(at.problem().path()).isEqualTo("routes.users-api.forward.rewrit");
                    assertThat(at)
                            .asString()
                            .startsWith("line 7: routes.users-api.forward.rewrit: Unknown name 'rewrit'."
                                    + " Did you mean 'rewrite'? Known here: service, rewrite, split, sticky, mirror.");
                });
        assertThat(problems(EXAMPLE.replace("rate-limit:", "rate_limit:")))
                .singleElement()
                .satisfies(at -> {
                    assertThat(at.line()).isEqualTo(6);
                    assertThat(at).asString().contains("Did you mean 'rate-limit'?");
                });
        assertThat(problems(EXAMPLE.replace("consumers:", "comsumers:")))
                .singleElement()
                .satisfies(at -> {
                    assertThat(at.line()).isEqualTo(8);
                    assertThat(at).asString().contains("Did you mean 'consumers'?");
                });
    }

    @Test
    void tellsOfAllProblemsInTheOrderOfTheirLines() {
        var text = EXAMPLE.replace("http://127.0.0.1:9101", "127.0.0.1:9101")
                .replace("[GET]", "[GTE]")
                .replace("60", "-60")
                .replace("users, rewrite", "Users, rewrite")
                .replace("web-shop", "Web Shop")
                .replace("[ demo ]", "demo");
        assertThat(problems(text))
                .extracting(at -> at.line() + " " + at.problem().path())
                .containsExactly(
                        "2 services.users.targets[0].url",
                        "5 routes.users-api.match.methods[0]",
                        "6 routes.users-api.policies[0].rate-limit.requests",
                        "7 routes.users-api.forward.service",
                        "9 consumers.Web Shop",
                        "9 consumers.Web Shop.keys");
    }

    @Test
    void keepsToTheOrderOfTheLinesWhereAFileHasAnotherThanOurs() {
        assertThat(problems("consumers: 1\nroutes: 2\nservices: 3\n"))
                .extracting(Yaml.At::line)
                .containsExactly(1, 2, 3);
    }

    @Test
    void refusesTheWrongType() {
        assertThat(problems("services: [users]")).singleElement().satisfies(at -> {
            assertThat(at.line()).isEqualTo(1);
            assertThat(at.problem()).isEqualTo(new Problem("services", "Must be a mapping of names."));
        });
        assertThat(problems("services:\n  users:\n    targets: http://users:1\n"))
                .containsExactly(new Yaml.At(3, new Problem("services.users.targets", "Must be a list.")));
        assertThat(problems("- services"))
                .containsExactly(
                        new Yaml.At(
                                1,
                                new Problem(
                                        "",
                                        "Must be a mapping with the names services, routes, consumers, certificates, apis, client-types, plans, issuers, logins, signing-keys, webhooks.")));
    }

    @Test
    void pointsToTheThingWhereSomethingIsMissing() {
        assertThat(problems("routes:\n  a:\n    match: { path: /a }\n"))
                .containsExactly(new Yaml.At(
                        2,
                        new Problem("routes.a", "Must have exactly one of forward, redirect, reply, signing-keys.")));
        assertThat(problems("routes:\n  a:\n    forward: { service: s }\n    match:\n"))
                .containsExactly(new Yaml.At(4, new Problem("routes.a.match.path", "Must be given.")));
    }

    @Test
    void refusesANameThatIsWrittenTwice() {
        assertThat(problems("services:\n  a: { targets: [\"http://a\"] }\n  a: { targets: [\"http://b\"] }\n"))
                .singleElement()
                .satisfies(at -> {
                    assertThat(at.line()).isEqualTo(3);
                    assertThat(at.problem().message()).contains("Duplicate").contains("\"a\"");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "services:\n  a: { targets: [ }\n",
                "services:\n  a: \"unfinished\n",
                "services:\n\ta: {}\n",
                "services:\n a: {}\n  b: {}\n"
            })
    void saysInWhichLineTheFileIsNoYaml(String text) {
        assertThat(problems(text)).singleElement().satisfies(at -> {
            assertThat(at.line()).isBetween(2, 4);
            assertThat(at.problem().message()).startsWith("Not YAML: ").hasSizeGreaterThan(20);
        });
    }

    @Test
    void refusesAKeyThatIsNamedTwice() {
        assertThat(problems(EXAMPLE.replace("[ demo ]", "[ demo, demo ]")))
                .containsExactly(new Yaml.At(9, new Problem("consumers.web-shop.keys[1]", "'demo' is listed twice.")));
    }

    @Test
    void readsAThingOfWhichNothingIsSaid() {
        assertThat(document("consumers:\n  app:\n").consumers())
                .isEqualTo(Map.of("app", new Document.Holder(new Consumer(""), List.of())));
    }

    @Test
    void refusesASecondDocument() {
        assertThat(problems("services: {}\n---\nroutes: {}\n")).singleElement().satisfies(at -> {
            assertThat(at.line()).isBetween(2, 3);
            assertThat(at.problem().message()).startsWith("Only one YAML document is read");
        });
    }

    @Test
    void refusesAliasesRatherThanMisreadThem() {
        assertThat(problems("""
                services:
                  a: &a { targets: [ "http://a" ] }
                  b: *a
                """)).singleElement().satisfies(at -> {
            assertThat(at.line()).isEqualTo(3);
            assertThat(at.problem().message()).contains("alias");
        });
    }

    @Test
    void refusesNestingWithoutEnd() {
        assertThat(problems("services: " + "[".repeat(100_000)))
                .singleElement()
                .satisfies(at -> assertThat(at.problem().message()).contains("deeper than 64 levels"));
        assertThat(problems("a:\n  ".repeat(5_000))).isNotEmpty();
    }

    @Test
    void findsTheLineOfAProblemThatIsFoundLater() {
        var found = List.of(
                new Problem("routes.users-api.forward.service", "There is no service 'users'."),
                new Problem("routes.other.match.path", "Taken."),
                new Problem("keys.web-shop.demo.name", "Taken."));
        assertThat(Yaml.read(EXAMPLE).locate(found)).extracting(Yaml.At::line).containsExactly(7, 3, 1);
    }
}
