package dev.gatehouse.node.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A canonical path is its own, means what the raw one meant, and holds nothing that a service could read as another path. */
public final class CanonicalPathFuzz {

    private CanonicalPathFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        var raw = new String(data, StandardCharsets.ISO_8859_1);
        if (CanonicalPath.of(raw) instanceof CanonicalPath.Path(String path)) {
            check(raw, path);
        }
    }

    private static void check(String raw, String path) {
        if (!CanonicalPath.of(path).equals(new CanonicalPath.Path(path))) {
            throw new AssertionError(raw + " becomes " + path + ", and that something else");
        }
        var meaning = decoded(path);
        if (!Arrays.equals(meaning, decoded(raw))) {
            throw new AssertionError(raw + " does not mean " + path);
        }
        var once = new String(meaning, StandardCharsets.UTF_8);
        if (!Arrays.equals(once.getBytes(StandardCharsets.UTF_8), meaning)
                || !once.startsWith("/")
                || once.contains("//")
                || once.indexOf('\\') >= 0
                || once.chars().anyMatch(c -> c < ' ' || c == 0x7f)
                || Arrays.stream(once.split("/", -1)).anyMatch(segment -> segment.equals(".") || segment.equals(".."))
                || once.split("/", -1).length != path.split("/", -1).length
                || path.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || c == ';' || c == '?' || c == '#')) {
            throw new AssertionError(path + " can be read in a second way");
        }
    }

    /** Once. */
    private static byte[] decoded(String path) {
        var octets = new ByteArrayOutputStream();
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '%') {
                octets.write(Integer.parseInt(path.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                octets.write(path.charAt(i));
            }
        }
        return octets.toByteArray();
    }
}
