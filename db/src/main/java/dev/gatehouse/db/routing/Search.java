package dev.gatehouse.db.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is asked of each candidate on the way, in the order of precedence. */
abstract class Search<T> {

    final RequestFacts facts;
    /** How many places of the tree were looked at. */
    int visited;

    private Search(RequestFacts facts) {
        this.facts = facts;
    }

    boolean ends(Filed<T>[] candidates) {
        for (var candidate : candidates) {
            if (ends(candidate)) {
                return true;
            }
        }
        return false;
    }

    abstract boolean ends(Filed<T> candidate);

    /** For the first that takes the request. */
    static final class First<T> extends Search<T> {

        private final int method;

        @Nullable
        Filed<T> found;

        First(RequestFacts facts) {
            super(facts);
            method = Methods.bit(facts.method());
        }

        @Override
        boolean ends(Filed<T> candidate) {
            var criteria = candidate.criteria();
            if ((criteria.methods() & method) == 0 || criteria.failing(facts) != null) {
                return false;
            }
            found = candidate;
            return true;
        }
    }

    /** For the methods with which the request would be taken. */
    static final class Allowed<T> extends Search<T> {

        int methods;

        Allowed(RequestFacts facts) {
            super(facts);
        }

        @Override
        boolean ends(Filed<T> candidate) {
            if (candidate.criteria().failing(facts) == null) {
                methods |= candidate.criteria().methods();
            }
            return false;
        }
    }

    /** For all whose host and path fit, and what is against each. */
    static final class Explained<T> extends Search<T> {

        private final int method;
        private final Map<String, RouteIndex.Candidate> candidates = new LinkedHashMap<>();

        Explained(RequestFacts facts) {
            super(facts);
            method = Methods.bit(facts.method());
        }

        @Override
        boolean ends(Filed<T> candidate) {
            candidates.computeIfAbsent(
                    candidate.name(), name -> new RouteIndex.Candidate(name, against(candidate.criteria())));
            return false;
        }

        private Optional<String> against(Criteria criteria) {
            if ((criteria.methods() & method) == 0) {
                return Optional.of("method " + String.join(", ", Methods.names(criteria.methods())));
            }
            return Optional.ofNullable(criteria.failing(facts)).map(Condition::toString);
        }

        List<RouteIndex.Candidate> candidates() {
            return new ArrayList<>(candidates.values());
        }
    }
}
