package dev.gatehouse.db.routing;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/** Regular expressions that take time in proportion to the text, whatever they are (RE2). */
public final class Regex {

    /** The rule as words that complete "must be …". */
    public static final String RULE =
            "a regular expression of RE2 (no look-around, no back references) of at most 500 characters";

    private static final int LONGEST = 500;
    /** A count within a count multiplies the program: {@code ((a{1000}){1000}){1000}} would not fit into memory. */
    private static final long MOST_REPEATS = 1_000;

    private static final java.util.regex.Pattern COUNT = java.util.regex.Pattern.compile("\\{(\\d+)(?:,(\\d*))?\\}");

    private Regex() {}

    /** @throws IllegalArgumentException when it is none; the message is a sentence that says why */
    static Pattern compile(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("It has " + text.length() + " characters.");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("It holds a control character.");
        }
        if (repeats(text) > MOST_REPEATS) {
            throw new IllegalArgumentException("Its counts in braces, multiplied, are more than " + MOST_REPEATS + ".");
        }
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("It says: " + e.getDescription() + ".", e);
        }
    }

    /** What is wrong with the text; empty when nothing is. */
    public static Optional<String> problem(String text) {
        try {
            compile(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("'" + text + "' is refused: must be " + RULE + ". " + e.getMessage());
        }
    }

    private static long repeats(String text) {
        long product = 1;
        for (var count = COUNT.matcher(text); count.find() && product <= MOST_REPEATS; ) {
            var most = count.group(2) == null || count.group(2).isEmpty() ? count.group(1) : count.group(2);
            product *= most.length() > 4 ? MOST_REPEATS + 1 : Math.max(1, Long.parseLong(most));
        }
        return product;
    }
}
