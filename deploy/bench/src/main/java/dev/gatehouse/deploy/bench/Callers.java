package dev.gatehouse.deploy.bench;

import java.util.logging.LogManager;

/** {@code deploy/bench/keys}, once everything is built. */
public final class Callers {

    private Callers() {}

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        boolean good;
        try (var nodes = new TwoNodes()) {
            Runtime.getRuntime().addShutdownHook(new Thread(nodes::close, "stop-everything"));
            good = new Timing(nodes).run();
            good &= new Propagation(nodes).run();
        }
        System.exit(good ? 0 : 1);
    }
}
