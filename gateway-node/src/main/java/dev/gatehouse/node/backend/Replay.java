package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Whether a request can be sent again, and what has to be kept of it for that. */
final class Replay {

    /** RFC 9110, 9.2.2. */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    private Replay() {}

    /** A body that can be read as often as need be. */
    private static final class Kept implements Body {

        private final byte[] octets;
        private final Headers trailers;
        private final KeptBodies room;
        private final AtomicLong taken;

        Kept(byte[] octets, Headers trailers, KeptBodies room, long taken) {
            this.octets = octets;
            this.trailers = trailers;
            this.room = room;
            this.taken = new AtomicLong(taken);
        }

        void giveBack() {
            room.give(taken.getAndSet(0));
        }

        @Override
        public Headers trailers() {
            return trailers;
        }

        @Override
        public long length() {
            return octets.length;
        }

        @Override
        public InputStream stream() {
            return new ByteArrayInputStream(octets);
        }

        @Override
        public void close() {}
    }

    /** Does doing it twice no harm? */
    static boolean harmless(Exchange exchange) {
        return IDEMPOTENT.contains(exchange.method()) || exchange.headers().contains("Idempotency-Key");
    }

    /** Can all of it be sent again? */
    static boolean whole(Exchange exchange) {
        return exchange.body().length() == 0 || exchange.body() instanceof Kept;
    }

    /** Its room is free once the answer is over. */
    static Response until(Response over, Exchange exchange) {
        return exchange.body() instanceof Kept kept ? over.whenClosed(kept::giveBack) : over;
    }

    /**
     * Reads the body, where it has at most so many bytes and there is room for them.
     *
     * @throws RefusedException when it does not come as it should
     */
    static void keep(Exchange exchange, int most, KeptBodies room) throws RefusedException {
        var body = exchange.body();
        long wanted = body.length() < 0 ? most : body.length();
        if (wanted == 0 || wanted > most || body instanceof Kept || !room.take(wanted)) {
            return;
        }
        boolean kept = false;
        try {
            var octets = body.stream().readNBytes(most + 1);
            if (octets.length <= most) {
                exchange.body(new Kept(octets, body.trailers(), room, wanted));
                kept = true;
            } else {
                var all = new SequenceInputStream(new ByteArrayInputStream(octets), body.stream());
                exchange.body(body.through(_ -> all));
            }
        } catch (RefusedException e) {
            throw e;
        } catch (IOException e) {
            var cutShort = Rejection.of(Refusal.BAD_REQUEST, "The request body ended before it was complete.");
            throw (RefusedException) new RefusedException(cutShort).initCause(e);
        } finally {
            if (!kept) {
                room.give(wanted);
            }
        }
    }
}
