package dev.gatehouse.node.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The spellings of paths.tsv. */
public final class PathCases {

    /** @param expectation begins with 400 where the request is refused */
    public record Case(String target, String expectation) {

        public boolean refused() {
            return expectation.startsWith("400");
        }

        @Override
        public String toString() {
            return target + " -> " + expectation;
        }
    }

    private PathCases() {}

    public static Stream<Case> all() {
        return lines().stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", -1))
                .map(columns -> new Case(columns[0], columns[1]));
    }

    private static List<String> lines() {
        try (var in = PathCases.class.getResourceAsStream("paths.tsv")) {
            if (in == null) {
                throw new IllegalStateException("paths.tsv is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
