package dev.gatehouse.db.policy;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Setting;
import java.time.Duration;

/** What browsers are told to be careful with. */
@Named(
        value = "security-headers",
        label = "Security headers",
        help = "Tells browsers to be careful with answers. What the service says itself stays, unless it is replaced.")
public record SecurityHeaders(
        @Setting(
                label = "HSTS",
                help = "For how long browsers shall insist on https; said over https only. 0s: not said.",
                fallback = "365d",
                min = "0s",
                max = "730d")
        Duration hsts,

        @Setting(
                label = "HSTS for hosts beneath",
                help = "The same for every host beneath this one (includeSubDomains).",
                fallback = "false")
        boolean hstsBeneath,

        @Setting(
                label = "No guessing of types",
                help = "Browsers take answers for what they say they are (X-Content-Type-Options: nosniff).",
                fallback = "true")
        boolean noSniff,

        @Setting(
                label = "Frames",
                help =
                        "Which pages may show this one within them (X-Frame-Options): none, or those of the same origin.",
                fallback = "deny")
        Frames frames,

        @Setting(
                label = "Referrer policy",
                help = "What browsers tell other sites of where somebody came from. Empty: not said.",
                optional = true,
                fallback = "no-referrer",
                max = "200",
                format = Format.HEADER_VALUE)
        String referrerPolicy,

        @Setting(
                label = "Content security policy",
                help =
                        "What a page may load and do. For an API: default-src 'none'; frame-ancestors 'none'. Empty: not said.",
                optional = true,
                max = "4000",
                format = Format.HEADER_VALUE)
        String contentSecurityPolicy,

        @Setting(
                label = "Permissions policy",
                help = "Which features of a browser a page may use, such as camera=(). Empty: not said.",
                optional = true,
                max = "2000",
                format = Format.HEADER_VALUE)
        String permissionsPolicy,

        @Setting(
                label = "Hide the server",
                help = "Takes out what tells which software answers: Server, X-Powered-By, X-AspNet-Version.",
                fallback = "true")
        boolean hideServer,

        @Setting(label = "Replace", help = "These count even where the service says otherwise.", fallback = "false")
        boolean replace)
        implements Policy {

    /** Who may show a page within their own. */
    public enum Frames {
        DENY("deny"),
        SAME_ORIGIN("sameorigin"),
        ANY("any");

        private final String written;

        Frames(String written) {
            this.written = written;
        }

        @Override
        public String toString() {
            return written;
        }
    }

    @Override
    public Stage stage() {
        return Stage.GUARD;
    }
}
