package dev.gatehouse.node.server.http2;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The streams of one connection, and what has to be remembered of those that were. */
final class Streams {

    /** How a stream came to its end. */
    enum End {
        /** The client said so: it may send nothing more. */
        BY_CLIENT,
        /** The gateway did; frames of the client may have crossed it: RFC 9113, 5.1. */
        BY_GATEWAY
    }

    private static final int REMEMBERED = 2 * Limits.HANDLERS;

    private final Transport transport;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private final Map<Integer, OpenStream> open = new HashMap<>();
    private final Map<Integer, End> ended = new LinkedHashMap<>();
    /** Handlers that have not answered yet, and all that run. */
    private int working;

    private int handlers;
    private int last;
    private Duration idle;
    private long idleSince = System.nanoTime();

    Streams(Transport transport, Duration idle) {
        this.transport = transport;
        this.idle = idle;
    }

    @Nullable
    OpenStream get(int id) {
        lock.lock();
        try {
            return open.get(id);
        } finally {
            lock.unlock();
        }
    }

    /** Null when it never was open, or too long ago. */
    @Nullable
    End end(int id) {
        lock.lock();
        try {
            return ended.get(id);
        } finally {
            lock.unlock();
        }
    }

    /** The highest id the client has used. */
    int last() {
        lock.lock();
        try {
            return last;
        } finally {
            lock.unlock();
        }
    }

    /** The id is used up from now on, whatever becomes of the stream. */
    void use(int id) {
        lock.lock();
        try {
            last = id;
        } finally {
            lock.unlock();
        }
    }

    /** False: there are as many as there may be. */
    boolean add(OpenStream stream) {
        lock.lock();
        try {
            if (open.size() >= Limits.STREAMS || working >= Limits.HANDLERS) {
                return false;
            }
            open.put(stream.id(), stream);
            handlers++;
            working++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes it out when both sides are done. */
    void settle(OpenStream stream, End end) {
        lock.lock();
        try {
            if (stream.ended() && open.remove(stream.id()) != null) {
                remember(stream.id(), end);
                rest();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A stream that was refused before it was open. */
    void refused(int id) {
        lock.lock();
        try {
            remember(id, End.BY_GATEWAY);
        } finally {
            lock.unlock();
        }
    }

    /** Its last frame is about to be sent. */
    void answered(OpenStream stream) {
        lock.lock();
        try {
            stream.localEnd();
            working--;
        } finally {
            lock.unlock();
        }
        settle(stream, End.BY_CLIENT);
    }

    void handlerEnded(OpenStream stream) {
        lock.lock();
        try {
            handlers--;
            working -= stream.answered() ? 0 : 1;
            if (handlers == 0) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    void awaitHandlers() {
        lock.lock();
        try {
            while (handlers > 0) {
                none.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean empty() {
        lock.lock();
        try {
            return open.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    OptionalLong idleSince() {
        lock.lock();
        try {
            return open.isEmpty() ? OptionalLong.of(idleSince) : OptionalLong.empty();
        } finally {
            lock.unlock();
        }
    }

    List<OpenStream> all() {
        lock.lock();
        try {
            return new ArrayList<>(open.values());
        } finally {
            lock.unlock();
        }
    }

    /** Sets the time for the next frame to come: as long as a request is open, the client need not send any. */
    void awaitFrame() {
        lock.lock();
        try {
            if (open.isEmpty()) {
                transport.readWithin(idle.minusNanos(System.nanoTime() - idleSince));
            } else {
                transport.readForever();
            }
        } finally {
            lock.unlock();
        }
    }

    /** From now on the connection may stay that long without a request. */
    void idle(Duration time) {
        lock.lock();
        try {
            idle = time;
            rest();
        } finally {
            lock.unlock();
        }
    }

    private void rest() {
        if (open.isEmpty()) {
            idleSince = System.nanoTime();
            transport.readWithin(idle);
        }
    }

    private void remember(int id, End end) {
        ended.put(id, end);
        if (ended.size() > REMEMBERED) {
            var oldest = ended.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
