package dev.gatehouse.node.backend;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Outbound;
import dev.gatehouse.node.exchange.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Copies a share of the requests to other services, and answers each request as if it did not. */
public final class Mirroring implements Handler {

    /** A service that gets copies. */
    private record Mirror(MirrorRoom room, double share, Handler service) {}

    private final Handler next;
    private final Mirrors mirrors;
    private final RandomGenerator random;
    private final List<Mirror> targets = new ArrayList<>();

    public Mirroring(Handler next, Mirrors mirrors, RandomGenerator random) {
        this.next = next;
        this.mirrors = mirrors;
        this.random = random;
    }

    /**
     * One more, before the first request.
     *
     * @param percent of the requests
     * @param service what copies go through, from {@link Mirrors#proxy}
     */
    public Mirroring to(String name, long percent, Handler service) {
        targets.add(new Mirror(mirrors.room(name), percent / 100.0, service));
        return this;
    }

    @Override
    public Response handle(Exchange exchange) {
        long length = exchange.body().length();
        if (length > mirrors.limits().body() || exchange.downstream().upgrade() != null) {
            return next.handle(exchange);
        }
        var drawn = new ArrayList<Mirror>(targets.size());
        for (var target : targets) {
            if (random.nextDouble() < target.share && target.room.enter()) {
                drawn.add(target);
            }
        }
        if (drawn.isEmpty()) {
            return next.handle(exchange);
        }
        // as it is now: what sends the original may change its fields
        var copies = drawn.stream().map(target -> new Copy(exchange, target)).toList();
        if (length == 0) {
            copies.forEach(copy -> copy.whole(new byte[0]));
            return next.handle(exchange);
        }
        var tee = new TeeBody(exchange.body(), mirrors.limits().body(), copies);
        exchange.body(tee.body());
        try {
            return next.handle(exchange);
        } finally {
            // a service that answers before it has read all is of no use to compare with
            tee.giveUp();
        }
    }

    /** The request as it is sent a second time, once its body is whole. */
    private static final class Copy implements TeeBody.Taker {

        private final Exchange copy;
        private final Mirror target;

        Copy(Exchange original, Mirror target) {
            this.target = target;
            copy = original.copy(
                    new Downstream((_, _) -> {}, original.downstream().trailers(), null));
            copy.outbound(Outbound.of(original).asMirror());
        }

        @Override
        public void whole(byte[] octets) {
            // its time begins now, however long its body took
            var begun = copy.copy(copy.downstream());
            begun.body(Body.of(octets));
            target.room.send(begun, target.service);
        }

        @Override
        public void none() {
            target.room.leave();
        }
    }
}
