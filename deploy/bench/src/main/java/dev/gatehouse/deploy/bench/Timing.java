package dev.gatehouse.deploy.bench;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.KeyStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Prints whether a client can tell by the time an answer takes why a key is refused: {@value #SAMPLES} requests with
 * unknown, with revoked and with expired keys, in an order drawn at random over one connection, and between each two
 * kinds a Mann-Whitney test.
 */
final class Timing {

    private static final int SAMPLES = 20_000;
    private static final int WARMING = 20_000;
    private static final int KEYS = 2_000;

    /** Of all three tests together, by Bonferroni. */
    private static final double DOUBT = 0.01;

    private final TwoNodes nodes;
    private final Map<Kind, List<KeyText>> keys = new EnumMap<>(Kind.class);
    private final Random random = new Random(42);

    /** Why a key is refused. */
    private enum Kind {
        UNKNOWN,
        REVOKED,
        EXPIRED
    }

    Timing(TwoNodes nodes) {
        this.nodes = nodes;
        for (var kind : Kind.values()) {
            var texts = new ArrayList<KeyText>();
            for (int i = 0; i < KEYS; i++) {
                texts.add(KeyText.create("live"));
            }
            keys.put(kind, texts);
        }
    }

    /** @return whether no kind can be told from another */
    boolean run() throws IOException {
        prepare();
        var taken = new EnumMap<Kind, double[]>(Kind.class);
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), nodes.first().port())) {
            socket.setTcpNoDelay(true);
            measure(socket, WARMING);
            taken.putAll(measure(socket, SAMPLES));
        }
        taken.forEach((kind, micros) -> System.out.printf(
                Locale.ROOT,
                "%-8s %,d samples: median %.1f us, p90 %.1f us%n",
                kind.name().toLowerCase(Locale.ROOT),
                micros.length,
                RankTest.quantile(micros, 0.5),
                RankTest.quantile(micros, 0.9)));
        boolean alike = alike(taken, Kind.UNKNOWN, Kind.REVOKED);
        alike &= alike(taken, Kind.UNKNOWN, Kind.EXPIRED);
        alike &= alike(taken, Kind.REVOKED, Kind.EXPIRED);
        return alike;
    }

    /** Both nodes know of each key what there is to know. */
    private void prepare() {
        var edits = new ArrayList<Edit>();
        var revocations = new ArrayList<Edit>();
        for (int i = 0; i < KEYS; i++) {
            var revoked = of(Kind.REVOKED, i);
            edits.add(KeyStore.edit(revoked, nodes.pepper(), "shop", "revoked-" + i, Optional.empty()));
            revocations.add(new Edit.RevokeKey(revoked.id()));
            edits.add(KeyStore.edit(
                    of(Kind.EXPIRED, i),
                    nodes.pepper(),
                    "shop",
                    "expired-" + i,
                    Optional.of(Instant.now().minusSeconds(60))));
        }
        nodes.publish(edits);
        nodes.awaitEverywhere("/a", of(Kind.REVOKED, KEYS - 1).text(), 204);
        nodes.publish(revocations);
        nodes.awaitEverywhere("/a", of(Kind.REVOKED, KEYS - 1).text(), 401);
    }

    private KeyText of(Kind kind, int number) {
        return Optional.ofNullable(keys.get(kind)).orElseThrow().get(number);
    }

    /** Microseconds from the request's first byte to the answer's last one. */
    private Map<Kind, double[]> measure(Socket socket, int samples) throws IOException {
        var order = new ArrayList<Kind>();
        var taken = new EnumMap<Kind, double[]>(Kind.class);
        for (var kind : Kind.values()) {
            order.addAll(Collections.nCopies(samples, kind));
            taken.put(kind, new double[samples]);
        }
        Collections.shuffle(order, random);
        var next = new EnumMap<Kind, Integer>(Kind.class);
        for (var kind : order) {
            int number = next.merge(kind, 1, Integer::sum) - 1;
            var request = ("GET /a HTTP/1.1\r\nHost: bench\r\nX-API-Key: "
                            + of(kind, random.nextInt(KEYS)).text() + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
            long start = System.nanoTime();
            socket.getOutputStream().write(request);
            readAnswer(socket.getInputStream());
            Optional.ofNullable(taken.get(kind)).orElseThrow()[number] = (System.nanoTime() - start) / 1_000.0;
        }
        return taken;
    }

    /** All of them have the same length, which the first byte of the next one would show otherwise. */
    private static void readAnswer(InputStream in) throws IOException {
        var text = new StringBuilder();
        var buffer = new byte[4_096];
        int length = -1;
        while (length < 0 || text.length() < length) {
            int read = in.read(buffer);
            if (read < 0) {
                throw new IOException("The node closed the connection.");
            }
            text.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
            int end = text.indexOf("\r\n\r\n");
            if (length < 0 && end > 0) {
                int field = text.indexOf("Content-Length: ") + "Content-Length: ".length();
                length = end + 4 + Integer.parseInt(text.substring(field, text.indexOf("\r\n", field)));
            }
        }
        if (!text.substring(0, 12).equals("HTTP/1.1 401")) {
            throw new IOException("Not refused: " + text);
        }
    }

    private static boolean alike(Map<Kind, double[]> taken, Kind one, Kind other) {
        var test = RankTest.of(
                Optional.ofNullable(taken.get(one)).orElseThrow(),
                Optional.ofNullable(taken.get(other)).orElseThrow());
        boolean alike = test.p() > DOUBT / Kind.values().length;
        System.out.printf(
                Locale.ROOT,
                "%s and %s: p = %.3f, one is slower than the other in %.1f %% of the pairs: %s%n",
                one.name().toLowerCase(Locale.ROOT),
                other.name().toLowerCase(Locale.ROOT),
                test.p(),
                100 * test.slower(),
                alike ? "not to be told apart" : "CAN BE TOLD APART");
        return alike;
    }
}
