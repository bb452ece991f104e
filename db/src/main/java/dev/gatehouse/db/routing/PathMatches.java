package dev.gatehouse.db.routing;

import com.google.re2j.Pattern;

/** The whole canonical path matches that regular expression. */
public record PathMatches(Pattern pattern) implements Condition {

    /** @throws IllegalArgumentException when it is no regular expression of {@link Regex} */
    public static PathMatches of(String regex) {
        return new PathMatches(Regex.compile(regex));
    }

    @Override
    public boolean holds(RequestFacts facts) {
        return pattern.matches(facts.path());
    }

    @Override
    public String toString() {
        return "a path like " + pattern;
    }
}
