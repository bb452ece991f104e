package dev.gatehouse.db.routing;

import com.google.re2j.Pattern;

/** The value as a whole matches that regular expression. */
public record ValueMatches(Source source, String name, Pattern pattern) implements ValueCondition {

    public ValueMatches {
        name = source.canonical(name);
    }

    /** @throws IllegalArgumentException when it is no regular expression of {@link Regex} */
    public static ValueMatches of(Source source, String name, String regex) {
        return new ValueMatches(source, name, Regex.compile(regex));
    }

    boolean accepts(String value) {
        return pattern.matches(value);
    }

    @Override
    public boolean holds(RequestFacts facts) {
        var value = source.value(facts, name);
        return value != null && accepts(value);
    }

    @Override
    public boolean excludes(Condition other) {
        return sameValue(other) && other instanceof ValueAbsent;
    }

    @Override
    public String toString() {
        return source + " " + name + " like " + pattern;
    }
}
