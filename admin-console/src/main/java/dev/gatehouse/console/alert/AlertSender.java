package dev.gatehouse.console.alert;

import dev.gatehouse.db.key.SecretException;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.model.Webhook;
import dev.gatehouse.db.quota.QuotaAlert;
import dev.gatehouse.db.store.OwnStores;
import dev.gatehouse.db.store.QuotaAlerts;
import dev.gatehouse.db.store.QuotaLedger;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends alerts to the webhooks that want them, each at least once: what is not answered with 2xx is tried again, later
 * each time, for a week. Forgets what is long over, too. Any number of consoles may do so; each alert is claimed by one of them at a time.
 */
public final class AlertSender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AlertSender.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CLAIMED = Duration.ofMinutes(2);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration FAREWELL = Duration.ofSeconds(6);

    /** Ten seconds, doubled up to an hour: about a week. */
    private static final int ATTEMPTS = 175;

    private static final int AT_ONCE = 10;
    private static final long ROUNDS_OF_AN_HOUR = Duration.ofHours(1).dividedBy(PERIOD);
    private static final int LONGEST_TROUBLE = 300;

    private final QuotaAlerts alerts;
    private final QuotaLedger ledger;
    private final Supplier<Map<String, Webhook>> webhooks;
    private final Secrets secrets;
    private final OwnStores stores;
    private final InstantSource clock;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param webhooks by name, as they are configured now; may throw
     * @param stores to which nothing is sent
     */
    public AlertSender(
            QuotaAlerts alerts,
            QuotaLedger ledger,
            Supplier<Map<String, Webhook>> webhooks,
            Secrets secrets,
            OwnStores stores,
            InstantSource clock) {
        this.alerts = alerts;
        this.ledger = ledger;
        this.webhooks = webhooks;
        this.secrets = secrets;
        this.stores = stores;
        this.clock = clock;
        thread = Thread.ofVirtual().name("alerts").start(this::run);
    }

    private void run() {
        for (long round = 0; !closed; round++) {
            try {
                if (round % ROUNDS_OF_AN_HOUR == 0) {
                    ledger.prune();
                }
                sendDue();
            } catch (RuntimeException e) {
                LOG.debug("Alerts wait", e);
            }
            LockSupport.parkNanos(PERIOD.toNanos());
        }
    }

    private void sendDue() {
        for (var due = alerts.claim(AT_ONCE, CLAIMED);
                !due.isEmpty() && !closed;
                due = alerts.claim(AT_ONCE, CLAIMED)) {
            var configured = webhooks.get();
            due.forEach(alert -> send(alert, configured));
        }
    }

    private void send(QuotaAlert alert, Map<String, Webhook> configured) {
        var troubles = new ArrayList<String>();
        configured.forEach((name, webhook) -> {
            if (webhook.hears(alert.account().quota()) && !alert.told().contains(name)) {
                var trouble = post(alert, webhook);
                trouble.ifPresentOrElse(reason -> troubles.add(name + ": " + reason), () -> alerts.told(alert, name));
            }
        });
        if (troubles.isEmpty() || alert.attempts() >= ATTEMPTS) {
            alerts.sent(alert);
        } else {
            var trouble = String.join(" ", troubles);
            LOG.warn("Alert {} is not delivered yet: {}", alert.id(), trouble);
            alerts.failed(
                    alert, trouble.substring(0, Math.min(LONGEST_TROUBLE, trouble.length())), pause(alert.attempts()));
        }
    }

    /** @return why it was not taken; empty when it was */
    private Optional<String> post(QuotaAlert alert, Webhook webhook) {
        try {
            var url = URI.create(webhook.url());
            var message = AlertMessage.of(alert, webhook.key(secrets), clock.instant());
            var post = new Post(
                    url,
                    Map.of(
                            "Content-Type",
                            "application/json",
                            "Gatehouse-Event",
                            message.id(),
                            "Gatehouse-Signature",
                            message.signature()),
                    message.body(),
                    TIMEOUT);
            int status = toAny(post, Addresses.of(url, webhook.internal(), stores));
            return status >= 200 && status < 300 ? Optional.empty() : Optional.of("it answered " + status + ".");
        } catch (IOException | SecretException | IllegalArgumentException e) {
            return Optional.of(Optional.ofNullable(e.getMessage())
                    .orElseGet(() -> e.getClass().getSimpleName()));
        }
    }

    /** The first of them that takes a connection. */
    private static int toAny(Post post, List<InetAddress> addresses) throws IOException {
        for (var address : addresses.subList(0, addresses.size() - 1)) {
            try {
                return post.to(address);
            } catch (ConnectException e) {
                LOG.debug("{} takes no connection", address, e);
            }
        }
        return post.to(addresses.getLast());
    }

    static Duration pause(int attempts) {
        long doubled = FIRST_PAUSE.toMillis() << Math.min(20, Math.max(0, attempts - 1));
        return Duration.ofMillis(Math.min(LONGEST_PAUSE.toMillis(), doubled));
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
