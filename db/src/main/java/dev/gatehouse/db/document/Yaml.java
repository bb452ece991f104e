package dev.gatehouse.db.document;

import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Reads and writes {@link Document}s as YAML. */
public final class Yaml {

    private static final int DEEPEST = 64;
    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final YAMLMapper WRITER = YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .build();

    private final String text;
    private final Map<String, Integer> lines = new HashMap<>();

    private Yaml(String text) {
        this.text = text;
    }

    /**
     * A problem and where it stands.
     *
     * @param line from 1; 0 when it concerns no line
     */
    public record At(int line, Problem problem) {

        @Override
        public String toString() {
            return (line > 0 ? "line " + line + ": " : "") + problem;
        }
    }

    /** @param document null exactly when there are problems */
    public record Parsed(@Nullable Document document, List<At> problems, Map<String, Integer> lines) {

        /** Adds lines to problems found later, such as those of rules between things. */
        public List<At> locate(List<Problem> found) {
            return found.stream()
                    .map(problem -> new At(lineOf(problem.path(), lines), problem))
                    .toList();
        }
    }

    public static Parsed read(String text) {
        var yaml = new Yaml(text);
        Object plain;
        try (var parser = FACTORY.createParser(tools.jackson.core.ObjectReadContext.empty(), text)) {
            plain = parser.nextToken() == null ? Map.of() : yaml.value(parser, "", 0);
            if (parser.nextToken() != null) {
                var second = new Problem("", "Only one YAML document is read; a second one begins here.");
                return new Parsed(null, List.of(new At(line(parser), second)), Map.of());
            }
        } catch (JacksonException e) {
            return new Parsed(null, List.of(syntax(e)), Map.of());
        }
        var reading = Settings.read(Document.class, plain);
        var located = reading.problems().stream()
                .map(problem -> new At(lineOf(problem.path(), yaml.lines), problem))
                .sorted(java.util.Comparator.comparingInt(At::line))
                .toList();
        return new Parsed(reading.value(), located, yaml.lines);
    }

    public static String write(Document document) {
        return WRITER.writeValueAsString(Settings.write(document));
    }

    private static At syntax(JacksonException failure) {
        // Jackson's own location is where the last good token began.
        if (failure.getCause() instanceof MarkedYamlEngineException marked) {
            int line = marked.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            var context = marked.getContext() == null ? "" : marked.getContext() + " ";
            return new At(line, new Problem("", "Not YAML: " + context + marked.getProblem()));
        }
        int line = failure.getLocation() == null ? 0 : failure.getLocation().getLineNr();
        var first = failure.getOriginalMessage().lines().findFirst().orElse("");
        return new At(line, new Problem("", "Not YAML: " + first));
    }

    private @Nullable Object value(JsonParser parser, String path, int depth) {
        lines.putIfAbsent(path, line(parser));
        if (depth > DEEPEST) {
            throw new StreamReadException(parser, "nested deeper than " + DEEPEST + " levels");
        }
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            // The parser gives the anchor's name as a text, which would pass for a value.
            throw new StreamReadException(parser, "an alias; write the value itself in its place");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var mapping = new LinkedHashMap<String, @Nullable Object>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    var name = parser.currentName();
                    var at = join(path, name);
                    lines.put(at, line(parser));
                    parser.nextToken();
                    mapping.put(name, value(parser, at, depth + 1));
                }
                yield mapping;
            }
            case START_ARRAY -> {
                var list = new ArrayList<@Nullable Object>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser, path + "[" + list.size() + "]", depth + 1));
                }
                yield list;
            }
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getString().isEmpty() && !isQuoted(parser) ? null : parser.getString();
        };
    }

    /** A name with nothing behind it comes as an empty text too. */
    private boolean isQuoted(JsonParser parser) {
        // counted in code points
        long begin = parser.currentTokenLocation().getCharOffset();
        if (begin < 0 || begin >= text.codePointCount(0, text.length())) {
            return false;
        }
        int first = text.codePointAt(text.offsetByCodePoints(0, (int) begin));
        return first == '"' || first == '\'';
    }

    private static String join(String parent, String child) {
        return parent.isEmpty() ? child : parent + "." + child;
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    /** The line of the path, or of the nearest part around it that is written. */
    private static int lineOf(String path, Map<String, Integer> lines) {
        for (var at = path; ; at = at.substring(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('[')))) {
            var line = lines.get(at);
            if (line != null) {
                return line;
            }
            if (Math.max(at.lastIndexOf('.'), at.lastIndexOf('[')) < 0) {
                return lines.getOrDefault("", 0);
            }
        }
    }
}
