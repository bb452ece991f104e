package dev.gatehouse.db.credential;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A request that its caller signed with a shared secret: HTTP Message Signatures (RFC 9421), hmac-sha256. */
@Named(
        value = "signature",
        label = "Signed request (HMAC)",
        help =
                "The request is signed with the shared secret of a login: HTTP Message Signatures (RFC 9421), hmac-sha256. It is good once, and for a short time.")
public record Signature(
        @Setting(
                label = "Signed",
                help =
                        "What a signature must cover, beside what it covers more: @method, @authority, @path, @query, @target-uri, @request-target, @scheme, or names of headers in lower case. Empty: @method, @authority, @path and @query.",
                max = "20",
                format = Format.COMPONENT)
        List<String> covered,

        @Setting(
                label = "Valid for",
                help = "How old a signature may be (created), and how far our clocks may differ.",
                fallback = "5m",
                min = "5s",
                max = "1h")
        Duration window,

        @Setting(
                label = "Once",
                help = "A signature needs a nonce and is taken once, over all nodes together.",
                fallback = "true")
        boolean once,

        @Setting(
                label = "Without Redis",
                help =
                        "While Redis cannot be asked whether a nonce was seen: each node remembers its own, so that a signature is taken once a node (local), or none is taken (deny).",
                fallback = "deny")
        WithoutRedis withoutRedis,

        @Setting(
                label = "Longest signed body",
                help =
                        "A body must come with Content-Digest (RFC 9530), covered by the signature, and is read up to this length before anything is sent on. 0B: bodies need not be signed.",
                fallback = "1MiB",
                min = "0B",
                max = "16MiB",
                format = Format.SIZE)
        long maxBody)
        implements Credential, Checked {

    private static final List<String> USUAL = List.of("@method", "@authority", "@path", "@query");
    private static final Set<String> DERIVED =
            Set.of("@method", "@authority", "@path", "@query", "@target-uri", "@request-target", "@scheme");

    /** What holds while the nodes cannot tell each other what they have seen. */
    public enum WithoutRedis {
        LOCAL("local"),
        DENY("deny");

        private final String written;

        WithoutRedis(String written) {
            this.written = written;
        }

        @Override
        public String toString() {
            return written;
        }
    }

    public Signature {
        covered = List.copyOf(covered);
    }

    /** What must be covered: at least one. */
    public List<String> needed() {
        return covered.isEmpty() ? USUAL : covered;
    }

    @Override
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < covered.size(); i++) {
            var name = covered.get(i);
            if (name.startsWith("@") && !DERIVED.contains(name)) {
                problems.add(new Problem(
                        "covered[" + i + "]",
                        "'" + name + "' is not known; there are "
                                + String.join(", ", DERIVED.stream().sorted().toList()) + "."));
            } else if (!name.equals(name.toLowerCase(Locale.ROOT))) {
                problems.add(new Problem("covered[" + i + "]", "Must be in lower case: RFC 9421, 2.1."));
            }
        }
        return problems;
    }
}
