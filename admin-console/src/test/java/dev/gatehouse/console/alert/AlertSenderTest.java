package dev.gatehouse.console.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.console.Stores;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.model.Webhook;
import dev.gatehouse.db.quota.Account;
import dev.gatehouse.db.quota.Batch;
import dev.gatehouse.db.quota.Period;
import dev.gatehouse.db.store.Database;
import dev.gatehouse.db.store.OwnStores;
import dev.gatehouse.db.store.QuotaAlerts;
import dev.gatehouse.db.store.QuotaLedger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertSenderTest {

    private static final String SECRET = "a-secret-of-32-letters-for-tests-only";
    private static final Secrets SECRETS =
            Secrets.read("1:" + Base64.getEncoder().encodeToString(new byte[32]));

    private final Database.Access access = Stores.fresh();
    private final Database database = Database.open(access, 4);
    private final QuotaAlerts alerts = new QuotaAlerts(database);
    private final QuotaLedger ledger = new QuotaLedger(database);
    private final Queue<Received> received = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private HttpServer receiver;

    private record Received(String event, String signature, String body) {}

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            var headers = exchange.getRequestHeaders();
            received.add(new Received(
                    headers.getFirst("Gatehouse-Event"),
                    headers.getFirst("Gatehouse-Signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            var answer = answers.poll();
            exchange.sendResponseHeaders(answer == null ? 204 : answer, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
        database.close();
    }

    private void cross(int percent) {
        var start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var account = new Account("monthly", "consumer:shop", new Period(start, start.plus(Duration.ofDays(30))));
        ledger.add(new Batch(
                "node", UUID.randomUUID(), 1, List.of(new Batch.Entry(account, 80, 100, 100, List.of(percent)))));
    }

    private AlertSender sender(boolean internal, String... names) {
        var url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
        var webhook = new Webhook(url, SECRET, List.of(), internal).sealed(SECRETS);
        var all = new TreeMap<String, Webhook>();
        for (var name : names) {
            all.put(name, webhook);
        }
        return new AlertSender(alerts, ledger, () -> all, SECRETS, OwnStores.NONE, InstantSource.system());
    }

    @Test
    void tellsAWebhookInASignedMessageOnce() throws GeneralSecurityException {
        cross(80);
        try (var _ = sender(true, "ops")) {
            await().until(() -> alerts.latest(1).getFirst().sentAt().isPresent());
        }
        assertThat(received).hasSize(1);
        var one = received.element();
        assertThat(one.body)
                .contains("\"event\":\"quota-threshold\"", "\"quota\":\"monthly\"", "\"percent\":80", "\"used\":80");
        assertThat(one.event)
                .isEqualTo("quota-alert-" + alerts.latest(1).getFirst().id());
        var time = one.signature.replaceAll("t=(\\d+),.*", "$1");
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var code = HexFormat.of().formatHex(mac.doFinal((time + "." + one.body).getBytes(StandardCharsets.UTF_8)));
        assertThat(one.signature).isEqualTo("t=" + time + ",v1=" + code);
    }

    @Test
    void triesAgainWhatWasNotTakenAndOnlyThere() throws SQLException {
        answers.addAll(List.of(500, 204, 204));
        cross(80);
        try (var _ = sender(true, "first", "second")) {
            await().until(() -> received.size() == 2);
            await().until(() -> !alerts.latest(1).getFirst().trouble().isEmpty());
            var failed = alerts.latest(1).getFirst();
            assertThat(failed.trouble()).isEqualTo("first: it answered 500.");
            assertThat(failed.told()).containsExactly("second");
            soon();
            await().until(() -> alerts.latest(1).getFirst().sentAt().isPresent());
        }
        assertThat(received).hasSize(3).extracting(Received::event).containsOnly(received.element().event);
        assertThat(alerts.latest(1).getFirst().told()).containsExactly("second", "first");
    }

    private void soon() throws SQLException {
        try (var connection = DriverManager.getConnection(access.url(), access.user(), access.password());
                var statement = connection.createStatement()) {
            statement.execute("update quota_alert set due_at = now()");
        }
    }

    @Test
    void severalConsolesShareTheWork() {
        for (int i = 0; i < 10; i++) {
            cross(10 + i);
        }
        try (var _ = sender(true, "ops");
                var _ = sender(true, "ops")) {
            await().until(() ->
                    alerts.latest(99).stream().allMatch(alert -> alert.sentAt().isPresent()));
        }
        assertThat(received).hasSize(1 + 9);
    }

    @Test
    void callsNoInternalAddressUnlessItMay() {
        cross(80);
        try (var _ = sender(false, "ops")) {
            await().until(() -> !alerts.latest(1).getFirst().trouble().isEmpty());
        }
        assertThat(alerts.latest(1).getFirst().trouble()).contains("127.0.0.1, an internal address");
        assertThat(received).isEmpty();
    }

    @Test
    void callsTheAddressThatWasFoundFineWhateverItsNameStandsForMeanwhile() throws IOException {
        var url = URI.create("http://rebound.invalid:" + receiver.getAddress().getPort() + "/hook?a=1");
        answers.addAll(List.of(204, 302));
        var post = new Post(url, Map.of("Gatehouse-Event", "one"), "{\"ü\":1}", Duration.ofSeconds(5));

        assertThat(post.to(InetAddress.getLoopbackAddress())).isEqualTo(204);
        assertThat(post.to(InetAddress.getLoopbackAddress())).as("not followed").isEqualTo(302);
        assertThat(received).hasSize(2);
        assertThat(received.element().event).isEqualTo("one");
        assertThat(received.element().body).isEqualTo("{\"ü\":1}");
        assertThatIOException()
                .isThrownBy(() -> Addresses.of(url, true, OwnStores.NONE))
                .withMessage("rebound.invalid has no address.");
    }

    @Test
    void waitsLongerEachTimeUpToAnHour() {
        assertThat(AlertSender.pause(1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(AlertSender.pause(2)).isEqualTo(Duration.ofSeconds(20));
        assertThat(AlertSender.pause(30)).isEqualTo(Duration.ofHours(1));
    }
}
