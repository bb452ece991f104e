package dev.gatehouse.console.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.document.Yaml;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteRowTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{forward: {service: users, mirror: [{service: next}]}}                            | users, mirrored to next",
                "{forward: {split: [{service: users, weight: 95}, {service: next, weight: 5}]}}    | users 95 % · next 5.0 %",
                "{redirect: {scheme: https, host: new.example.com, path: /v2, status: 308}} | 308 → https://new.example.com/v2",
                "{redirect: {keep-query: false}}                                                   | 302 → the same with another query",
                "{reply: {status: 410}}                                                            | replies 410"
            })
    void tellsWhereRequestsEnd(String ending, String told) {
        assertThat(row("{ match: { path: /a }, " + ending.strip().substring(1)).ending())
                .isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{path: /a}                                                                 | ANY /a                         | ''",
                "{path: '/users/{id}', methods: [POST, GET], hosts: [api.example.com]}      | POST, GET api.example.com/users/{id} | ''",
                "{path: /a/**, hosts: [a.example.com, b.example.com, '*.c.example.com']}    | ANY a.example.com (+2) /a/**   | ''",
                "{path: /a, share: 20}                                                      | ANY /a                         | +1 condition",
                "{path: /a, headers: [{name: x-beta, is: 'yes'}], addresses: [10.0.0.0/8]}  | ANY /a                         | +2 conditions"
            })
    void tellsWhatARouteTakes(String match, String told, String further) {
        var row = row("{ match: " + match + ", reply: {} }");

        assertThat(row.match()).isEqualTo(told);
        assertThat(row.further()).isEqualTo(further);
    }

    @Test
    void namesEveryHostAndConditionBesideTheMatch() {
        var row = row(
                "{ match: {path: /a, hosts: [a.example.com, b.example.com], share: 20, query: [{name: v, is: '2'}]}, reply: {} }");

        assertThat(row.matchInWords()).isEqualTo("""
                        ANY a.example.com (+1) /a
                        on a.example.com, b.example.com
                        with query parameter v: 2
                        with 20 % of the requests""");
    }

    private static RouteRow row(String route) {
        var document =
                Objects.requireNonNull(Yaml.read("routes: { a: " + route + " }").document());
        return new RouteRow(
                "a",
                Objects.requireNonNull(document.routes().get("a")),
                1,
                Flow.of(Optional.empty()).apply("a"));
    }
}
