package dev.gatehouse.node.server.http2;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.wire.Framing;
import dev.gatehouse.node.wire.HeadLimits;
import dev.gatehouse.node.wire.HopByHop;
import dev.gatehouse.node.wire.RequestHead;
import dev.gatehouse.node.wire.WireException;
import dev.gatehouse.node.wire.hpack.HpackDecoder;
import dev.gatehouse.node.wire.http2.ErrorCode;
import dev.gatehouse.node.wire.http2.Http2Exception;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/** From a stream's head to its request, from the response back to the stream; a virtual thread each. */
final class Exchanging {

    private static final System.Logger LOG = System.getLogger(Exchanging.class.getName());

    /** In a tunnel both may say nothing for long; who carries it knows how long. */
    private static final Wait SILENT = new Wait() {
        @Override
        public long left() {
            return Long.MAX_VALUE;
        }

        @Override
        public void waited(long nanos, int bytes) {}
    };

    private final Requests requests;
    private final FrameOutput out;
    private final Streams streams;
    private final ReceiveWindow receiveWindow;
    private final Limits limits;
    private final BodyMemory memory;
    private final Budgets budgets;

    Exchanging(
            Requests requests,
            FrameOutput out,
            Streams streams,
            ReceiveWindow receiveWindow,
            Limits limits,
            BodyMemory memory,
            Budgets budgets) {
        this.requests = requests;
        this.out = out;
        this.streams = streams;
        this.receiveWindow = receiveWindow;
        this.limits = limits;
        this.memory = memory;
        this.budgets = budgets;
    }

    /** A new stream. What is malformed about its head is thrown, what is refused is answered. */
    void open(OpenStream stream, HpackDecoder.Block block, boolean endStream) throws IOException {
        if (endStream) {
            stream.remoteEnd();
        }
        try {
            if (block.tooLarge()) {
                throw new RefusedException(Rejection.of(
                        Refusal.HEAD_TOO_LARGE,
                        "The header fields may have at most " + HeadLimits.REQUEST.bytes() + " bytes in "
                                + HeadLimits.REQUEST.fields() + " lines."));
            }
            var head = RequestFields.head(stream.id(), block.fields());
            if (block.fields().contains(":protocol")) {
                connect(stream, head, !endStream);
            } else {
                start(stream, head, !endStream);
            }
        } catch (RefusedException e) {
            var writer = new AnswerWriter(stream, out, budgets.control());
            if (!endStream) {
                stream.body(body(stream, writer, Body.UNKNOWN, false));
            }
            run(stream, writer, "GET", () -> requests.refuse(e.rejection()));
        } catch (Http2Exception e) {
            streams.refused(stream.id());
            throw e;
        }
    }

    /** @param hasBody whether DATA is to come */
    void start(OpenStream stream, RequestHead head, boolean hasBody) throws IOException {
        long declared = declared(stream.id(), head);
        if (!hasBody && declared > 0) {
            throw Http2Exception.stream(
                    stream.id(), ErrorCode.PROTOCOL_ERROR, "less was sent than Content-Length says");
        }
        var writer = new AnswerWriter(stream, out, budgets.control());
        var body = hasBody ? body(stream, writer, declared, head.expectsContinue()) : Body.empty();
        if (body instanceof StreamBody streamed) {
            stream.body(streamed);
        }
        boolean trailers = HopByHop.lists(head.headers(), "TE", "trailers");
        var downstream = new Downstream(writer::interim, trailers, null);
        run(stream, writer, head.method(), () -> requests.answer(head, body, downstream, stream::exchange));
    }

    /** A WebSocket, if the answer says so: what is sent on the stream is no body then. */
    private void connect(OpenStream stream, RequestHead head, boolean open) throws IOException {
        var writer = new AnswerWriter(stream, out, budgets.control());
        if (open) {
            stream.body(new StreamBody(new BodyLink(stream, writer), SILENT, memory, Body.UNKNOWN, false));
        }
        var downstream = new Downstream(writer::interim, false, RequestFields.WEB_SOCKET);
        run(stream, writer, head.method(), () -> requests.answer(head, Body.empty(), downstream, stream::exchange));
    }

