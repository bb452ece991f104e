package dev.gatehouse.node.backend;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real gRPC server with the health service, whose messages are octets. */
final class HealthService implements AutoCloseable {

    static final int SERVING = 1;
    static final int NOT_SERVING = 2;

    /** What was asked for, as it came. */
    final List<byte[]> asked = new CopyOnWriteArrayList<>();

    private final Server server;
    private volatile int status = SERVING;

    HealthService() {
        var method = MethodDescriptor.<byte[], byte[]>newBuilder(new Octets(), new Octets())
                .setType(MethodType.UNARY)
                .setFullMethodName("grpc.health.v1.Health/Check")
                .build();
        var service = ServerServiceDefinition.builder("grpc.health.v1.Health")
                .addMethod(method, ServerCalls.asyncUnaryCall((request, answer) -> {
                    asked.add(request);
                    answer.onNext(new byte[] {8, (byte) status});
                    answer.onCompleted();
                }))
                .build();
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))
                    .addService(service)
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void is(int now) {
        status = now;
    }

    String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static final class Octets implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
