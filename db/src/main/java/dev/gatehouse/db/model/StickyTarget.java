package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Settings;
import java.time.Duration;
import java.util.List;

/** A cookie by which a browser stays with a target. */
public record StickyTarget(
        @Setting(
                label = "Cookie",
                help =
                        "Name of the cookie that names the target, in a way that tells nobody which it is. Empty: nobody stays. Whose target cannot be used is given another one.",
                optional = true,
                max = "64",
                format = Format.HEADER_NAME)
        String cookie,

        @Setting(
                label = "Cookie lifetime",
                help = "How long a browser keeps the cookie. 0s: until it is closed.",
                fallback = "0s",
                min = "0s",
                max = "400d")
        Duration lifetime,

        @Setting(label = "Secure cookie", help = "Browsers send the cookie over https only.", fallback = "true")
        boolean secure,

        @Setting(
                label = "Cookie from other sites",
                help = "Whether browsers send the cookie with requests that come from other sites (SameSite).",
                fallback = "lax")
        Sticky.SameSite sameSite)
        implements Checked {

    /** What holds where nothing is written. */
    public static final StickyTarget NONE =
            Settings.read(StickyTarget.class, null).orThrow();

    @Override
    public List<Problem> problems() {
        return sameSite == Sticky.SameSite.NONE && !secure
                ? List.of(new Problem("same-site", "Browsers take 'none' only of a secure cookie."))
                : List.of();
    }
}
