package dev.gatehouse.deploy.demo.orders;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The media types of a GraphQL response. */
enum MediaType {
    GRAPHQL("application/graphql-response+json"),
    JSON("application/json");

    private final String name;

    MediaType(String name) {
        this.name = name;
    }

    /** What {@code Accept} likes best (RFC 9110, 12.5.1); empty when it likes neither. */
    static Optional<MediaType> preferred(Optional<String> accept) {
        return Arrays.stream(values())
                .map(type -> new Liking(type, accept.map(type::quality).orElse(1.0)))
                .filter(liking -> liking.quality > 0)
                .max(Comparator.comparingDouble(Liking::quality).thenComparing(Liking::type, Comparator.reverseOrder()))
                .map(Liking::type);
    }

    String withCharset() {
        return name + "; charset=utf-8";
    }

    /** Of the ranges that cover this type the most specific one decides. */
    private double quality(String accept) {
        return Stream.of(name, "application/*", "*/*")
                .flatMap(range -> Arrays.stream(accept.toLowerCase(Locale.ROOT).split(",", -1))
                        .map(entry -> entry.strip().split("\\s*;\\s*", -1))
                        .filter(entry -> entry[0].equals(range)))
                .findFirst()
                .map(MediaType::quality)
                .orElse(0.0);
    }

    private static double quality(String[] entry) {
        return Arrays.stream(entry)
                .filter(parameter -> parameter.matches("q=[01](\\.\\d{0,3})?"))
                .findFirst()
                .map(parameter -> Double.valueOf(parameter.substring(2)))
                .orElse(1.0);
    }

    private record Liking(MediaType type, double quality) {}
}
