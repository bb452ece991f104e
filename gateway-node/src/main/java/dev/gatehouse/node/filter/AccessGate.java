package dev.gatehouse.node.filter;

import dev.gatehouse.db.credential.ClaimRule;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.TimeWindow;
import dev.gatehouse.db.policy.Access;
import dev.gatehouse.db.routing.WeekWindow;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.identity.Consumers;
import dev.gatehouse.node.identity.token.Claims;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Refuses who is known but may not do this: 403; who is anonymous gets 401, since a credential could help. What goes on
 * over an open tunnel is judged again and again.
 */
final class AccessGate implements Filter {

    private static final Rejection NOT_YOU = refusal("This consumer may not call this route.");
    private static final Rejection NOT_NOW = refusal("This route may not be called at this time.");
    private static final Rejection NOT_FROM_THERE = refusal("This route may not be called from your address.");
    private static final Rejection NOT_SAID = refusal("Your token does not say of you what this route asks for.");

    private final Access access;
    private final Set<String> scopes;
    private final Set<String> named;
    private final Set<String> refused;
    private final List<WeekWindow> times;
    private final AddressBlocks addresses;
    private final Rejection noScope;
    private final Consumers consumers;
    private final InstantSource clock;
    private final UnaryOperator<Rejection> challenged;

    /** @param challenged makes of a refusal the 401 of the route */
    AccessGate(Access access, Consumers consumers, InstantSource clock, UnaryOperator<Rejection> challenged) {
        this.access = access;
        this.consumers = consumers;
        this.clock = clock;
        this.challenged = challenged;
        scopes = Set.copyOf(access.scopes());
        named = Set.copyOf(access.consumers());
        refused = Set.copyOf(access.refusedConsumers());
        times = access.times().stream().map(TimeWindow::compiled).toList();
        addresses = AddressBlocks.of(access.addresses());
        var wanted = String.join(" ", access.scopes());
        // RFC 6750, 3.1
        noScope = Rejection.of(
                        Refusal.SCOPE_MISSING,
                        "Your credential does not grant "
                                + (access.scopesNeeded() == Access.Needed.ALL ? "" : "any of ")
                                + String.join(", ", access.scopes()) + ".")
                .by("access")
                .with(
                        "WWW-Authenticate",
                        "Bearer realm=\"gatehouse\", error=\"insufficient_scope\", scope=\"" + wanted + "\"");
    }

    private static Rejection refusal(String reason) {
        return Rejection.of(Refusal.ACCESS_REFUSED, reason).by("access");
    }

    @Override
    public Response filter(Exchange exchange, Handler next) {
        if (!addresses.isEmpty() && !addresses.contain(exchange.client().address())) {
            return NOT_FROM_THERE.toResponse();
        }
        if (!isTime()) {
            return NOT_NOW.toResponse();
        }
        var caller = exchange.caller();
        if (caller == null) {
            return next.handle(exchange);
        }
        var refusal = refusal(caller);
        if (refusal != null) {
            return (caller.isAnonymous() ? challenged.apply(refusal) : refusal).toResponse();
        }
        exchange.admittedWhile(() -> isAdmitted(caller) && isTime());
        return next.handle(exchange);
    }

    private @Nullable Rejection refusal(Caller caller) {
        if (!isAdmitted(caller)) {
            return NOT_YOU;
        }
        if (!grants(caller)) {
            return noScope;
        }
        for (ClaimRule rule : access.claims()) {
            if (!Claims.fulfil(caller.claims(), rule)) {
                return NOT_SAID;
            }
        }
        return null;
    }

    private boolean isTime() {
        if (times.isEmpty()) {
            return true;
        }
        var now = clock.instant();
        return times.stream().anyMatch(window -> window.contains(now));
    }

    private boolean isAdmitted(Caller caller) {
        var consumer = caller.consumer();
        if (refused.contains(consumer)) {
            return false;
        }
        return (named.isEmpty() && access.groups().isEmpty())
                || named.contains(consumer)
                || !Collections.disjoint(access.groups(), consumers.groups(consumer));
    }

    private boolean grants(Caller caller) {
        return scopes.isEmpty()
                || (access.scopesNeeded() == Access.Needed.ALL
                        ? caller.scopes().containsAll(scopes)
                        : !Collections.disjoint(scopes, caller.scopes()));
    }
}
