package dev.gatehouse.node.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A process with few file descriptors that listens. It says its port; told {@code t} it takes all descriptors that are
 * left, told {@code g} it gives them back, and ends with its input.
 */
final class Exhausted {

    private Exhausted() {}

    public static void main(String[] arguments) throws IOException {
        try (var listener = Listening.to(_ -> Listening.text("ok"))) {
            RawClient.ask(listener.port(), "GET / HTTP/1.1\nHost: a\n\n");
            System.out.println(listener.port());
            var taken = new ArrayList<InputStream>();
            for (int said; (said = System.in.read()) >= 0; ) {
                if (said == 't') {
                    takeAll(taken);
                } else if (said == 'g') {
                    giveBack(taken);
                }
                System.out.println((char) said);
            }
            listener.stop(Duration.ZERO);
        }
        System.exit(0);
    }

    private static void takeAll(List<InputStream> taken) {
        try {
            while (true) {
                taken.add(Files.newInputStream(Path.of("/dev/null")));
            }
        } catch (IOException e) {
            System.err.println("took " + taken.size() + ": " + e);
        }
    }

    private static void giveBack(List<InputStream> taken) throws IOException {
        for (var one : taken) {
            one.close();
        }
        taken.clear();
    }
}
