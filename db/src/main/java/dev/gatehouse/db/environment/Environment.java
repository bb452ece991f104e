package dev.gatehouse.db.environment;

import dev.gatehouse.db.settings.Nearest;
import dev.gatehouse.db.settings.Spans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The values of all {@link Variable}s, read once at start. */
public final class Environment {

    private static final String PREFIX = "GATEHOUSE_";
    private static final String FILE = "_FILE";

    private final Map<Variable, String> values;

    private Environment(Map<Variable, String> values) {
        this.values = values;
    }

    /** Thrown with a sentence for whoever started the program. */
    public static final class Invalid extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Invalid(String message) {
            super(message);
        }
    }

    /** @param variables usually {@link System#getenv()}; names without our prefix are passed over, unknown ones with it refused */
    public static Environment read(Map<String, String> variables) {
        var known = Arrays.stream(Variable.values())
                .map(Enum::name)
                .flatMap(name -> Stream.of(name, name + FILE))
                .toList();
        variables.keySet().stream()
                .sorted()
                .filter(name -> name.startsWith(PREFIX))
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new Invalid("Unknown environment variable " + name + "." + Nearest.hint(name, known));
                });
        var values = new EnumMap<Variable, String>(Variable.class);
        for (var variable : Variable.values()) {
            values.put(variable, value(variable, variables));
        }
        return new Environment(values);
    }

    /** What is blank, as a line of a compose file often leaves it, is not set. */
    private static String value(Variable variable, Map<String, String> variables) {
        var direct = variables.getOrDefault(variable.name(), "").strip();
        var file = variables.getOrDefault(variable.name() + FILE, "").strip();
        if (!direct.isEmpty() && !file.isEmpty()) {
            throw new Invalid("Both " + variable + " and " + variable + FILE + " are set; set one.");
        }
        var value = file.isEmpty() ? direct : content(variable, file);
        return value.isEmpty() ? variable.fallback() : value;
    }

    private static String content(Variable variable, String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new Invalid(variable + FILE + " names '" + file + "', which cannot be read: " + e);
        }
    }

    /** May be empty. */
    public String text(Variable variable) {
        return values.getOrDefault(variable, "");
    }

    public String required(Variable variable) {
        var text = text(variable);
        if (text.isEmpty()) {
            throw new Invalid(variable + " must be set. " + variable.help());
        }
        return text;
    }

    /** What is made of a required text; a refusal of it is told with the variable's name. */
    public <T> T made(Variable variable, Function<String, T> of) {
        var text = required(variable);
        try {
            return of.apply(text);
        } catch (IllegalArgumentException e) {
            throw new Invalid(variable + ": " + e.getMessage());
        }
    }

    /** 0 (any free one) to 65535. */
    public int port(Variable variable) {
        var text = required(variable);
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below: the same rule was broken
        }
        throw new Invalid(variable + " is '" + text + "'; it must be a port from 0 to 65535.");
    }

    public Duration span(Variable variable, Duration least, Duration most) {
        var text = required(variable);
        return Spans.read(text)
                .filter(span -> span.compareTo(least) >= 0 && span.compareTo(most) <= 0)
                .orElseThrow(() -> new Invalid(variable + " is '" + text + "'; it must be a duration from "
                        + Spans.write(least) + " to " + Spans.write(most) + ", such as 1s or 500ms."));
    }
}
