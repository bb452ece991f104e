package dev.gatehouse.db.key;

import dev.gatehouse.db.environment.Environment;
import dev.gatehouse.db.environment.Variable;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * All peppers of this installation. New keys are hashed with the newest; the older ones are there for as long as a key
 * in force was hashed with them. A key's text is never kept, so that no key changes its pepper; it is rotated.
 */
public final class Peppers {

    private static final Pattern ENTRY = Pattern.compile("([1-9][0-9]{0,5}):(.*)");

    /** A comma before the next number: one within a pepper belongs to it. */
    private static final Pattern BETWEEN = Pattern.compile(",\\s*(?=[1-9][0-9]{0,5}:)");

    private static final int FIRST = 1;

    private final List<Pepper> newestFirst;

    private Peppers(List<Pepper> newestFirst) {
        this.newestFirst = List.copyOf(newestFirst);
    }

    /** Those that {@code GATEHOUSE_KEY_PEPPER} names. */
    public static Peppers of(Environment environment) {
        return environment.made(Variable.GATEHOUSE_KEY_PEPPER, Peppers::read);
    }

    /** A single one. */
    public static Peppers of(Pepper pepper) {
        return new Peppers(List.of(pepper));
    }

    /**
     * @param text one pepper, whose version is 1, or several such as {@code 1:TEXT,2:TEXT}
     * @throws IllegalArgumentException when a number stands there twice, or a pepper is too short: with the rule, never with the text
     */
    public static Peppers read(String text) {
        if (!ENTRY.matcher(text).matches()) {
            return of(new Pepper(FIRST, text));
        }
        var peppers = new TreeMap<Integer, Pepper>();
        for (var entry : BETWEEN.split(text, -1)) {
            var match = ENTRY.matcher(entry);
            if (!match.matches()) {
                throw new IllegalStateException("What is split before a number begins with one");
            }
            int version = Integer.parseInt(match.group(1));
            if (peppers.put(version, new Pepper(version, match.group(2))) != null) {
                throw new IllegalArgumentException("number " + version + " stands there twice");
            }
        }
        return new Peppers(List.copyOf(peppers.descendingMap().values()));
    }

    public Pepper newest() {
        return newestFirst.getFirst();
    }

    /** The newest first. */
    public List<Pepper> all() {
        return newestFirst;
    }

    /** The one that every program of the installation has for the longest time. */
    public Pepper oldest() {
        return newestFirst.getLast();
    }
}
