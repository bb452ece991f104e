package dev.gatehouse.node.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.node.server.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A gateway between two proxies of another make changes nothing: what arrives, at the service and at the client, is
 * what arrives when the first proxy talks to the second without it. Passed over where that proxy is not installed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Sandwich {

    /** Of one connection or one hop, or named in the gateway's README as said anew. */
    private static final String REBUILT = "(?i)(host|connection|keep-alive|content-length|transfer-encoding|trailer|te"
            + "|x-forwarded-for|x-forwarded-host|x-forwarded-proto|forwarded|via|x-request-id|server):.*";

    record Case(String name, String request, boolean closes, String answer) {

        static Case of(List<String> row) {
            return new Case(
                    row.get(0), Table.octets(row.get(1)), row.get(2).equals("closes"), Table.octets(row.get(3)));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** What came out at both ends. */
    record Seen(List<Sent> requests, Got answer) {}

    private final String program;
    private final RawUpstream upstream = new RawUpstream();
    private Gate gateway;
    private Process proxy;
    private int through;
    private int past;

    Sandwich(String program) {
        this.program = program;
    }

    /**
     * The proxy's configuration, and the arguments that make it stay in the foreground.
     *
     * @param folder for its files
     */
    abstract List<String> configure(Path folder, Ports ports) throws IOException;

    /** Whether the proxy itself can do that. */
    boolean manages(Case one) {
        return true;
    }

    /**
     * Where the proxy listens and what is behind each port.
     *
     * @param through leads to the gateway
     * @param past leads to {@code back}, which the gateway also leads to
     * @param back leads to the service
     */
    record Ports(int through, int gateway, int past, int back, int service) {}

    static Stream<Case> cases() {
        return Table.rows("sandwich.tsv").map(Case::of);
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        var installed = Stream.of("/usr/sbin/", "/usr/local/sbin/", "/usr/local/bin/", "/opt/homebrew/bin/")
                .map(prefix -> Path.of(prefix + program))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(installed.isPresent(), program + " is not installed");
        var free = freePorts(3);
        through = free.get(0);
        past = free.get(1);
        int back = free.get(2);
        gateway = Gate.to(back);
        var command = configure(folder, new Ports(through, gateway.port(), past, back, upstream.port()));
        proxy = new ProcessBuilder(Stream.concat(Stream.of(installed.get().toString()), command.stream())
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        await().until(() -> !proxy.isAlive() || free.stream().allMatch(Sandwich::listens));
        assertThat(proxy.isAlive())
                .as(() -> program + " stays up: " + read(folder.resolve("output")))
                .isTrue();
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (proxy != null) {
            proxy.destroy();
            proxy.waitFor();
            gateway.close();
        }
        upstream.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void changesNothing(Case one) throws Strict.Malformed {
        assumeTrue(manages(one), program + " cannot do that itself");
        upstream.answer(one.answer(), one.closes());

        var without = ask(past, one);
        var with = ask(through, one);

        assertThat(without.requests()).as("arrives without the gateway").hasSize(1);
        assertThat(with.requests()).hasSize(1);
        assertThat(with.requests().getFirst().line())
                .isEqualTo(without.requests().getFirst().line());
        assertThat(unchanged(with.requests().getFirst().fields()))
                .isEqualTo(unchanged(without.requests().getFirst().fields()));
        assertThat(with.requests().getFirst().trailers())
                .isEqualTo(without.requests().getFirst().trailers());
        assertThat(with.answer().whole()).isTrue();
        assertThat(with.answer().status()).isEqualTo(without.answer().status());
        assertThat(unchanged(with.answer().fields()))
                .isEqualTo(unchanged(without.answer().fields()));
        assertThat(with.answer().body()).isEqualTo(without.answer().body());
        assertThat(with.answer().trailers()).isEqualTo(without.answer().trailers());
        assertThat(with.answer().interim()).isEqualTo(without.answer().interim());
    }

    private Seen ask(int port, Case one) throws Strict.Malformed {
        upstream.forget();
        try (var client = new RawClient(port)) {
            var got = Got.of(client.sendRaw(one.request()).rest(), one.request().startsWith("HEAD "));
            assertThat(upstream.offences()).isEmpty();
            return new Seen(List.copyOf(upstream.requests()), got);
        }
    }

    private static List<String> unchanged(List<String> fields) {
        boolean dated =
                fields.stream().anyMatch(field -> field.toLowerCase(Locale.ROOT).startsWith("date: tue, 15 nov 1994"));
        return fields.stream()
                .filter(field -> !field.matches(REBUILT))
                .filter(field -> dated || !field.toLowerCase(Locale.ROOT).startsWith("date: "))
                .toList();
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static List<Integer> freePorts(int count) throws IOException {
        var sockets = new ServerSocket[count];
        for (int i = 0; i < count; i++) {
            sockets[i] = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        }
        var ports = Stream.of(sockets).map(ServerSocket::getLocalPort).toList();
        for (var socket : sockets) {
            socket.close();
        }
        return ports;
    }
}
