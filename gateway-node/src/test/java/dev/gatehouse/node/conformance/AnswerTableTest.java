package dev.gatehouse.node.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.node.server.RawClient;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a service may answer, and what a client gets of it. The cases are the rows of answers.tsv. */
class AnswerTableTest {

    /** Said anew for the next connection, or added. */
    private static final String REBUILT =
            "(?i)(content-length|transfer-encoding|connection|keep-alive|upgrade|trailer|x-mine|x-request-id|via):.*";

    /** @param outcome status and "body"; 502; or cut */
    record Case(String name, String rule, String method, String outcome, boolean closes, String answer) {

        static Case of(List<String> row) {
            return new Case(
                    row.get(0),
                    row.get(1),
                    row.get(2),
                    Table.octets(row.get(3)),
                    row.get(4).equals("closes"),
                    Table.octets(row.get(5)));
        }

        boolean bodiless() {
            return method.equals("HEAD");
        }

        @Override
        public String toString() {
            return name + " (" + rule + ")";
        }
    }

    private static RawUpstream upstream;
    private static Gate gate;

    static Stream<Case> cases() {
        return Table.rows("answers.tsv").map(Case::of);
    }

    @BeforeAll
    static void start() {
        upstream = new RawUpstream();
        gate = Gate.to(upstream.port());
    }

    @AfterAll
    static void stop() {
        gate.close();
        upstream.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void reachesTheClientAsTheTableSays(Case one) throws Strict.Malformed {
        upstream.answer(one.answer(), one.closes());

        var got = ask(one);

        switch (one.outcome()) {
            case "502" -> {
                assertThat(got.status()).isEqualTo(502);
                assertThat(got.whole()).isTrue();
                assertThat(got.fields()).contains("Content-Type: application/problem+json");
            }
            case "cut" -> {
                assertThat(got.status()).isEqualTo(200);
                assertThat(got.whole()).isFalse();
            }
            default -> {
                assertThat(got.status() + " \"" + got.body() + "\"").isEqualTo(one.outcome());
                assertThat(got.whole()).isTrue();
                assertThat(unchanged(got.fields())).isEqualTo(unchanged(sent(one.answer())));
            }
        }
        upstream.answer("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext", false);
        assertThat(RawClient.ask(gate.port(), "GET /next HTTP/1.1\nHost: a\n\n").body())
                .isEqualTo("next");
    }

    private static Got ask(Case one) throws Strict.Malformed {
        try (var client = new RawClient(gate.port())) {
            client.send(one.method() + " / HTTP/1.1\nHost: a.example\nConnection: close\n\n");
            return Got.of(client.rest(), one.bodiless());
        }
    }

    /** The fields of the final answer, blanks around values left out. */
    private static List<String> sent(String answer) {
        var head = answer.substring(0, answer.indexOf("\r\n\r\n"));
        if (head.matches("(?s)HTTP/1\\.1 1.*")) {
            return sent(answer.substring(head.length() + 4));
        }
        return head.lines()
                .skip(1)
                .map(line -> line.replaceFirst(":[ \t]*", ": ").replaceFirst("(: .*?)[ \t]+$", "$1"))
                .map(line -> line.matches("[^:]*: [ \t]*") ? line.replaceFirst(": [ \t]*", ": ") : line)
                .toList();
    }

    private static List<String> unchanged(List<String> fields) {
        boolean dated = fields.stream().anyMatch(field -> field.startsWith("Date: Tue, 15 Nov 1994"));
        return fields.stream()
                .filter(field -> !field.matches(REBUILT))
                .filter(field -> dated || !field.startsWith("Date: "))
                .toList();
    }
}
