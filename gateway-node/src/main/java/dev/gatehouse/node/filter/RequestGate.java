package dev.gatehouse.node.filter;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.policy.RequestLimits;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Bounds query and headers, and which bodies are taken. */
final class RequestGate implements Filter {

    private static final String POLICY = "request-limits";

    private final RequestLimits limits;
    private final Set<String> types;
    private final Set<String> kinds;

    RequestGate(RequestLimits limits) {
        this.limits = limits;
        types = limits.mediaTypes().stream().collect(Collectors.toUnmodifiableSet());
        kinds = limits.mediaTypes().stream()
                .filter(range -> range.endsWith("/*"))
                .map(range -> range.substring(0, range.length() - 1))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Response filter(Exchange exchange, Handler next) {
        var refusal = refusal(exchange);
        return refusal == null ? next.handle(exchange) : refusal.by(POLICY).toResponse();
    }

    private @Nullable Rejection refusal(Exchange exchange) {
        var query = exchange.query();
        if (query != null && query.length() > limits.maxQuery()) {
            return Rejection.of(
                    Refusal.QUERY_TOO_LARGE, "The query may have at most " + limits.maxQuery() + " characters.");
        }
        if (query != null && !query.isEmpty() && parameters(query) > limits.maxParameters()) {
            return Rejection.of(
                    Refusal.QUERY_TOO_LARGE, "The query may hold at most " + limits.maxParameters() + " parameters.");
        }
        if (exchange.headers().size() > limits.maxHeaders()) {
            return Rejection.of(
                    Refusal.HEAD_TOO_LARGE, "There may be at most " + limits.maxHeaders() + " header fields.");
        }
        if (exchange.headers().longestValue() > limits.maxHeader()) {
            return Rejection.of(
                    Refusal.HEAD_TOO_LARGE, "A header field may have at most " + limits.maxHeader() + " bytes.");
        }
        return types.isEmpty() || exchange.body().length() == 0 || isTaken(exchange)
                ? null
                : Rejection.of(
                                Refusal.MEDIA_TYPE_REFUSED,
                                "Bodies must be of " + String.join(", ", limits.mediaTypes()) + ".")
                        .with("Accept", String.join(", ", limits.mediaTypes()));
    }

    private static long parameters(String query) {
        return query.chars().filter(c -> c == '&').count() + 1;
    }

    /** Two that say a type leave open which is meant. */
    private boolean isTaken(Exchange exchange) {
        var said = exchange.headers().all("Content-Type");
        if (said.size() != 1) {
            return false;
        }
        var value = said.getFirst();
        int end = value.indexOf(';');
        var type = (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        int slash = type.indexOf('/');
        return slash > 0
                && (types.contains(type) || kinds.contains(type.substring(0, slash + 1)) || kinds.contains("*/"));
    }
}
