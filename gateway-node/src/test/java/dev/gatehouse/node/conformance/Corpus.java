package dev.gatehouse.node.conformance;

import dev.gatehouse.node.server.ForwardingFuzz;
import dev.gatehouse.node.wire.CanonicalPathFuzz;
import dev.gatehouse.node.wire.ChunkedFuzz;
import dev.gatehouse.node.wire.PathCases;
import dev.gatehouse.node.wire.RequestHeadFuzz;
import dev.gatehouse.node.wire.RequestTargetFuzz;
import dev.gatehouse.node.wire.ResponseHeadFuzz;
import dev.gatehouse.node.wire.hpack.HpackFuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What each fuzz target starts from: the tables of this package, and what fuzzing has found, in corpus.tsv. */
public final class Corpus {

    @FunctionalInterface
    interface Fuzz {
        void test(byte[] data) throws IOException;
    }

    /** @param name of the class, by which corpus.tsv names it */
    record Target(String name, Fuzz fuzz, Stream<String> seeds) {

        List<byte[]> all() {
            var found = Table.rows("corpus.tsv")
                    .filter(row -> row.get(0).equals(name))
                    .map(row -> row.get(1));
            return Stream.concat(seeds, found.map(Table::octets))
                    .map(octets -> octets.getBytes(StandardCharsets.ISO_8859_1))
                    .toList();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private Corpus() {}

    static Stream<Target> targets() {
        return Stream.of(
                new Target("RequestHeadFuzz", RequestHeadFuzz::fuzzerTestOneInput, column("requests.tsv", 4)),
                new Target("ResponseHeadFuzz", ResponseHeadFuzz::fuzzerTestOneInput, column("answers.tsv", 5)),
                new Target("ChunkedFuzz", ChunkedFuzz::fuzzerTestOneInput, chunks()),
                new Target("RequestTargetFuzz", RequestTargetFuzz::fuzzerTestOneInput, targetsOfRequests()),
                new Target("CanonicalPathFuzz", CanonicalPathFuzz::fuzzerTestOneInput, targetsOfRequests()),
                new Target("HpackFuzz", HpackFuzz::fuzzerTestOneInput, Stream.of()),
                new Target("ForwardingFuzz", ForwardingFuzz::fuzzerTestOneInput, Stream.of()));
    }

    /** @param arguments a folder, which gets one for each target with a file for each seed: what a fuzzer wants */
    public static void main(String[] arguments) throws IOException {
        for (var target : targets().toList()) {
            var folder = Files.createDirectories(Path.of(arguments[0], target.name()));
            int number = 0;
            for (var seed : target.all()) {
                Files.write(folder.resolve("seed-" + number++), seed);
            }
        }
    }

    private static Stream<String> column(String file, int number) {
        return Table.rows(file).map(row -> Table.octets(row.get(number)));
    }

    private static Stream<String> chunks() {
        return Stream.concat(column("requests.tsv", 4), column("answers.tsv", 5))
                .filter(message -> message.contains("Transfer-Encoding: chunked\r\n\r\n"))
                .map(message -> message.substring(message.indexOf("\r\n\r\n") + 4));
    }

    private static Stream<String> targetsOfRequests() {
        var sent = column("requests.tsv", 4)
                .map(request -> request.split(" ", 3))
                .filter(words -> words.length == 3)
                .map(words -> words[1]);
        return Stream.concat(PathCases.all().map(PathCases.Case::target), sent);
    }
}
