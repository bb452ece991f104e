package dev.gatehouse.db.model;

import dev.gatehouse.db.routing.Condition;
import dev.gatehouse.db.routing.Source;
import dev.gatehouse.db.routing.ValueAbsent;
import dev.gatehouse.db.routing.ValueIs;
import dev.gatehouse.db.routing.ValueMatches;
import dev.gatehouse.db.routing.ValuePresent;
import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Shorthand;
import java.util.List;
import java.util.stream.Stream;

/** What a route asks of one header, query parameter or cookie. The name alone asks that there is one. */
@Shorthand("name")
public record ValueMatch(
        @Setting(
                label = "Name",
                help = "Names of headers are taken in any case. The name alone: there must be one, whatever its value.",
                format = Format.FIELD_NAME)
        String name,

        @Setting(label = "Is", help = "The value is exactly this text.", optional = true)
        String is,

        @Setting(
                label = "Matches",
                help = "The whole value matches this regular expression (RE2).",
                optional = true,
                format = Format.REGEX)
        String matches,

        @Setting(label = "Absent", help = "There must be none of that name.", fallback = "false")
        boolean absent)
        implements Checked {

    @Override
    public List<Problem> problems() {
        long given = Stream.of(!is.isEmpty(), !matches.isEmpty(), absent)
                .filter(Boolean::booleanValue)
                .count();
        return given > 1 ? List.of(new Problem("", "Only one of is, matches and absent can be asked for.")) : List.of();
    }

    Condition in(Source source) {
        if (absent) {
            return new ValueAbsent(source, name);
        }
        if (!matches.isEmpty()) {
            return ValueMatches.of(source, name, matches);
        }
        return is.isEmpty() ? new ValuePresent(source, name) : new ValueIs(source, name, is);
    }
}
