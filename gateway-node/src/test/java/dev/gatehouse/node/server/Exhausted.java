package dev.gatehouse.node.server;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * A process with few file descriptors that listens. It says its port; told {@code t} it takes all descriptors that are
 * left, told {@code g} it gives them back, told {@code m} it has no memory left to log the next failed accept with, and it
 * ends with its input.
 */
final class Exhausted {

    private static final String CLASS = ".class";

    /** Held, since loggers are not. */
    private static final Logger ACCEPTING = Logger.getLogger("io.helidon.webserver.ServerListener");

    private static final class OutOfMemory extends Handler {

        @Override
        public void publish(LogRecord line) {
            ACCEPTING.removeHandler(this);
            throw new OutOfMemoryError("for the sake of a test");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private Exhausted() {}

    public static void main(String[] arguments) throws IOException {
        loadAll();
        try (var listener = Listening.to(_ -> Listening.text("ok"))) {
            RawClient.ask(listener.port(), "GET / HTTP/1.1\nHost: a\n\n");
            System.out.println(listener.port());
            var taken = new ArrayList<InputStream>();
            for (int said; (said = System.in.read()) >= 0; ) {
                if (said == 't') {
                    takeAll(taken);
                } else if (said == 'g') {
                    giveBack(taken);
                } else if (said == 'm') {
                    ACCEPTING.addHandler(new OutOfMemory());
                }
                System.out.println((char) said);
            }
            listener.stop(Duration.ZERO);
        }
        System.exit(0);
    }

    /** In a folder, each class is a file to be opened, and a reference that could not be resolved once never is again. */
    private static void loadAll() throws IOException {
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            var folder = Path.of(entry);
            if (Files.isDirectory(folder)) {
                try (var files = Files.walk(folder)) {
                    files.map(folder::relativize)
                            .map(Path::toString)
                            .filter(name -> name.endsWith(CLASS))
                            .forEach(Exhausted::load);
                }
            }
        }
    }

    private static void load(String file) {
        var name = file.substring(0, file.length() - CLASS.length()).replace(File.separatorChar, '.');
        try {
            Class.forName(name, false, Exhausted.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            // a test of something else, whose libraries are not here
        }
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
