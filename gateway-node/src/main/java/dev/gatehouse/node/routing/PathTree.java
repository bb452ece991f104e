package dev.gatehouse.node.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what is filed under the patterns that take a path, at a cost that depends on the path's depth alone.
 * Built by one thread, then only read.
 *
 * @param <T> what is filed
 */
final class PathTree<T> {

    private final Branch<T> root = new Branch<>();

    private static final class Branch<T> {
        final Map<String, Branch<T>> children = new HashMap<>();
        final List<T> exact = new ArrayList<>(1);
        final List<T> open = new ArrayList<>(1);
    }

    /**
     * Files a thing.
     *
     * @param path {@code /a/b}; the tree root is the empty path
     * @param open also take everything beneath the path
     */
    void add(String path, boolean open, T thing) {
        var branch = root;
        int from = 0;
        while (from < path.length()) {
            int end = end(path, from);
            branch = branch.children.computeIfAbsent(path.substring(from + 1, end), _ -> new Branch<>());
            from = end;
        }
        (open ? branch.open : branch.exact).add(thing);
    }

    /**
     * All that takes the path, the most specific first: exact before open, longer before shorter.
     *
     * @param path canonical, begins with {@code /}; or {@code *}, the server as a whole, which only an open root takes
     */
    List<T> find(String path) {
        var found = new ArrayList<T>(4);
        if (path.startsWith("/")) {
            find(root, path, 0, found);
        } else {
            found.addAll(root.open);
        }
        return found;
    }

    private static <T> void find(Branch<T> branch, String path, int from, List<T> found) {
        if (from >= path.length()) {
            found.addAll(branch.exact);
        } else {
            int end = end(path, from);
            var child = branch.children.get(path.substring(from + 1, end));
            if (child != null) {
                find(child, path, end, found);
            }
        }
        found.addAll(branch.open);
    }

    private static int end(String path, int from) {
        int slash = path.indexOf('/', from + 1);
        return slash < 0 ? path.length() : slash;
    }
}
