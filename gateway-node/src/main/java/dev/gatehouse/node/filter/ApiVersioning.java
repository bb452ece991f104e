package dev.gatehouse.node.filter;

import dev.gatehouse.db.model.Api;
import dev.gatehouse.db.model.ApiVersion;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.VersionNaming;
import dev.gatehouse.db.recognition.Asked;
import dev.gatehouse.db.recognition.PathSegment;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.exchange.VersionCall;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what asks for a version that is not served, and says in every answer what becomes of its version:
 * {@code Deprecation} (RFC 9745), {@code Sunset} (RFC 8594), {@code Link} to documentation and successor, and by which
 * fields the version was chosen ({@code Vary}).
 *
 * @param asked of that API, by the request that is filtered
 * @param consumer whose key was sent, where the route will not tell; null where it will, and without a valid key
 */
public record ApiVersioning(
        String name, Api api, Asked asked, @Nullable String consumer) implements Filter {

    @Override
    public Response filter(Exchange exchange, Handler next) {
        refusal().ifPresent(exchange::refuse);
        var response = next.handle(exchange);
        switch (asked) {
            case Asked.Served served -> tell(response.headers(), served.version(), false, exchange);
            case Asked.Retired retired -> tell(response.headers(), retired.version(), true, exchange);
            case Asked.Refused _ -> {}
        }
        vary(response.headers());
        return response;
    }

    /** What {@link VersionGate} answers, so that the filters before it see it on its way back. */
    private Optional<Rejection> refusal() {
        return switch (asked) {
            case Asked.Served _ -> Optional.empty();
            case Asked.Retired retired -> {
                var version = retired.version();
                var successor = version.successor().isEmpty() ? "" : " Its successor is " + version.successor() + ".";
                yield Optional.of(Rejection.of(
                        Refusal.VERSION_RETIRED,
                        "Version " + version.name() + " of API '" + name + "' is retired." + successor));
            }
            case Asked.Refused refused -> Optional.of(Rejection.of(refused.refusal(), refused.reason()));
        };
    }

    private void called(ApiVersion version, Exchange exchange) {
        var caller = exchange.caller();
        var known = caller == null ? consumer : caller.consumer();
        exchange.versionCall(new VersionCall(name, version.name(), known == null ? "" : known));
    }

    private void tell(Headers headers, ApiVersion version, boolean retired, Exchange exchange) {
        called(version, exchange);
        version.deprecatedSince().ifPresent(since -> headers.set("Deprecation", VersionFields.deprecation(since)));
        version.sunsetAt().ifPresent(at -> headers.set("Sunset", VersionFields.sunset(at)));
        VersionFields.documentation(version, retired).forEach(link -> headers.add("Link", link));
        successor(version, exchange)
                .ifPresent(address -> headers.add("Link", VersionFields.link(address, "successor-version")));
    }

    /** The same thing in the version to move on to; empty where its address would be the same one. */
    private Optional<String> successor(ApiVersion version, Exchange exchange) {
        if (version.successor().isEmpty() || !(asked.by().orElse(null) instanceof VersionNaming.InPath(int segment))) {
            return Optional.empty();
        }
        var query = exchange.query();
        return Optional.of(PathSegment.replaced(exchange.path(), segment, version.successor())
                + (query == null ? "" : "?" + query));
    }

    /** The fields that were asked before the version was known. */
    private void vary(Headers headers) {
        for (var way : api.namedBy()) {
            switch (way) {
                case VersionNaming.InHeader(var name) -> vary(headers, name);
                case VersionNaming.InMediaType _ -> vary(headers, "Accept");
                case VersionNaming.InPath _, VersionNaming.InQuery _ -> {}
            }
            if (asked.by().filter(way::equals).isPresent()) {
                return;
            }
        }
    }

    private static void vary(Headers headers, String name) {
        var told = "," + String.join(",", headers.all("Vary")).replace(" ", "").toLowerCase(Locale.ROOT) + ",";
        if (!told.contains(",*,") && !told.contains("," + name.toLowerCase(Locale.ROOT) + ",")) {
            headers.add("Vary", name);
        }
    }
}
