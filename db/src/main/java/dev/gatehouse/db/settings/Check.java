package dev.gatehouse.db.settings;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Whether a text keeps to a rule. */
@FunctionalInterface
interface Check {

    /** RFC 9110, 5.6.2. */
    String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    /**
     * What is wrong with the text; empty when nothing is.
     *
     * @param rule as words that complete "must be …"
     */
    Optional<String> problem(String text, String rule);

    static Check holds(Predicate<String> condition) {
        return (text, rule) -> condition.test(text)
                ? Optional.empty()
                : Optional.of("'" + text + "' is refused: must be " + rule + ".");
    }

    static Check matches(String regex) {
        var pattern = Pattern.compile(regex);
        return holds(text -> pattern.matcher(text).matches());
    }

    /** Has words of its own for what is wrong. */
    static Check asks(Function<String, Optional<String>> question) {
        return (text, _) -> question.apply(text);
    }

    /** Of a secret: no message repeats it. */
    static Check secret(Predicate<String> condition) {
        return (text, rule) -> condition.test(text) ? Optional.empty() : Optional.of("Must be " + rule + ".");
    }
}
