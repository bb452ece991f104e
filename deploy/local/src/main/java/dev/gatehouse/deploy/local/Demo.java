package dev.gatehouse.deploy.local;

import dev.gatehouse.db.environment.Variable;
import dev.gatehouse.db.store.AdminUsers;
import dev.gatehouse.db.store.Database;
import dev.gatehouse.deploy.cli.Gatehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The schema and the demo configuration, brought in by the commands that a user would type. */
final class Demo {

    private static final Pattern KEY = Pattern.compile("\\bgk_[a-z0-9]+_[0-9A-Za-z]{46}\\b");
    private static final String APPLIED = "demo.yaml";
    private static final String KEY_FILE = "demo-key";

    private static final int FILES_PORT = 9101;

    private final Home home;
    private final Map<String, String> environment;

    Demo(Home home, Map<String, String> environment) {
        this.home = home;
        this.environment = environment;
    }

    void migrate() {
        gatehouse("migrate");
    }

    /**
     * At the first run only: what an admin has made of it since is left alone.
     *
     * @param users where the demo services begin to listen; the file names their default ports
     */
    void apply(Path file, int users) {
        if (home.read(APPLIED).isPresent()) {
            return;
        }
        home.write(APPLIED, moved(file, users));
        var said = gatehouse(
                "apply", "--reason", "demo configuration", home.file(APPLIED).toString());
        var key = KEY.matcher(said);
        if (key.find()) {
            home.write(KEY_FILE, key.group());
        }
    }

    private static String moved(Path file, int users) {
        try {
            var text = Files.readString(file);
            for (int i = 0; i < 3; i++) {
                text = text.replace("127.0.0.1:" + (FILES_PORT + i), "127.0.0.1:" + (users + i));
            }
            return text;
        } catch (IOException e) {
            throw new StartException("The demo configuration cannot be read: " + e.getMessage(), e);
        }
    }

    /** Does the console's user still have the password it was made with? */
    boolean hasFirstPassword() {
        var access = new Database.Access(
                value(Variable.GATEHOUSE_DB_URL),
                value(Variable.GATEHOUSE_DB_USER),
                value(Variable.GATEHOUSE_DB_PASSWORD));
        try (var database = Database.open(access, 1)) {
            return new AdminUsers(database)
                    .find("admin")
                    .filter(AdminUsers.User::mustChange)
                    .isPresent();
        }
    }

    private String value(Variable variable) {
        return environment.getOrDefault(variable.name(), "");
    }

    /** Empty when an earlier installation has issued it. */
    Optional<String> key() {
        return home.read(KEY_FILE);
    }

    private String gatehouse(String... arguments) {
        var set = new HashMap<>(environment);
        set.values().removeIf(String::isEmpty);
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Gatehouse.run(set, new PrintWriter(out), new PrintWriter(err), arguments);
        if (code != 0) {
            throw new StartException("gatehouse " + String.join(" ", arguments) + ":\n" + err);
        }
        return out.toString();
    }
}
