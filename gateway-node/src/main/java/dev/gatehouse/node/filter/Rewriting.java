package dev.gatehouse.node.filter;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.policy.Rewrite;
import dev.gatehouse.db.routing.PathPattern;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Outbound;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.template.PathRewrite;
import dev.gatehouse.node.template.QueryEdits;
import java.util.List;

/** Changes what a service is asked for. What comes of a path is canonical, or the request is refused. */
final class Rewriting implements Filter {

    private final PathRewrite path;
    private final QueryEdits query;
    private final Rewrite.Host host;
    private final String name;

    private Rewriting(PathRewrite path, QueryEdits query, Rewrite.Host host, String name) {
        this.path = path;
        this.query = query;
        this.host = host;
        this.name = name;
    }

    /** @throws IllegalArgumentException when the path cannot be filled from those that the pattern takes */
    static Rewriting of(Rewrite rewrite, PathPattern pattern) {
        return new Rewriting(
                PathRewrite.of(rewrite.path(), pattern),
                new QueryEdits(rewrite.setQuery(), rewrite.removeQuery()),
                rewrite.host(),
                rewrite.hostName());
    }

    /** Of the path alone. */
    static Rewriting of(String path, PathPattern pattern) {
        return new Rewriting(
                PathRewrite.of(path, pattern), new QueryEdits(List.of(), List.of()), Rewrite.Host.TARGET, "");
    }

    @Override
    public Response filter(Exchange exchange, Handler next) {
        var before = Outbound.of(exchange);
        var changed = path.apply(exchange.path());
        if (changed.isEmpty()) {
            return Rejection.of(Refusal.AMBIGUOUS_PATH, "What the route makes of this path has more than one reading.")
                    .toResponse();
        }
        exchange.outbound(new Outbound(
                path.changes() ? changed.get() : before.path(),
                query.apply(before.query(), exchange),
                switch (host) {
                    case TARGET -> before.host();
                    case CLIENT -> exchange.authority();
                    case NAMED -> name;
                },
                false));
        return next.handle(exchange);
    }
}
