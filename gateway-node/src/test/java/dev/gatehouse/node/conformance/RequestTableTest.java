package dev.gatehouse.node.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.node.server.RawClient;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a client may send, and what comes of it: the answer, and at the service exactly one well-formed request or
 * nothing. The cases are the rows of requests.tsv.
 */
class RequestTableTest {

    private static final String NEXT = "GET /next HTTP/1.1\r\nHost: a.example\r\n\r\n";

    /** @param answer a status, perhaps with + or ., or alternatives; {@code none} */
    record Case(String name, String rule, String answer, String service, String request) {

        static Case of(List<String> row) {
            return new Case(row.get(0), row.get(1), row.get(2), Table.octets(row.get(3)), Table.octets(row.get(4)));
        }

        boolean endsEarly() {
            return answer.startsWith("none");
        }

        /** Whether the request behind it is served. */
        boolean stays() {
            return answer.equals("200") || answer.endsWith("+");
        }

        List<String> statuses() {
            return List.of(answer.replaceAll("[+.]", "").split("\\|", -1));
        }

        @Override
        public String toString() {
            return name + " (" + rule + ")";
        }
    }

    private static RawUpstream upstream;
    private static Gate gate;

    static Stream<Case> cases() {
        return Table.rows("requests.tsv").map(Case::of);
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

    @BeforeEach
    void forget() {
        upstream.forget();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isAnsweredAndRelayedAsTheTableSays(Case one) {
        try (var client = new RawClient(gate.port())) {
            client.sendRaw(one.request() + (one.endsEarly() ? "" : NEXT));
            if (one.endsEarly()) {
                client.endOutput();
                assertThat(statuses(client.rest())).isSubsetOf(one.statuses());
            } else {
                var answer = client.answer(one.request().startsWith("HEAD ") ? "HEAD" : "GET");
                assertThat(one.statuses()).contains(Integer.toString(answer.status()));
                if (one.stays()) {
                    assertThat(answer.header("Connection")).isEmpty();
                    assertThat(client.answer().status()).isEqualTo(200);
                } else {
                    assertThat(answer.header("Connection")).isEqualTo("close");
                    // spares the time for which a refused client is listened to
                    client.endOutput();
                    assertThat(client.rest()).isEmpty();
                }
            }
        }
        sawWhatItShould(one);
    }

    private static void sawWhatItShould(Case one) {
        assertThat(upstream.offences()).isEmpty();
        if (one.service().equals("torn")) {
            await().until(() -> upstream.torn() == 1);
        } else {
            assertThat(upstream.torn()).isZero();
        }
        var expected = Stream.of(one.service(), one.stays() ? "GET /next \"\"" : "-")
                .filter(line -> line.contains(" "))
                .toList();
        assertThat(upstream.requests()).extracting(Sent::line).isEqualTo(expected);
        for (var request : upstream.requests()) {
            assertThat(request.minor()).isEqualTo(1);
            assertThat(request.values("x-request-id")).hasSize(1);
            assertThat(request.fields())
                    .noneMatch(field -> field.matches("(?i)(connection|te|upgrade|expect|x-mine"
                            + "|keep-alive|transfer_encoding|content_length):.*"));
            assertThat(request.trailers())
                    .noneMatch(field -> field.matches("(?i)(content-length|transfer-encoding|host"
                            + "|authorization|content-type|x-forwarded-for|x-request-id|connection):.*"));
        }
    }

    /** Of all answers in what a client got. */
    private static List<String> statuses(String octets) {
        return octets.lines()
                .filter(line -> line.startsWith("HTTP/1.1 "))
                .map(line -> line.substring(9, 12))
                .toList();
    }
}
