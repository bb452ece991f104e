package dev.gatehouse.node.filter;

import com.google.re2j.Pattern;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.policy.UserAgents;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses programs by what they call themselves. */
final class UserAgentGate implements Filter {

    private static final Rejection REFUSED = refusal("This route takes no requests of this program.");
    private static final Rejection NAMELESS =
            refusal("This route takes requests only of programs that say what they are, in User-Agent.");

    /** What crawlers, scrapers and scanners have in their names. CUBOT makes telephones. */
    private static final String BOTS =
            "(?i)(?:\\A|[^u])bot(?:\\b|_)|crawl|spider|slurp|scrap|archiver|fetcher|scanner|nikto|sqlmap|nmap|masscan|zgrab|nuclei|headless|phantomjs|python-requests|python-urllib|libwww-perl|facebookexternalhit|go-http-client|wget";

    private final @Nullable Pattern allow;
    private final @Nullable Pattern refuse;
    private final boolean nameless;

    UserAgentGate(UserAgents settings) {
        allow = any(settings.allow(), false);
        refuse = any(settings.refuse(), settings.bots());
        nameless = settings.nameless();
    }

    private static Rejection refusal(String reason) {
        return Rejection.of(Refusal.USER_AGENT_REFUSED, reason).by("user-agents");
    }

    /** Each may stand for itself, so that flags of one are none of another's. */
    private static @Nullable Pattern any(List<String> expressions, boolean bots) {
        var all = new StringBuilder();
        for (var expression : expressions) {
            all.append(all.isEmpty() ? "(?:" : "|(?:").append(expression).append(')');
        }
        if (bots) {
            all.append(all.isEmpty() ? "(?:" : "|(?:").append(BOTS).append(')');
        }
        return all.isEmpty() ? null : Pattern.compile(all.toString());
    }

    @Override
    public Response filter(Exchange exchange, Handler next) {
        var agent = exchange.headers().first("User-Agent").map(String::strip).orElse("");
        if (agent.isEmpty()) {
            return nameless ? NAMELESS.toResponse() : next.handle(exchange);
        }
        return refuse != null
                        && refuse.matcher(agent).find()
                        && !(allow != null && allow.matcher(agent).find())
                ? REFUSED.toResponse()
                : next.handle(exchange);
    }
}
