package dev.gatehouse.deploy.demo.products;

import dev.gatehouse.deploy.demo.shop.Shop;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The products service, without TLS (h2c). */
public final class ProductsServer implements AutoCloseable {

    private static final int GRACE_SECONDS = 2;

    static {
        // Java's own selector: gRPC would unpack a native one to a temporary file and load it, if only to see whether
        // it could.
        System.getProperties().putIfAbsent("io.grpc.netty.shaded.io.netty.transport.noNative", "true");
    }

    private final Server server;
    private final HealthStatusManager health;
    private final EventLoopGroup loops;

    private ProductsServer(Server server, HealthStatusManager health, EventLoopGroup loops) {
        this.server = server;
        this.health = health;
        this.loops = loops;
    }

    /** @param port 0 takes a free one */
    public static ProductsServer start(String host, int port) {
        var loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        var health = new HealthStatusManager();
        health.setStatus(ProductsRpc.NAME, ServingStatus.SERVING);
        var server = NettyServerBuilder.forAddress(new InetSocketAddress(host, port))
                .channelType(NioServerSocketChannel.class)
                .bossEventLoopGroup(loops)
                .workerEventLoopGroup(loops)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                // A gateway may ask often whether an idle connection still lives.
                .permitKeepAliveTime(1, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .addService(new ProductsService(new Catalogue(Shop.products()), Clock.systemUTC()))
                .addService(health.getHealthService())
                .addService(ProtoReflectionServiceV1.newInstance())
                .build();
        try {
            return new ProductsServer(server.start(), health, loops);
        } catch (IOException e) {
            stop(loops);
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getPort();
    }

    /** Health says NOT_SERVING, calls that are running have two seconds to end, the rest are cancelled. */
    @Override
    public void close() {
        health.enterTerminalState();
        try {
            if (!server.shutdown().awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow().awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        stop(loops);
    }

    private static void stop(EventLoopGroup loops) {
        loops.shutdownGracefully(0, GRACE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(GRACE_SECONDS, TimeUnit.SECONDS);
    }
}
