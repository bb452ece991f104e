package dev.gatehouse.node.backend;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.SeenStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body that is kept while somebody reads it, as long as it is short. It may be read by one thread and given up by
 * another.
 */
final class TeeBody {

    /** Who wants what was kept: told exactly one of these, once. */
    interface Taker {
        /** Never waits, never throws. */
        void whole(byte[] octets);

        /** It was too long, or never read to its end. */
        void none();
    }

    /** Octets that there is room for at first, where nobody says how many come. */
    private static final int LEAST = 512;

    private final Body body;
    private final int most;
    private final List<? extends Taker> takers;
    private @Nullable ByteArrayOutputStream kept;
    private boolean told;

    /** @param most bytes */
    TeeBody(Body body, int most, List<? extends Taker> takers) {
        this.body = body;
        this.most = most;
        this.takers = takers;
    }

    /** To be read in place of the one that was given. */
    Body body() {
        return body.through(Kept::new);
    }

    /** What is not whole by now is wanted no more. */
    synchronized void giveUp() {
        if (!told) {
            told = true;
            kept = null;
            takers.forEach(Taker::none);
        }
    }

    /** @param count bytes that were read, or -1 at the end */
    private synchronized void read(byte[] octets, int offset, int count) {
        if (told) {
            return;
        }
        var sofar =
                kept == null ? new ByteArrayOutputStream((int) Math.min(most, Math.max(LEAST, body.length()))) : kept;
        kept = sofar;
        if (count > 0) {
            if (sofar.size() + count > most) {
                giveUp();
                return;
            }
            sofar.write(octets, offset, count);
        }
        if (count < 0 || sofar.size() == body.length()) {
            told = true;
            kept = null;
            var whole = sofar.toByteArray();
            takers.forEach(taker -> taker.whole(whole));
        }
    }

    private final class Kept extends SeenStream {

        Kept(InputStream in) {
            super(in);
        }

        @Override
        protected void seen(byte[] octets, int offset, int count) {
            TeeBody.this.read(octets, offset, count);
        }
    }
}
