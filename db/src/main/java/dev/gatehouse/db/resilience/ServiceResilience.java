package dev.gatehouse.db.resilience;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Settings;
import java.time.Duration;
import java.util.List;

/** How a service is kept from harm, and others from it. */
public record ServiceResilience(
        @Setting(
                label = "Idle timeout",
                help = "How long an answer may stand still between two pieces of its body. 0s: the response timeout.",
                fallback = "0s",
                min = "0s",
                max = "1h")
        Duration idleTimeout,

        @Setting(
                label = "Deadline header",
                help =
                        "A header in which targets are told how many milliseconds are left until the answer must begin; grpc-timeout is written as gRPC has it. Empty: none.",
                optional = true,
                format = Format.HEADER_NAME)
        String deadlineHeader,

        @Setting(label = "Circuit breaker", help = "When the whole service is given time to recover.")
        Breaker breaker,

        @Setting(
                label = "Circuit breaker of each target",
                help = "When a target is passed over while others are asked.")
        Breaker targetBreaker,

        @Setting(label = "Bulkhead", help = "How many requests of all routes this service may have.")
        Concurrency bulkhead,

        @Setting(label = "Adaptive concurrency", help = "A bound that follows from how fast the service answers.")
        Adaptive adaptive,

        @Setting(label = "Retry budget", help = "How much load retries may add.")
        RetryBudget retryBudget)
        implements Checked {

    /** What holds where nothing is written. */
    public static final ServiceResilience DEFAULT =
            Settings.read(ServiceResilience.class, null).orThrow();

    @Override
    public List<Problem> problems() {
        return bulkhead.queue() > 0 && bulkhead.requests() == 0 && !adaptive.active()
                ? List.of(new Problem("bulkhead.queue", "Nothing waits where the requests have no bound."))
                : List.of();
    }
}
