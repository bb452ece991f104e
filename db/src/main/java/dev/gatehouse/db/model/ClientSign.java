package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Shorthand;
import java.util.List;

/** By what a client is recognised. */
public sealed interface ClientSign {

    /** Who holds the API key that was sent. */
    @Named(
            value = "consumer",
            label = "Consumer",
            help = "The API key that was sent belongs to one of these consumers.")
    record ByConsumer(
            @Setting(label = "Consumers", help = "Names of consumers.", min = "1", max = "1000", format = Format.NAME)
            List<String> consumers)
            implements ClientSign {

        public ByConsumer {
            consumers = List.copyOf(consumers);
        }
    }

    /** A header's value. */
    @Named(
            value = "header",
            label = "Header",
            help = "A header and its value. The name alone: it is there, whatever its value.")
    @Shorthand("name")
    record ByHeader(
            @Setting(label = "Name", help = "Such as X-Client.", format = Format.HEADER_NAME)
            String name,

            @Setting(label = "Is", help = "The exact value.", optional = true, max = "200")
            String is,

            @Setting(
                    label = "Matches",
                    help = "A regular expression (RE2) for the whole value.",
                    optional = true,
                    format = Format.REGEX)
            String matches)
            implements ClientSign, Checked {

        @Override
        public List<Problem> problems() {
            return is.isEmpty() || matches.isEmpty() ? List.of() : either("matches", "is", "matches");
        }
    }

    /** The header in which a client names itself. */
    @Named(value = "user-agent", label = "User agent", help = "The User-Agent header.")
    @Shorthand("contains")
    record ByUserAgent(
            @Setting(
                    label = "Contains",
                    help = "A part of it, in any case, such as okhttp.",
                    optional = true,
                    max = "200")
            String contains,

            @Setting(
                    label = "Matches",
                    help = "A regular expression (RE2) for the whole field.",
                    optional = true,
                    format = Format.REGEX)
            String matches)
            implements ClientSign, Checked {

        @Override
        public List<Problem> problems() {
            return contains.isEmpty() != matches.isEmpty() ? List.of() : either("contains", "contains", "matches");
        }
    }

    /** Who is named in the verified certificate that the client showed. */
    @Named(
            value = "tls-subject",
            label = "TLS client",
            help =
                    "The subject of the verified TLS certificate the client showed, such as CN=till-7,OU=Shops,O=Example.")
    @Shorthand("contains")
    record ByTlsSubject(
            @Setting(
                    label = "Contains",
                    help = "A part of it, in any case, such as OU=Shops.",
                    optional = true,
                    max = "200")
            String contains,

            @Setting(
                    label = "Matches",
                    help = "A regular expression (RE2) for the whole subject.",
                    optional = true,
                    format = Format.REGEX)
            String matches)
            implements ClientSign, Checked {

        @Override
        public List<Problem> problems() {
            return contains.isEmpty() != matches.isEmpty() ? List.of() : either("contains", "contains", "matches");
        }
    }

    private static List<Problem> either(String at, String one, String other) {
        return List.of(new Problem(at, "Exactly one of '" + one + "' and '" + other + "' must be given."));
    }
}
