package dev.gatehouse.node.backend;

import io.grpc.Context;
import io.grpc.ForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A real gRPC server, whose messages are texts. */
public final class GrpcService implements AutoCloseable {

    static {
        System.getProperties().putIfAbsent("io.grpc.netty.shaded.io.netty.transport.noNative", "true");
    }

    static final Metadata.Key<byte[]> BINARY = Metadata.Key.of("x-data-bin", Metadata.BINARY_BYTE_MARSHALLER);

    final List<Metadata> metadata = new CopyOnWriteArrayList<>();
    final CompletableFuture<Long> millisLeft = new CompletableFuture<>();
    final CompletableFuture<Void> cancelled = new CompletableFuture<>();

    /** Messages of a flood that were taken for sending so far. */
    final AtomicInteger flooded = new AtomicInteger();

    private final Server server;

    public GrpcService() {
        var service = ServerServiceDefinition.builder("test.Texts")
                .addMethod(method("Upper", MethodType.UNARY), ServerCalls.asyncUnaryCall(this::upper))
                .addMethod(
                        method("Split", MethodType.SERVER_STREAMING), ServerCalls.asyncServerStreamingCall(this::split))
                .addMethod(
                        method("Join", MethodType.CLIENT_STREAMING), ServerCalls.asyncClientStreamingCall(this::join))
                .addMethod(method("Echo", MethodType.BIDI_STREAMING), ServerCalls.asyncBidiStreamingCall(this::echo))
                .addMethod(
                        method("Wait", MethodType.SERVER_STREAMING), ServerCalls.asyncServerStreamingCall(this::hang))
                .addMethod(
                        method("Flood", MethodType.SERVER_STREAMING), ServerCalls.asyncServerStreamingCall(this::flood))
                .build();
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(service)
                    .intercept(new Recording())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private void upper(String text, StreamObserver<String> caller) {
        if (text.isEmpty()) {
            caller.onError(
                    Status.INVALID_ARGUMENT.withDescription("empty: 100 %").asRuntimeException());
            return;
        }
        caller.onNext(text.toUpperCase(Locale.ROOT));
        caller.onCompleted();
    }

    private void split(String text, StreamObserver<String> caller) {
        for (var word : text.split(" ", -1)) {
            caller.onNext(word);
        }
        caller.onCompleted();
    }

    private StreamObserver<String> join(StreamObserver<String> caller) {
        var words = new CopyOnWriteArrayList<String>();
        return observer(words::add, () -> {
            caller.onNext(String.join(" ", words));
            caller.onCompleted();
        });
    }

    private StreamObserver<String> echo(StreamObserver<String> caller) {
        return observer(caller::onNext, caller::onCompleted);
    }

    private void hang(String text, StreamObserver<String> caller) {
        var deadline = Context.current().getDeadline();
        millisLeft.complete(deadline == null ? -1 : deadline.timeRemaining(TimeUnit.MILLISECONDS));
        ((ServerCallStreamObserver<String>) caller).setOnCancelHandler(() -> cancelled.complete(null));
        if (!text.isEmpty()) {
            caller.onNext(text);
        }
    }

    /** Sends as long as it may, up to ten thousand messages of a kilobyte. */
    private void flood(String text, StreamObserver<String> caller) {
        var call = (ServerCallStreamObserver<String>) caller;
        var message = "x".repeat(1019);
        call.setOnReadyHandler(() -> {
            while (call.isReady() && flooded.get() < 10_000) {
                call.onNext(message);
                if (flooded.incrementAndGet() == 10_000) {
                    call.onCompleted();
                }
            }
        });
    }

    private static StreamObserver<String> observer(Consumer<String> next, Runnable end) {
        return new StreamObserver<>() {
            @Override
            public void onNext(String text) {
                next.accept(text);
            }

            @Override
            public void onError(Throwable cause) {}

            @Override
            public void onCompleted() {
                end.run();
            }
        };
    }

    /** As a caller names it, too. */
    public static MethodDescriptor<String, String> method(String name, MethodType type) {
        return MethodDescriptor.newBuilder(new Text(), new Text())
                .setType(type)
                .setFullMethodName("test.Texts/" + name)
                .build();
    }

    private record Text() implements MethodDescriptor.Marshaller<String> {

        @Override
        public InputStream stream(String text) {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Keeps what came, and sends the binary field back in the trailers. */
    private final class Recording implements ServerInterceptor {

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            metadata.add(headers);
            var answering = new ForwardingServerCall.SimpleForwardingServerCall<Q, A>(call) {
                @Override
                public void close(Status status, Metadata trailers) {
                    var data = headers.get(BINARY);
                    if (data != null) {
                        trailers.put(BINARY, data);
                    }
                    super.close(status, trailers);
                }
            };
            return next.startCall(answering, headers);
        }
    }
}
