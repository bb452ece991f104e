package dev.gatehouse.db.model;

import dev.gatehouse.db.resilience.ServiceResilience;
import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** A backend, reached at one or more targets. */
public record Service(
        @Setting(label = "Targets", help = "Where it answers.", min = "1", max = "100")
        List<Target> targets,

        @Setting(
                label = "Connect timeout",
                help = "How long a target may take to accept a connection before the next one is tried.",
                fallback = "2s",
                min = "10ms",
                max = "1m")
        Duration connectTimeout,

        @Setting(
                label = "Response timeout",
                help = "How long a target may be silent before its answer is given up with 504.",
                fallback = "1m",
                min = "100ms",
                max = "1h")
        Duration responseTimeout,

        @Setting(
                label = "Protocol",
                help = "How its targets are spoken to; http/2 without TLS is spoken with prior knowledge.",
                fallback = "http/1.1")
        Protocol protocol,

        @Setting(label = "TLS", help = "How https targets are recognised, and what they are shown.")
        ServiceTls tls,

        @Setting(label = "Balancing", help = "Which target takes a request.")
        Balancing balancing,

        @Setting(label = "Health check", help = "How targets are asked whether they are well.")
        HealthCheck health,

        @Setting(label = "Ejection", help = "When failing requests take a target out of use for a while.")
        Ejection ejection,

        @Setting(label = "Resilience", help = "How the service is kept from harm, and others from it.")
        ServiceResilience resilience)
        implements Entity, Checked {

    public Service {
        targets = List.copyOf(targets);
    }

    /** With the usual balancing and nothing to protect it. */
    public Service(
            List<Target> targets,
            Duration connectTimeout,
            Duration responseTimeout,
            Protocol protocol,
            ServiceTls tls) {
        this(
                targets,
                connectTimeout,
                responseTimeout,
                protocol,
                tls,
                Balancing.DEFAULT,
                HealthCheck.NONE,
                Ejection.DEFAULT,
                ServiceResilience.DEFAULT);
    }

    /** The same with other targets. */
    public Service with(List<Target> others) {
        return new Service(
                others, connectTimeout, responseTimeout, protocol, tls, balancing, health, ejection, resilience);
    }

    /** The same, whatever becomes of requests. */
    public Service onlyBalanced() {
        return new Service(
                targets,
                connectTimeout,
                responseTimeout,
                protocol,
                tls,
                balancing,
                HealthCheck.NONE,
                Ejection.NEVER,
                ServiceResilience.DEFAULT);
    }

    @Override
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        var seen = new HashSet<String>();
        for (int i = 0; i < targets.size(); i++) {
            var identity = targets.get(i).identity();
            if (!seen.add(identity)) {
                problems.add(new Problem("targets[" + i + "]", "'" + identity + "' is listed twice."));
            }
        }
        if (health.kind() == HealthCheck.Kind.GRPC && protocol != Protocol.HTTP2) {
            problems.add(new Problem("health.kind", "'grpc' is refused: gRPC needs protocol http/2."));
        }
        return problems;
    }
}
