package dev.gatehouse.db.routing;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a named value of a request stands. */
public enum Source {
    HEADER("header") {
        @Override
        @Nullable
        String value(RequestFacts facts, String name) {
            return facts.header(name);
        }

        @Override
        String canonical(String name) {
            return name.toLowerCase(Locale.ROOT);
        }
    },
    QUERY("query parameter") {
        @Override
        @Nullable
        String value(RequestFacts facts, String name) {
            return facts.parameter(name);
        }
    },
    COOKIE("cookie") {
        @Override
        @Nullable
        String value(RequestFacts facts, String name) {
            return facts.cookie(name);
        }
    };

    private final String words;

    Source(String words) {
        this.words = words;
    }

    abstract @Nullable String value(RequestFacts facts, String name);

    /** Equal for names that mean the same. */
    String canonical(String name) {
        return name;
    }

    @Override
    public String toString() {
        return words;
    }
}
