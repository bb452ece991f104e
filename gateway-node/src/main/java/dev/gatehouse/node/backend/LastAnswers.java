package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.LastAnswer;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The last good answers of a route, so many bytes of them; the one not asked for longest goes first. */
public final class LastAnswers {

    /** What answers may differ by and are told apart by. */
    private static final List<String> TOLD_APART = List.of("accept", "accept-encoding", "accept-language", "origin");

    /** What makes an answer one for this request alone. */
    private static final List<String> OWN = List.of("authorization", "cookie", "range");

    private static final Set<String> KEPT_BACK = Set.of("no-store", "private");

    /** An answer that is younger stays: who is asked thousands of times a second need not be copied as often. */
    private static final long YOUNG = TimeUnit.SECONDS.toNanos(1);

    /** A power of two. */
    private static final int LATELY = 256;

    /** Of most requests, by what is {@link #TOLD_APART}. */
    private static final List<List<String>> NOTHING = List.of();

    /** What an answer takes beside its body. */
    private static final int OVERHEAD = 1_000;

    /** @param consumer null where nobody is known */
    private record Question(
            @Nullable String consumer,
            String method,
            String authority,
            String path,
            @Nullable String query,
            List<List<String>> fields) {

        boolean isOf(Exchange exchange) {
            return path.equals(exchange.path())
                    && Objects.equals(query, exchange.query())
                    && authority.equals(exchange.authority())
                    && method.equals(exchange.method())
                    && Objects.equals(consumer, consumerOf(exchange))
                    && fields.equals(toldApart(exchange.headers()));
        }

        int place() {
            return LastAnswers.place(path, query);
        }
    }

    private static final class Answer {

        private final Headers headers;
        private final byte[] body;
        private final long since;

        Answer(Headers headers, byte[] body, long since) {
            this.headers = headers;
            this.body = body;
            this.since = since;
        }

        long size() {
            return body.length + (long) OVERHEAD;
        }
    }

    private final LastAnswer settings;
    private final LongSupplier clock;
    private final AnswerRoom room;
    private final AnswerRoom.Part part;
    private final Map<Question, Answer> answers = new LinkedHashMap<>(16, 0.75f, true);
    /** What was kept last of each hash: whether that is young is known without a lock. */
    private final AtomicReferenceArray<@Nullable Kept> lately = new AtomicReferenceArray<>(LATELY);

    private long size;

    private record Kept(Question question, long since) {}

    /**
     * @param room that all routes have together
     * @param clock as {@link System#nanoTime}
     */
    LastAnswers(LastAnswer settings, AnswerRoom room, LongSupplier clock) {
        this.settings = settings;
        this.clock = clock;
        this.room = room;
        part = room.part(this);
    }

    /** Null for a request whose answer is not for others. */
    private static @Nullable Question question(Exchange exchange) {
        if (!(exchange.method().equals("GET") || exchange.method().equals("HEAD"))) {
            return null;
        }
        // no streams: whatever becomes of it, each request is asked
        var headers = exchange.headers();
        for (var own : OWN) {
            if (headers.contains(own)) {
                return null;
            }
        }
        return new Question(
                consumerOf(exchange),
                exchange.method(),
                exchange.authority(),
                exchange.path(),
                exchange.query(),
                toldApart(headers));
    }

    private static @Nullable String consumerOf(Exchange exchange) {
        var caller = exchange.caller();
        return caller == null ? null : caller.consumer();
    }

    private static List<List<String>> toldApart(Headers headers) {
        for (var name : TOLD_APART) {
            if (headers.contains(name)) {
                return TOLD_APART.stream().map(headers::all).toList();
            }
        }
        return NOTHING;
    }

    /**
     * The same response; when it is a good one, not for this request alone, and has been read to its end, it is kept,
     * unless one is that is hardly older.
     */
    Response remember(Exchange exchange, Response response) {
        long length = response.body().length();
        if (length > settings.maxBody() || young(exchange) || !good(response)) {
            return response;
        }
        var question = question(exchange);
        return question == null ? response : remember(question, response, length);
    }

    private Response remember(Question question, Response response, long length) {
        var headers = response.headers().copy();
        if (length == 0) {
            put(question, new Answer(headers, new byte[0], clock.getAsLong()));
            return response;
        }
        var keeping = new TeeBody.Taker() {
            @Override
            public void whole(byte[] octets) {
                put(question, new Answer(headers, octets, clock.getAsLong()));
            }

            @Override
            public void none() {
                // too long
            }
        };
        return response.with(new TeeBody(response.body(), (int) settings.maxBody(), List.of(keeping)).body());
    }

    /** What was answered last; null when that is unknown or too old. */
    @Nullable
    Response find(Exchange exchange) {
        var question = question(exchange);
        return question == null ? null : find(question);
    }

    private @Nullable Response find(Question question) {
        var answer = look(question);
        if (answer == null) {
            return null;
        }
        long age = clock.getAsLong() - answer.since;
        if (age > settings.maxAge().toNanos()) {
            room.changed(part, -drop(question));
            return null;
        }
        var headers = answer.headers
                .copy()
                .set("Age", Long.toString(TimeUnit.NANOSECONDS.toSeconds(age)))
                .set("Cache-Status", "gatehouse; hit; detail=last-answer");
        return new Response(200, headers, Body.of(answer.body));
    }

    private boolean young(Exchange exchange) {
        var kept = lately.get(place(exchange.path(), exchange.query()));
        return kept != null && clock.getAsLong() - kept.since < YOUNG && kept.question.isOf(exchange);
    }

    private static int place(String path, @Nullable String query) {
        int hash = path.hashCode() + Objects.hashCode(query);
        return (hash ^ (hash >>> 16)) & (LATELY - 1);
    }

    private synchronized @Nullable Answer look(Question question) {
        return answers.get(question);
    }

    private static boolean good(Response response) {
        var headers = response.headers();
        return response.status() == 200
                && !headers.contains("Set-Cookie")
                && words(headers, "Cache-Control").stream().noneMatch(KEPT_BACK::contains)
                && TOLD_APART.containsAll(words(headers, "Vary"));
    }

    private static List<String> words(Headers headers, String name) {
        if (!headers.contains(name)) {
            return List.of();
        }
        return headers.all(name).stream()
                .flatMap(value -> List.of(value.toLowerCase(Locale.ROOT).split(",")).stream())
                .map(String::strip)
                .toList();
    }

    private void put(Question question, Answer answer) {
        room.changed(part, replace(question, answer));
    }

    /** @return how much more is held */
    private synchronized long replace(Question question, Answer answer) {
        long before = size;
        drop(question);
        answers.put(question, answer);
        lately.set(question.place(), new Kept(question, answer.since));
        size += answer.size();
        while (size > settings.memory()) {
            forgetOldest();
        }
        return size - before;
    }

    /** @return how much less is held */
    synchronized long forgetOldest() {
        var oldest = answers.entrySet().iterator();
        return oldest.hasNext() ? drop(oldest.next().getKey()) : 0;
    }

    /** @return how much less is held */
    private synchronized long drop(Question question) {
        var gone = answers.remove(question);
        lately.set(question.place(), null);
        long freed = gone == null ? 0 : gone.size();
        size -= freed;
        return freed;
    }
}
