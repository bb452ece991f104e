package dev.gatehouse.db.routing;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that a route asks of a request, compiled. Immutable; made once and kept as long as the route stays the same. */
public final class Criteria {

    /** Of two routes with the same host and path, the first is tried first; equal ones are a tie unless they exclude each other. */
    static final Comparator<Criteria> PRECEDENCE = Comparator.comparing((Criteria criteria) -> !criteria.namesMethods())
            .thenComparing(Comparator.comparingInt((Criteria criteria) -> criteria.headers)
                    .thenComparingInt(criteria -> criteria.queries)
                    .thenComparingInt(criteria -> criteria.others)
                    .thenComparingInt(criteria -> criteria.priority)
                    .reversed());

    private final List<HostPattern> hosts;
    private final PathPattern path;
    private final int methods;
    private final Condition[] conditions;
    private final int headers;
    private final int queries;
    private final int others;
    private final int priority;

    /**
     * @param hosts empty: all
     * @param methods names; empty: all
     * @param conditions all of which must hold
     * @param priority the larger counts among equals
     */
    public Criteria(
            List<HostPattern> hosts,
            PathPattern path,
            Collection<String> methods,
            List<Condition> conditions,
            int priority) {
        this.hosts = hosts.stream().distinct().toList();
        this.path = path;
        this.methods = Methods.taken(methods);
        this.conditions = conditions.toArray(Condition[]::new);
        this.headers = count(Condition.Weight.HEADER);
        this.queries = count(Condition.Weight.QUERY);
        this.others = count(Condition.Weight.OTHER);
        this.priority = priority;
    }

    private int count(Condition.Weight weight) {
        int count = 0;
        for (var condition : conditions) {
            count += condition.weight() == weight ? 1 : 0;
        }
        return count;
    }

    List<HostPattern> hosts() {
        return hosts;
    }

    PathPattern path() {
        return path;
    }

    /** As bits of {@link Methods}. */
    int methods() {
        return methods;
    }

    private boolean namesMethods() {
        return methods != Methods.ALL;
    }

    /** The first condition that does not hold; null when all do. */
    @Nullable
    Condition failing(RequestFacts facts) {
        for (var condition : conditions) {
            if (!condition.holds(facts)) {
                return condition;
            }
        }
        return null;
    }

    /** Is it proven that no request fulfils both, where host and path allow it? */
    boolean excludes(Criteria other) {
        if ((methods & other.methods) == 0) {
            return true;
        }
        for (var mine : conditions) {
            for (var theirs : other.conditions) {
                if (mine.excludes(theirs) || theirs.excludes(mine)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A request that both take; empty where none comes to mind. */
    Optional<ExampleRequest> example(Criteria other, @Nullable HostPattern host) {
        var methodsOfBoth = Methods.names(methods & other.methods);
        var request = new ExampleRequest(
                methodsOfBoth.isEmpty() ? "GET" : methodsOfBoth.getFirst(),
                host == null ? "" : host.example(),
                path.example());
        for (var condition : conditions) {
            condition.fulfil(request);
        }
        for (var condition : other.conditions) {
            condition.fulfil(request);
        }
        return failing(request) == null && other.failing(request) == null ? Optional.of(request) : Optional.empty();
    }
}
