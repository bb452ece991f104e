package dev.gatehouse.node.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real gRPC client; what answers it takes its bytes apart by hand. */
class GrpcTest {

    private static final MethodDescriptor.Marshaller<String> TEXT = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private final AtomicReference<String> timeout = new AtomicReference<>("");
    private final AtomicBoolean abandoned = new AtomicBoolean();
    private HttpListener listener;
    private ManagedChannel channel;

    @BeforeEach
    void start() {
        listener = Listening.to(this::answer);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", listener.port())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        listener.close();
    }

    @Test
    void carriesAllKindsOfCalls() throws Exception {
        var options = CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS);
        assertThat(ClientCalls.blockingUnaryCall(channel, method(MethodType.UNARY, "Echo"), options, "hello"))
                .isEqualTo("hello");
        assertThat(timeout.get()).isNotEmpty();
        var large = "x".repeat(3 << 20);
        assertThat(ClientCalls.blockingUnaryCall(channel, method(MethodType.UNARY, "Echo"), options, large))
                .isEqualTo(large);

        var several = new ArrayList<String>();
        ClientCalls.blockingServerStreamingCall(channel, method(MethodType.SERVER_STREAMING, "Thrice"), options, "a")
                .forEachRemaining(several::add);
        assertThat(several).isEqualTo(List.of("a", "a", "a"));

        var count =
                ClientCalls.blockingClientStreamingCall(channel, method(MethodType.CLIENT_STREAMING, "Count"), options);
        for (int i = 0; i < 5; i++) {
            count.write("x");
        }
        count.halfClose();
        assertThat(count.read()).isEqualTo("5");

        var chat = ClientCalls.blockingBidiStreamingCall(channel, method(MethodType.BIDI_STREAMING, "Echo"), options);
        for (var line : new String[] {"one", "two", "three"}) {
            chat.write(line);
            assertThat(chat.read()).isEqualTo(line);
        }
        chat.halfClose();
        assertThat(chat.read()).isNull();
    }

    @Test
    void aRefusalIsAStatus() {
        assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(
                        channel, method(MethodType.UNARY, "Refused"), CallOptions.DEFAULT, "x"))
                .isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
                    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                    assertThat(e.getStatus().getDescription()).isEqualTo("100 % of it – used up.");
                });
    }

    @Test
    void aCancelledCallIsTakenBack() throws Exception {
        var chat = ClientCalls.blockingBidiStreamingCall(
                channel, method(MethodType.BIDI_STREAMING, "Echo"), CallOptions.DEFAULT);
        chat.write("x");
        assertThat(chat.read()).isEqualTo("x");
        chat.cancel("enough", null);

        await().untilTrue(abandoned);
    }

    @Test
    void aCallEndsAtItsDeadline() {
        // the deadline may pass before there is a connection to send the call on
        await().until(() -> {
            assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(
                            channel,
                            method(MethodType.UNARY, "Never"),
                            CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.MILLISECONDS),
                            "x"))
                    .hasMessageContaining("DEADLINE_EXCEEDED");
            return abandoned.get();
        });
    }

    private static MethodDescriptor<String, String> method(MethodType type, String name) {
        return MethodDescriptor.<String, String>newBuilder(TEXT, TEXT)
                .setType(type)
                .setFullMethodName("test.Service/" + name)
                .build();
    }

    private Response answer(Exchange exchange) {
        timeout.set(exchange.headers().first("grpc-timeout").orElse(""));
        exchange.whenAbandoned(() -> abandoned.set(true));
        var in = exchange.body().stream();
        return switch (exchange.path()) {
            case "/test.Service/Echo" -> grpc(in);
            case "/test.Service/Never" -> {
                await().untilTrue(abandoned);
                // told sooner, perhaps, than the client looks at its own clock
                yield Rejection.of(Refusal.DEADLINE_EXCEEDED, "Its deadline has passed.")
                        .toResponse();
            }
            case "/test.Service/Thrice" -> grpc(messages(Collections.nCopies(3, Objects.requireNonNull(read(in)))));
            case "/test.Service/Count" -> {
                int count = 0;
                while (read(in) != null) {
                    count++;
                }
                yield grpc(messages(List.of("" + count)));
            }
            default ->
                Rejection.of(Refusal.RATE_LIMITED, "100 % of it – used up.").toResponse();
        };
    }

    private static Response grpc(InputStream messages) {
        return new Response(200, Headers.of("Content-Type", "application/grpc"), new Body() {
            @Override
            public long length() {
                return UNKNOWN;
            }

            @Override
            public InputStream stream() {
                return messages;
            }

            @Override
            public Headers trailers() {
                return Headers.of("grpc-status", "0");
            }

            @Override
            public void close() {}
        });
    }

    private static InputStream messages(List<String> texts) {
        var bytes = ByteBuffer.allocate(100);
        for (var text : texts) {
            bytes.put((byte) 0).putInt(text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
        }
        return new ByteArrayInputStream(bytes.array(), 0, bytes.position());
    }

    /** The next message; null at the end. */
    private static @Nullable String read(InputStream in) {
        try {
            if (in.read() < 0) {
                return null;
            }
            var data = new DataInputStream(in);
            return new String(data.readNBytes(data.readInt()), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