    /** Ends a stream before its time. */
    void reset(int id, ErrorCode code) throws IOException {
        var stream = streams.get(id);
        if (stream == null) {
            streams.refused(id);
            out.reset(id, code);
        } else if (stream.reset("the stream was reset: " + code)) {
            out.reset(id, code);
            streams.settle(stream, Streams.End.BY_GATEWAY);
        }
    }

    private void run(OpenStream stream, AnswerWriter writer, String method, Supplier<Response> answering)
            throws IOException {
        if (!streams.add(stream)) {
            streams.refused(stream.id());
            budgets.resets().spend(1, "streams at once");
            out.reset(stream.id(), ErrorCode.REFUSED_STREAM);
            return;
        }
        Thread.ofVirtual().name("http2-stream-" + stream.id()).start(() -> {
            stream.running(Thread.currentThread());
            try {
                answer(stream, writer, method, answering);
            } finally {
                finish(stream);
                streams.handlerEnded(stream);
            }
        });
    }

    private void answer(OpenStream stream, AnswerWriter writer, String method, Supplier<Response> answering) {
        try (var response = answering.get()) {
            if (stream.wasReset()) {
                return;
            }
            var body = stream.body();
            if (body != null) {
                body.within(() -> Long.MAX_VALUE);
            }
            var tunnel = response.tunnel();
            var exchange = stream.exchange();
            if (tunnel != null && exchange != null) {
                writer.open(response);
                requests.carry(exchange, tunnel, new StreamEnd(stream, writer, this));
            } else {
                write(writer, response, method);
            }
            budgets.resets().earn(1);
        } catch (IOException e) {
            LOG.log(Level.TRACE, "stream ended", e);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "an answer failed in the gateway", e);
        }
    }

    private void write(AnswerWriter writer, Response response, String method) throws IOException {
        try {
            writer.write(response, method);
        } catch (IllegalArgumentException e) {
            LOG.log(Level.ERROR, "an answer cannot be sent", e);
            try (var instead = requests.failed()) {
                writer.write(instead, method);
            }
        }
    }

    /** An answer that broke off must not look whole; a request that goes on must not, either. */
    private void finish(OpenStream stream) {
        var body = stream.body();
        if (body != null) {
            body.close();
        }
        if (stream.wasReset()) {
            return;
        }
        try {
            if (!stream.answered()) {
                reset(stream.id(), ErrorCode.INTERNAL_ERROR);
            } else if (!stream.remoteEnded()) {
                // RFC 9113, 8.1: the answer is whole, the rest of the request is not wanted
                reset(stream.id(), ErrorCode.NO_ERROR);
            }
        } catch (IOException e) {
            LOG.log(Level.TRACE, "connection ended", e);
        }
        streams.settle(stream, Streams.End.BY_CLIENT);
    }

    private StreamBody body(OpenStream stream, AnswerWriter writer, long declared, boolean waiting) {
        return new StreamBody(new BodyLink(stream, writer), limits.upload().get(), memory, declared, waiting);
    }

    private static long declared(int stream, RequestHead head) throws Http2Exception {
        try {
            return switch (Framing.ofRequest(head)) {
                case Framing.Length(long bytes) -> bytes;
                case Framing.None() -> head.headers().contains("content-length") ? 0 : Body.UNKNOWN;
                case Framing.Chunked(), Framing.UntilClose() -> Body.UNKNOWN;
            };
        } catch (WireException e) {
            throw Http2Exception.stream(stream, ErrorCode.PROTOCOL_ERROR, String.valueOf(e.getMessage()));
        }
    }

    private final class BodyLink implements StreamBody.Link {

        private final OpenStream stream;
        private final AnswerWriter writer;

        BodyLink(OpenStream stream, AnswerWriter writer) {
            this.stream = stream;
            this.writer = writer;
        }

        @Override
        public void more(int octets) throws IOException {
            if (!stream.remoteEnded()) {
                out.windowUpdate(stream.id(), octets);
            }
        }

        @Override
        public void dealtWith(int octets) throws IOException {
            receiveWindow.give(octets);
        }

        @Override
        public void proceed() {
            writer.interim(100, new Headers());
        }
    }
}
