package dev.gatehouse.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.deploy.servers.RedisServer;
import dev.gatehouse.node.backend.GrpcService;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real gRPC caller, a whole node, a real gRPC service. */
class GrpcNodeTest {

    private final GrpcService service = new GrpcService();
    private Site site;
    private ManagedChannel anonymous;
    private ManagedChannel channel;

    @BeforeEach
    void start(@TempDir Path folder) {
        site = new Site(PostgresServer.shared(), RedisServer.shared().url(), folder);
        var node = site.start("first");
        var key = site.configure("""
                services: { texts: { targets: [ "%s" ], protocol: http/2 } }
                consumers: { web-shop: { keys: [ demo ] } }
                routes:
                  texts:
                    match: { path: "/test.Texts/**" }
                    policies: [ { rate-limit: { requests: 5, window: 1m, per: consumer } } ]
                    forward: { service: texts }
                """.formatted(service.url()));
        var metadata = new Metadata();
        metadata.put(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER), key);
        anonymous = NettyChannelBuilder.forAddress("127.0.0.1", node.port())
                .usePlaintext()
                .build();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", node.port())
                .usePlaintext()
                .intercept(MetadataUtils.newAttachHeadersInterceptor(metadata))
                .build();
    }

    @AfterEach
    void stop() {
        anonymous.shutdownNow();
        channel.shutdownNow();
        site.close();
        service.close();
    }

    @Test
    void carriesCallsOfAllFourKindsAndRefusesTheOneTooMany() throws Exception {
        assertThat(upper(channel, "hello")).isEqualTo("HELLO");

        var words = new ArrayList<String>();
        ClientCalls.blockingServerStreamingCall(
                        channel, GrpcService.method("Split", MethodType.SERVER_STREAMING), patient(), "a b c")
                .forEachRemaining(words::add);
        assertThat(words).containsExactly("a", "b", "c");

        var join = ClientCalls.blockingClientStreamingCall(
                channel, GrpcService.method("Join", MethodType.CLIENT_STREAMING), patient());
        join.write("a");
        join.write("b");
        join.halfClose();
        assertThat(join.read()).isEqualTo("a b");

        var echo = ClientCalls.blockingBidiStreamingCall(
                channel, GrpcService.method("Echo", MethodType.BIDI_STREAMING), patient());
        for (var line : words) {
            echo.write(line);
            assertThat(echo.read()).isEqualTo(line);
        }
        echo.halfClose();
        assertThat(echo.read()).isNull();

        assertThatThrownBy(() -> upper(channel, "")).isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(e.getStatus().getDescription()).isEqualTo("empty: 100 %");
        });
        assertRefused(channel, Status.Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void refusesACallWithoutAKey() {
        assertRefused(anonymous, Status.Code.UNAUTHENTICATED);
    }

    private static void assertRefused(ManagedChannel caller, Status.Code code) {
        assertThatThrownBy(() -> upper(caller, "hello"))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(code));
    }

    private static String upper(ManagedChannel caller, String text) {
        return ClientCalls.blockingUnaryCall(caller, GrpcService.method("Upper", MethodType.UNARY), patient(), text);
    }

    private static CallOptions patient() {
        return CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS);
    }
}
