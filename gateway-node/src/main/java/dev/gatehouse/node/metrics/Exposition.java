package dev.gatehouse.node.metrics;

import java.util.Map;
import java.util.TreeMap;

/** Numbers in the text format of Prometheus, version 0.0.4. */
final class Exposition {

    /** What the format is called in {@code Content-Type}. */
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder();

    /** What goes up and down. */
    Exposition gauge(String name, String help, Number value) {
        head(name, help, "gauge");
        return line(name, "", value);
    }

    /** What only goes up, until the process ends. */
    Exposition counter(String name, String help, Number value) {
        head(name, help, "counter");
        return line(name, "", value);
    }

    /**
     * One number for each value of a label.
     *
     * @param type gauge or counter
     */
    Exposition each(String name, String help, String type, String label, Map<String, ? extends Number> values) {
        head(name, help, type);
        new TreeMap<>(values)
                .forEach((value, number) -> line(name, "{" + label + "=\"" + escaped(value) + "\"}", number));
        return this;
    }

    private void head(String name, String help, String type) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private Exposition line(String name, String labels, Number value) {
        text.append(name).append(labels).append(' ').append(value).append('\n');
        return this;
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
