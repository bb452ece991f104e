package dev.gatehouse.deploy.demo.products;

import dev.gatehouse.deploy.demo.products.v1.PriceOffer;
import dev.gatehouse.deploy.demo.products.v1.WatchPricesRequest;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.util.function.Supplier;

/** The three methods, bound to the catalogue. */
final class ProductsService implements BindableService {

    private final Catalogue catalogue;
    private final Clock clock;

    ProductsService(Catalogue catalogue, Clock clock) {
        this.catalogue = catalogue;
        this.clock = clock;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder(ProductsRpc.SERVICE)
                .addMethod(
                        ProductsRpc.GET_PRODUCT,
                        ServerCalls.asyncUnaryCall((request, caller) -> answer(caller, () -> catalogue.get(request))))
                .addMethod(
                        ProductsRpc.LIST_PRODUCTS,
                        ServerCalls.asyncUnaryCall((request, caller) -> answer(caller, () -> catalogue.list(request))))
                .addMethod(ProductsRpc.WATCH_PRICES, ServerCalls.asyncServerStreamingCall(this::watch))
                .build();
    }

    private void watch(WatchPricesRequest request, StreamObserver<PriceOffer> caller) {
        try {
            PriceWatch.start(catalogue, clock, request, (ServerCallStreamObserver<PriceOffer>) caller);
        } catch (StatusRuntimeException e) {
            caller.onError(e);
        }
    }

    /** A refusal that is thrown and not handed over would reach the caller as UNKNOWN. */
    private static <T> void answer(StreamObserver<T> caller, Supplier<T> answer) {
        T value;
        try {
            value = answer.get();
        } catch (StatusRuntimeException e) {
            caller.onError(e);
            return;
        }
        caller.onNext(value);
        caller.onCompleted();
    }
}
