package dev.gatehouse.db.policy;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.util.List;

/** Which programs may call, as far as they say what they are. */
@Named(
        value = "user-agents",
        label = "User agents",
        help =
                "Refuses programs by what they call themselves. Whoever means harm calls themselves something else: it keeps out the honest and the careless.")
public record UserAgents(
        @Setting(
                label = "Allow",
                help = "Expressions that let a user agent pass whatever is said below, found anywhere in it.",
                max = "100",
                format = Format.REGEX)
        List<String> allow,

        @Setting(
                label = "Refuse",
                help = "Expressions that refuse a user agent, found anywhere in it.",
                max = "100",
                format = Format.REGEX)
        List<String> refuse,

        @Setting(
                label = "Refuse known bots",
                help = "Crawlers, scrapers and scanners that call themselves so, search engines included.",
                fallback = "false")
        boolean bots,

        @Setting(label = "Refuse nameless", help = "Requests that do not say what sends them.", fallback = "false")
        boolean nameless)
        implements Policy, Checked {

    public UserAgents {
        allow = List.copyOf(allow);
        refuse = List.copyOf(refuse);
    }

    @Override
    public Stage stage() {
        return Stage.GUARD;
    }

    @Override
    public List<Problem> problems() {
        return refuse.isEmpty() && !bots && !nameless
                ? List.of(
                        new Problem("refuse", "Must refuse something: an expression, known bots or nameless programs."))
                : List.of();
    }
}
