package dev.gatehouse.node.exchange;

import java.util.Arrays;
import java.util.Locale;

/** A fixed set of header field names, asked for each field of each message: without case, without making a string. */
public final class FieldNames {

    private enum Spelling {
        EXACT,
        /** {@code _} is taken for {@code -} too. */
        LOOSE,
        /** Only what has {@code _} where the name has {@code -}. */
        LOOK_ALIKE
    }

    private final String[][] byLength;
    private final Spelling spelling;
    private final long bits;

    private FieldNames(Spelling spelling, String... names) {
        this.spelling = spelling;
        int longest = Arrays.stream(names).mapToInt(String::length).max().orElse(0);
        byLength = new String[longest + 1][0];
        long all = 0;
        for (var name : names) {
            var same = byLength[name.length()];
            byLength[name.length()] = Arrays.copyOf(same, same.length + 1);
            byLength[name.length()][same.length] = name.toLowerCase(Locale.ROOT);
            // a look-alike differs within a name, never at its ends
            all |= NameBits.of(name);
        }
        bits = all;
    }

    public static FieldNames of(String... names) {
        return new FieldNames(Spelling.EXACT, names);
    }

    /** Takes {@code _} for {@code -} too: services that read fields as CGI variables cannot tell them apart. */
    public static FieldNames loosely(String... names) {
        return new FieldNames(Spelling.LOOSE, names);
    }

    /** Takes only what such a service would take for one of these, and nobody else. */
    public static FieldNames lookAlikes(String... names) {
        return new FieldNames(Spelling.LOOK_ALIKE, names);
    }

    /** These and those. */
    public FieldNames and(String... more) {
        var names = Arrays.stream(byLength).flatMap(Arrays::stream).toList();
        var all = Arrays.copyOf(names.toArray(String[]::new), names.size() + more.length);
        System.arraycopy(more, 0, all, names.size(), more.length);
        return new FieldNames(spelling, all);
    }

    /** @param theirs of the names that are asked for, as {@link NameBits} has them */
    boolean mayContain(long theirs) {
        return (bits & theirs) != 0;
    }

    public boolean contains(String name) {
        if (mayContain(NameBits.of(name)) && name.length() < byLength.length) {
            for (var known : byLength[name.length()]) {
                if (matches(known, name)) {
                    return true;
                }
            }
        }
        return false;
    }

    boolean contains(byte[] octets, int from, int length) {
        if (mayContain(NameBits.of(octets, from, length)) && length < byLength.length) {
            for (var known : byLength[length]) {
                if (matches(known, octets, from)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean matches(String known, String name) {
        boolean same = true;
        for (int i = 0; i < known.length(); i++) {
            char c = lower(name.charAt(i));
            same &= known.charAt(i) == c;
            if (!alike(known.charAt(i), c)) {
                return false;
            }
        }
        return spelling != Spelling.LOOK_ALIKE || !same;
    }

    private boolean matches(String known, byte[] octets, int from) {
        boolean same = true;
        for (int i = 0; i < known.length(); i++) {
            char c = lower((char) (octets[from + i] & 0xff));
            same &= known.charAt(i) == c;
            if (!alike(known.charAt(i), c)) {
                return false;
            }
        }
        return spelling != Spelling.LOOK_ALIKE || !same;
    }

    private boolean alike(char known, char c) {
        return known == c || (spelling != Spelling.EXACT && known == '-' && c == '_');
    }

    /** ASCII only: a field name is a token. */
    static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
    }
}
