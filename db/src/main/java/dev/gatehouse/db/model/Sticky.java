package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Settings;
import java.time.Duration;
import java.util.List;

/**
 * Who stays with the service that a split gave them. The service is drawn from who they are, so all nodes draw alike,
 * and when weights change only as many move as have to.
 */
public record Sticky(
        @Setting(
                label = "Callers are known by",
                help =
                        "Their consumer, a cookie that the gateway sets, or their address, an IPv6 one by its /64. None: nobody stays.",
                fallback = "none")
        By by,

        @Setting(
                label = "Cookie",
                help = "Name of the cookie. Its value is a random number and says nothing about who has it.",
                fallback = "gatehouse-split",
                max = "64",
                format = Format.HEADER_NAME)
        String cookie,

        @Setting(
                label = "Cookie lifetime",
                help = "How long a browser keeps the cookie.",
                fallback = "30d",
                min = "1m",
                max = "400d")
        Duration lifetime,

        @Setting(label = "Secure cookie", help = "Browsers send the cookie over https only.", fallback = "true")
        boolean secure,

        @Setting(
                label = "Cookie hidden from scripts",
                help = "Scripts in the browser do not see the cookie (HttpOnly).",
                fallback = "true")
        boolean httpOnly,

        @Setting(
                label = "Cookie from other sites",
                help = "Whether browsers send the cookie with requests that come from other sites (SameSite).",
                fallback = "lax")
        SameSite sameSite)
        implements Checked {

    /** What holds where nothing is written. */
    public static final Sticky NONE = Settings.read(Sticky.class, null).orThrow();

    /** What tells callers apart. */
    public enum By {
        NONE("none"),
        CONSUMER("consumer"),
        COOKIE("cookie"),
        ADDRESS("address");

        private final String written;

        By(String written) {
            this.written = written;
        }

        @Override
        public String toString() {
            return written;
        }
    }

    /** The attribute of that name: RFC 6265bis, 5.6.7. */
    public enum SameSite {
        STRICT("strict"),
        LAX("lax"),
        NONE("none");

        private final String written;

        SameSite(String written) {
            this.written = written;
        }

        /** As a cookie says it. */
        public String attribute() {
            return "SameSite=" + Character.toUpperCase(written.charAt(0)) + written.substring(1);
        }

        @Override
        public String toString() {
            return written;
        }
    }

    @Override
    public List<Problem> problems() {
        return sameSite == SameSite.NONE && !secure
                ? List.of(new Problem("same-site", "Browsers take 'none' only of a secure cookie."))
                : List.of();
    }
}
