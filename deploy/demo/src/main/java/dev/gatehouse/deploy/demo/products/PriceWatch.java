package dev.gatehouse.deploy.demo.products;

import com.google.protobuf.Timestamp;
import dev.gatehouse.deploy.demo.products.v1.PriceOffer;
import dev.gatehouse.deploy.demo.products.v1.Product;
import dev.gatehouse.deploy.demo.products.v1.WatchPricesRequest;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** One stream of offers, on a virtual thread of its own until its count is reached or the caller leaves. */
final class PriceWatch implements Runnable {

    private static final Duration OFTEN = Duration.ofMillis(1);
    private static final Duration SELDOM = Duration.ofMinutes(1);
    private static final double SWING = 0.1;

    private final List<Product> products;
    private final Duration every;
    private final int count;
    private final Clock clock;
    private final ServerCallStreamObserver<PriceOffer> caller;

    private PriceWatch(
            List<Product> products,
            Duration every,
            int count,
            Clock clock,
            ServerCallStreamObserver<PriceOffer> caller) {
        this.products = products;
        this.every = every;
        this.count = count;
        this.clock = clock;
        this.caller = caller;
    }

    static void start(
            Catalogue catalogue, Clock clock, WatchPricesRequest request, ServerCallStreamObserver<PriceOffer> caller) {
        if (request.getCount() < 0) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("count must not be negative.")
                    .asRuntimeException();
        }
        var products = catalogue.select(request.getProductIdsList());
        var watch = new PriceWatch(products, every(request), request.getCount(), clock, caller);
        var thread = Thread.ofVirtual().name("price-watch").unstarted(watch);
        caller.setOnCancelHandler(thread::interrupt);
        thread.start();
    }

    /** A caller that reads too slowly misses offers, so that none pile up here. */
    @Override
    public void run() {
        try {
            for (var sent = 0; ; Thread.sleep(every)) {
                if (caller.isReady()) {
                    caller.onNext(offer(products.get(sent % products.size())));
                    sent++;
                    if (sent == count) {
                        caller.onCompleted();
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            // The caller has left, or the server closes: nobody is there to be told.
            Thread.currentThread().interrupt();
        }
    }

    private PriceOffer offer(Product product) {
        var factor = ThreadLocalRandom.current().nextDouble(1 - SWING, 1 + SWING);
        var now = clock.instant();
        return PriceOffer.newBuilder()
                .setProductId(product.getId())
                .setPriceCents(Math.round(product.getPriceCents() * factor))
                .setCurrency(product.getCurrency())
                .setOfferedAt(
                        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()))
                .build();
    }

    private static Duration every(WatchPricesRequest request) {
        if (!request.hasEvery()) {
            return Duration.ofSeconds(1);
        }
        var every = Duration.ofSeconds(
                request.getEvery().getSeconds(), request.getEvery().getNanos());
        if (every.compareTo(OFTEN) < 0 || every.compareTo(SELDOM) > 0) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("every must be from 1 ms to 1 minute.")
                    .asRuntimeException();
        }
        return every;
    }
}
