package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** A backend, reached at one or more targets. */
public record Service(
        @Setting(label = "Targets", help = "Where it answers. Requests go to each in turn.", min = "1", max = "100")
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
        ServiceTls tls)
        implements Entity, Checked {

    public Service {
        targets = List.copyOf(targets);
    }

    @Override
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        var seen = new HashSet<Target>();
        for (int i = 0; i < targets.size(); i++) {
            if (!seen.add(targets.get(i))) {
                problems.add(
                        new Problem("targets[" + i + "]", "'" + targets.get(i).url() + "' is listed twice."));
            }
        }
        return problems;
    }
}
