package dev.gatehouse.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class HeadersTest {

    @Test
    void findsAReceivedFieldInAnyCase() {
        var headers = received("Host: a", "X-Kéy: ü", "x-other: 1", "X-Other: 2");

        assertThat(headers.first("hOST")).contains("a");
        assertThat(headers.all("X-OTHER")).containsExactly("1", "2");
        assertThat(headers.contains("Hos")).isFalse();
    }

    @Test
    void keepsTheOrderOfWhatWasReceivedAndWhatWasAdded() {
        var headers = received("A: 1", "B: 2", "C: 3").add("D", "4").remove("b").set("a", "5");

        assertThat(headers).hasToString("[Field[name=C, value=3], Field[name=D, value=4], Field[name=a, value=5]]");
    }

    @Test
    void changesNothingInTheOneItWasCopiedFrom() {
        var headers = received("A: 1").add("B", "2");

        headers.copy().remove("A").remove("B").add("C", "3");

        assertThat(headers).extracting("name").containsExactly("A", "B");
    }

    @Test
    void leavesOutNamesOfASet() {
        var names = FieldNames.of("Connection", "TE").and("Via");

        assertThat(received("connection: x", "te: y", "t_e: z", "VIA: 1", "Ok: 2")
                        .remove(names))
                .extracting("name")
                .containsExactly("t_e", "Ok");
        assertThat(FieldNames.loosely("x-forwarded-for").contains("X_Forwarded-For"))
                .isTrue();
        assertThat(FieldNames.of("x-forwarded-for").contains("X_Forwarded-For")).isFalse();
        var alike = FieldNames.lookAlikes("content-length");
        assertThat(received("Content-Length: 1", "Content_Length: 2").remove(alike))
                .extracting("value")
                .containsExactly("1");
    }

    @RepeatedTest(20)
    void behavesAsAListOfFields(RepetitionInfo info) {
        var random = new Random(info.getCurrentRepetition());
        var expected = new ArrayList<Headers.Field>();
        for (int i = random.nextInt(20); i > 0; i--) {
            expected.add(new Headers.Field(name(random), "v" + i));
        }
        var headers = received(expected.stream()
                .map(field -> field.name() + ": " + field.value())
                .toArray(String[]::new));
        for (int step = 0; step < 60; step++) {
            var name = name(random);
            switch (random.nextInt(4)) {
                case 0 -> {
                    headers.remove(name.toUpperCase(Locale.ROOT));
                    expected.removeIf(field -> field.name().equals(name));
                }
                case 1 -> {
                    headers.removeIf(field -> field.value().endsWith("3"));
                    expected.removeIf(field -> field.value().endsWith("3"));
                }
                default -> {
                    headers.add(name, "w" + step);
                    expected.add(new Headers.Field(name, "w" + step));
                }
            }
            assertThat(headers).containsExactlyElementsOf(expected);
        }
    }

    private static String name(Random random) {
        return "n" + random.nextInt(8);
    }

    private static Headers received(String... lines) {
        var text = String.join("\r\n", lines);
        var headers = Headers.over(text.getBytes(StandardCharsets.ISO_8859_1));
        int at = 0;
        for (var line : List.of(lines)) {
            int colon = line.indexOf(':');
            headers.receive(at, colon, at + colon + 2, line.length() - colon - 2);
            at += line.length() + 2;
        }
        return headers;
    }
}
