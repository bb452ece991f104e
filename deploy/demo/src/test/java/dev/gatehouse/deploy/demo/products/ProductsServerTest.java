package dev.gatehouse.deploy.demo.products;

import static io.grpc.stub.ClientCalls.blockingServerStreamingCall;
import static io.grpc.stub.ClientCalls.blockingUnaryCall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import dev.gatehouse.deploy.demo.products.v1.GetProductRequest;
import dev.gatehouse.deploy.demo.products.v1.ListProductsRequest;
import dev.gatehouse.deploy.demo.products.v1.ListProductsResponse;
import dev.gatehouse.deploy.demo.products.v1.PriceOffer;
import dev.gatehouse.deploy.demo.products.v1.Product;
import dev.gatehouse.deploy.demo.products.v1.WatchPricesRequest;
import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProductsServerTest {

    private static final Duration EVERY_MILLISECOND =
            Duration.newBuilder().setNanos(1_000_000).build();

    private final ProductsServer server = ProductsServer.start("127.0.0.1", 0);
    private final ManagedChannel channel = Grpc.newChannelBuilder(
                    "127.0.0.1:" + server.port(), InsecureChannelCredentials.create())
            .build();

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.close();
    }

    @Test
    void knowsOneProductById() {
        var product = get("p-301");
        assertThat(product.getName()).isEqualTo("Gas stove, 83 g");
        assertThat(product.getPriceCents()).isEqualTo(4_500);
        assertThat(product.getCurrency()).isEqualTo("EUR");
    }

    @Test
    void refusesAProductThatIsNotThere() {
        assertRefused(() -> get("p-999"), Status.Code.NOT_FOUND, "There is no product \"p-999\".");
    }

    @Test
    void listsEveryProductOnceOverItsPages() {
        var ids = new ArrayList<String>();
        var token = "";
        do {
            var page = list(ListProductsRequest.newBuilder().setPageSize(5).setPageToken(token));
            page.getProductsList().forEach(product -> ids.add(product.getId()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        assertThat(ids).hasSize(14).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void listsOneCategory() {
        var page = list(ListProductsRequest.newBuilder().setCategory("light"));
        assertThat(page.getProductsList())
                .extracting(Product::getName)
                .containsExactly("Headlamp, 400 lm", "Solar lantern");
        assertThat(page.getNextPageToken()).isEmpty();
    }

    @Test
    void refusesAPageThatCannotBe() {
        assertRefused(
                () -> list(ListProductsRequest.newBuilder().setPageSize(-1)),
                Status.Code.INVALID_ARGUMENT,
                "page_size must not be negative.");
        assertRefused(
                () -> list(ListProductsRequest.newBuilder().setPageToken("x")),
                Status.Code.INVALID_ARGUMENT,
                "page_token must be the next_page_token of a page.");
    }

    @Test
    void streamsOffersNearThePriceUntilTheCountIsReached() {
        var offers = new ArrayList<PriceOffer>();
        watch(WatchPricesRequest.newBuilder()
                        .addAllProductIds(List.of("p-101", "p-402"))
                        .setEvery(EVERY_MILLISECOND)
                        .setCount(6))
                .forEachRemaining(offers::add);
        assertThat(offers)
                .extracting(PriceOffer::getProductId)
                .containsExactly("p-101", "p-402", "p-101", "p-402", "p-101", "p-402");
        assertThat(offers.getFirst().getPriceCents()).isBetween(31_410L, 38_390L);
        assertThat(offers.getFirst().getOfferedAt().getSeconds()).isPositive();
    }

    @Test
    void streamsUntilTheCallerLeaves() {
        try (var call = Context.current().withCancellation()) {
            var previous = call.attach();
            try {
                var offers = watch(WatchPricesRequest.newBuilder().setEvery(EVERY_MILLISECOND));
                assertThat(offers.next().getProductId()).isEqualTo("p-101");
                call.cancel(null);
                assertRefused(() -> offers.forEachRemaining(_ -> {}), Status.Code.CANCELLED, "");
            } finally {
                call.detach(previous);
            }
        }
    }

    @Test
    void refusesToWatchWhatIsNotThereOrTooOften() {
        assertRefused(
                () -> watch(WatchPricesRequest.newBuilder().addProductIds("p-999"))
                        .hasNext(),
                Status.Code.NOT_FOUND,
                "p-999");
        assertRefused(
                () -> watch(WatchPricesRequest.newBuilder().setEvery(Duration.getDefaultInstance()))
                        .hasNext(),
                Status.Code.INVALID_ARGUMENT,
                "every must be from 1 ms to 1 minute.");
        assertRefused(
                () -> watch(WatchPricesRequest.newBuilder().setCount(-1)).hasNext(),
                Status.Code.INVALID_ARGUMENT,
                "count must not be negative.");
    }

    @Test
    void saysThatItServes() {
        var health = HealthGrpc.newBlockingStub(channel);
        assertThat(List.of("", ProductsRpc.NAME))
                .allSatisfy(service -> assertThat(health.check(HealthCheckRequest.newBuilder()
                                        .setService(service)
                                        .build())
                                .getStatus())
                        .isEqualTo(ServingStatus.SERVING));
    }

    private Product get(String id) {
        return blockingUnaryCall(
                channel,
                ProductsRpc.GET_PRODUCT,
                CallOptions.DEFAULT,
                GetProductRequest.newBuilder().setId(id).build());
    }

    private ListProductsResponse list(ListProductsRequest.Builder request) {
        return blockingUnaryCall(channel, ProductsRpc.LIST_PRODUCTS, CallOptions.DEFAULT, request.build());
    }

    private Iterator<PriceOffer> watch(WatchPricesRequest.Builder request) {
        return blockingServerStreamingCall(channel, ProductsRpc.WATCH_PRICES, CallOptions.DEFAULT, request.build());
    }

    private static void assertRefused(ThrowingCallable call, Status.Code code, String reason) {
        assertThatThrownBy(call)
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining(reason)
                .satisfies(refused ->
                        assertThat(Status.fromThrowable(refused).getCode()).isEqualTo(code));
    }
}
