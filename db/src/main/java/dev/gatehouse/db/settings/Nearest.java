package dev.gatehouse.db.settings;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known name that a mistyped one most likely meant. */
public final class Nearest {

    private Nearest() {}

    /** " Did you mean 'path'?" or nothing when no name is near. */
    public static String hint(String typed, Collection<String> known) {
        return to(typed, known).map(name -> " Did you mean '" + name + "'?").orElse("");
    }

    /** The known name at the least edit distance, when at most a third of the letters (and at least one, at most four) differ. */
    public static Optional<String> to(String typed, Collection<String> known) {
        int reach = Math.clamp(typed.length() / 3, 1, 4);
        return known.stream()
                .filter(name -> distance(typed, name) <= reach)
                .min(Comparator.comparingInt((String name) -> distance(typed, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein distance in which swapping two neighbours counts as one. */
    private static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        Arrays.setAll(last, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            int[] spare = before;
            before = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }
}
