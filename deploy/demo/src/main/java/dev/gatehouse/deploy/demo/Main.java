package dev.gatehouse.deploy.demo;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Starts the services that are named, says where they are, and serves until SIGTERM. */
public final class Main {

    private static final int CANNOT_START = 1;
    private static final int MISUSED = 2;

    private Main() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws InterruptedException {
        var words = List.of(args);
        if (words.contains("--help")) {
            System.out.println(Arguments.USAGE);
            return;
        }
        Arguments arguments;
        try {
            arguments = Arguments.parse(words);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + Arguments.USAGE);
            System.exit(MISUSED);
            return;
        }
        var running = new ArrayList<Service.Running>();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() ->
                        running.reversed().forEach(service -> service.stop().run())));
        arguments.ports().forEach((service, port) -> {
            try {
                running.add(service.start(arguments.host(), port));
            } catch (UncheckedIOException e) {
                System.err.println(
                        service.typed() + " cannot listen on " + arguments.host() + ":" + port + ": " + reason(e));
                System.exit(CANNOT_START);
            }
        });
        running.forEach(service -> System.out.println(service.line()));
        new CountDownLatch(1).await();
    }

    /** What the system said: gRPC wraps it. */
    private static String reason(Throwable failure) {
        return Optional.ofNullable(failure.getCause()).map(Main::reason).orElse(String.valueOf(failure.getMessage()));
    }
}
