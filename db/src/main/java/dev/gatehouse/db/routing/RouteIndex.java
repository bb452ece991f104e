package dev.gatehouse.db.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route that takes a request: the most specific host, then the most specific path, then whoever asks for
 * most. Immutable; the same whatever the order in which the routes were given.
 *
 * <p>The cost depends on the depth of the path, not on the number of routes: a host has a tree of its own, each segment
 * is looked up once in a place of it, and a place is visited once at most. Only where parameters stand beside literals
 * there are two ways on, so that a search visits at most 2^depth places, and never more than the host's tree has.
 *
 * @param <T> what is filed under a route's name
 */
public final class RouteIndex<T> {

    /**
     * A route whose host and path fit a request.
     *
     * @param failed what the route asks for and the request does not have, the first such thing; empty when it takes
     *     the request, unless one before it does
     */
    public record Candidate(String name, Optional<String> failed) {}

    /**
     * Two routes with the same right to a request.
     *
     * @param example such a request; empty where none comes to mind
     */
    public record Tie(String one, String other, Optional<String> example) {}

    private final TextTable<PathTree<T>> hosts = new TextTable<>();
    /** By what follows {@code *.}. */
    private final TextTable<PathTree<T>> wildcards = new TextTable<>();

    private final PathTree<T> anyHost = new PathTree<>();

    public RouteIndex(Collection<Filed<T>> routes) {
        var ordered = new ArrayList<>(routes);
        ordered.sort(Comparator.comparing((Filed<T> filed) -> filed.criteria(), Criteria.PRECEDENCE)
                .thenComparing(Filed::name));
        var texts = new HashMap<String, String>();
        for (var filed : ordered) {
            if (filed.criteria().hosts().isEmpty()) {
                anyHost.add(filed, texts);
            }
            for (var host : filed.criteria().hosts()) {
                tree(host).add(filed, texts);
            }
        }
    }

    private PathTree<T> tree(HostPattern host) {
        var trees = host.wildcard() ? wildcards : hosts;
        var tree = trees.get(host.name());
        if (tree == null) {
            tree = new PathTree<>();
            trees.put(host.name(), tree);
        }
        return tree;
    }

    /** The route that takes the request; otherwise the methods with which it would be taken, if there are any. */
    public Found<T> find(RequestFacts facts) {
        var first = new Search.First<T>(facts);
        search(first);
        if (first.found != null) {
            return new Found.Taken<>(first.found, facts.path());
        }
        var allowed = new Search.Allowed<T>(facts);
        search(allowed);
        return allowed.methods == 0
                ? new Found.NoRoute<>()
                : new Found.MethodNotAllowed<>(Methods.names(allowed.methods));
    }

    /** All routes whose host and path fit, in the order in which they are tried, with what is against each. */
    public List<Candidate> explain(RequestFacts facts) {
        var explained = new Search.Explained<T>(facts);
        search(explained);
        return explained.candidates();
    }

    void search(Search<T> search) {
        var host = HostPattern.canonical(search.facts.host());
        var path = search.facts.path();
        if (ends(hosts.get(host), search, path)) {
            return;
        }
        if (wildcards.size() > 0) {
            for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
                if (dot > 0 && ends(wildcards.get(host, dot + 1, host.length()), search, path)) {
                    return;
                }
            }
        }
        ends(anyHost, search, path);
    }

    private static <T> boolean ends(@Nullable PathTree<T> tree, Search<T> search, String path) {
        return tree != null && (path.startsWith("/") ? tree.search(search, path, 0) : tree.searchServer(search));
    }

    /** Each pair of routes that some request could go to with equal right, once. */
    public List<Tie> ties() {
        var ties = new ArrayList<Tie>();
        var told = new HashSet<Set<String>>();
        hosts.forEach((name, tree) -> ties(tree, new HostPattern(name, false), told, ties));
        wildcards.forEach((name, tree) -> ties(tree, new HostPattern(name, true), told, ties));
        ties(anyHost, null, told, ties);
        ties.sort(Comparator.comparing(Tie::one).thenComparing(Tie::other));
        return ties;
    }

    private static <T> void ties(PathTree<T> tree, @Nullable HostPattern host, Set<Set<String>> told, List<Tie> ties) {
        tree.forEachPlace(filed -> {
            for (int i = 0; i < filed.size(); i++) {
                var one = filed.get(i);
                for (int j = i + 1; j < filed.size(); j++) {
                    var other = filed.get(j);
                    if (Criteria.PRECEDENCE.compare(one.criteria(), other.criteria()) != 0) {
                        break;
                    }
                    if (!one.criteria().excludes(other.criteria()) && told.add(Set.of(one.name(), other.name()))) {
                        ties.add(new Tie(
                                one.name(),
                                other.name(),
                                one.criteria().example(other.criteria(), host).map(ExampleRequest::toString)));
                    }
                }
            }
        });
    }
}
