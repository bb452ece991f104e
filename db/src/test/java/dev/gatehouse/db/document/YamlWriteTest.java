package dev.gatehouse.db.document;

import static dev.gatehouse.db.Samples.certificate;
import static dev.gatehouse.db.Samples.limit;
import static dev.gatehouse.db.Samples.match;
import static dev.gatehouse.db.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.Forward;
import dev.gatehouse.db.model.Method;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.WebSockets;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.deploy.servers.Issued;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlWriteTest {

    @Test
    void keepsWhatIsEmptyOnPurpose() {
        var document = Objects.requireNonNull(Yaml.read("""
                consumers: { cafe: { description: "\ud83d\ude80" } }
                routes:
                  first:
                    match: { path: /a }
                    authentication: { credentials: [ key: { header: "", query: api_key } ] }
                    reply: { status: 200 }
                  second:
                    match: { path: /b }
                    authentication: { credentials: [ key: { header: , query: '' } ] }
                    reply: { status: 200 }
                """).document());

        assertThat(document.routes().get("first"))
                .isNotNull()
                .extracting(route -> route.authentication().headers())
                .isEqualTo(List.of());
        assertThat(document.routes().get("second"))
                .isNotNull()
                .extracting(route -> route.authentication().headers())
                .isEqualTo(List.of("X-API-Key"));
        assertThat(Yaml.read(Yaml.write(document)).document()).isEqualTo(document);
    }

    @Test
    void writesWhatAPersonWouldWrite() {
        var route = new Route(
                match("/api/users/**", Method.GET),
                false,
                List.of(limit(60, RateLimit.Per.KEY, "")),
                new Forward("users", "/users/**"),
                10 << 20,
                Duration.ofMinutes(1),
                WebSockets.DEFAULT);
        var document = new Document(
                Map.of("users", service("http://127.0.0.1:9101")),
                Map.of("users-api", route),
                Map.of("web-shop", new Document.Holder(new Consumer(""), List.of(new NamedKey("demo")))),
                Map.of(),
                Map.of(),
                Map.of());
        assertThat(Yaml.write(document)).isEqualTo("""
                services:
                  users:
                    targets:
                    - http://127.0.0.1:9101
                routes:
                  users-api:
                    match:
                      path: /api/users/**
                      methods:
                      - GET
                    policies:
                    - rate-limit:
                        requests: 60
                        window: 1m
                        per: key
                    forward:
                      service: users
                      rewrite: /users/**
                consumers:
                  web-shop:
                    keys:
                    - demo
                """);
        assertThat(Yaml.read(Yaml.write(document)).document()).isEqualTo(document);
    }

    private static void assertComesBack(String description, String name) {
        var holder = new Document.Holder(new Consumer(description), List.of(new NamedKey(name)));
        var document = new Document(Map.of(), Map.of(), Map.of(name, holder), Map.of(), Map.of(), Map.of());
        var text = Yaml.write(document);
        assertThat(Yaml.read(text)).as(text).satisfies(parsed -> {
            assertThat(parsed.problems()).isEmpty();
            assertThat(parsed.document()).isEqualTo(document);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "null",
                "~",
                "no",
                "y",
                "007",
                "-7",
                "+5",
                "1_000",
                "0x1F",
                "0o17",
                "1e3",
                ".5",
                "1.50",
                ".inf",
                "12:30:45",
                "2026-01-02",
                "- a",
                "-",
                "?",
                "? a",
                ": a",
                "a: b",
                "a:",
                "a #b",
                "#a",
                "!a",
                "&a",
                "*a",
                "@a",
                "`a",
                "%a",
                "|",
                ">",
                "|-",
                "{a",
                "[a",
                "a]",
                "a, b",
                "'a",
                "\"a",
                "a'b\"c",
                "\\a",
                "---",
                "--- a",
                "...",
                "<<",
                "=",
                " a",
                "a ",
                "\u00a0a",
                "\u2028",
                "\ufeffa",
                "🙂",
                "\ud83d"
            })
    void writesEachTextSoThatItComesBack(String text) {
        if (Settings.check(new Consumer(text)).isEmpty()) {
            assertComesBack(text, "a");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "-7", "007", "1.50", "true", "null"})
    void quotesATextThatOthersWouldTakeForSomethingElse(String text) {
        var holder = new Document.Holder(new Consumer(text), List.of());
        assertThat(Yaml.write(new Document(Map.of(), Map.of(), Map.of("a", holder), Map.of(), Map.of(), Map.of())))
                .endsWith("description: \"" + text + "\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "null", "no", "y", "7", "007", "1e3", "0x1f", "0o17", "2026-01-02", "0b11", "n"})
    void writesEachNameSoThatItComesBack(String name) {
        assertComesBack("", name);
    }

    @Test
    void writesLongAndOddTextsSoThatTheyComeBack() {
        assertComesBack("word ".repeat(99) + "end", "a");
        var letters = "aZ09 \"'\\:#-{}[],&*!|>%@`~=?/<;$üß世\u2028\u00a0\u0085";
        var random = new Random(5);
        for (int i = 0; i < 500; i++) {
            var text = new StringBuilder();
            for (int length = 1 + random.nextInt(12); length > 0; length--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            if (Settings.check(new Consumer(text.toString())).isEmpty()) {
                assertComesBack(text.toString(), "a");
            }
        }
    }

    @Test
    void writesCertificatesInLines() {
        var issued = Issued.authority("Test root").issue("shop.example.com");
        var document =
                new Document(Map.of(), Map.of(), Map.of(), Map.of("shop", certificate(issued)), Map.of(), Map.of());
        var text = Yaml.write(document);
        assertThat(text).contains("    chain: |\n      -----BEGIN CERTIFICATE-----\n");
        assertThat(Yaml.read(text).document()).isEqualTo(document);
    }
}
