package dev.gatehouse.db.recognition;

/** Segments of a canonical path, counted from 1. */
public final class PathSegment {

    private PathSegment() {}

    /** Empty where the path has no such segment. */
    public static String of(String path, int number) {
        int from = start(path, number);
        return from < 0 ? "" : path.substring(from, end(path, from));
    }

    /** The path with another text for that segment; as it is where it has no such segment. */
    public static String replaced(String path, int number, String text) {
        int from = start(path, number);
        return from < 0 ? path : path.substring(0, from) + text + path.substring(end(path, from));
    }

    private static int start(String path, int number) {
        int slash = path.startsWith("/") ? 0 : -1;
        for (int i = 1; i < number && slash >= 0; i++) {
            slash = path.indexOf('/', slash + 1);
        }
        return slash < 0 ? -1 : slash + 1;
    }

    private static int end(String path, int from) {
        int slash = path.indexOf('/', from);
        return slash < 0 ? path.length() : slash;
    }
}
