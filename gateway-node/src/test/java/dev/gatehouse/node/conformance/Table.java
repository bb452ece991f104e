package dev.gatehouse.node.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Rows of tab-separated text beside this class; a line that begins with # is a comment. */
public final class Table {

    private Table() {}

    public static Stream<List<String>> rows(String file) {
        try (var in = Table.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split("\t", -1)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code \r \n \t \xHH \\} and <code>{5*text}</code>, text five times, as the octets they stand for. */
    public static String octets(String text) {
        return new Reader(text).text(false);
    }

    private static final class Reader {

        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        String text(boolean inBraces) {
            var octets = new StringBuilder();
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (inBraces && c == '}') {
                    return octets.toString();
                }
                if (c == '\\') {
                    octets.append(escaped());
                } else if (c == '{' && text.startsWith("*", digits())) {
                    int times = Integer.parseInt(text.substring(at, digits()));
                    at = digits() + 1;
                    octets.repeat(text(true), times);
                } else {
                    octets.append(c);
                }
            }
            return octets.toString();
        }

        private char escaped() {
            char c = text.charAt(at++);
            return switch (c) {
                case 'r' -> '\r';
                case 'n' -> '\n';
                case 't' -> '\t';
                case '\\' -> '\\';
                case 'x' -> (char) Integer.parseInt(text.substring(at, at += 2), 16);
                default -> throw new IllegalArgumentException("\\" + c + " in " + text);
            };
        }

        private int digits() {
            int end = at;
            while (end < text.length() && Character.isDigit(text.charAt(end))) {
                end++;
            }
            return end > at ? end : text.length();
        }
    }
}
