package dev.gatehouse.node.backend;

/** How one endpoint is reached: as long as this can be, its connections are kept. */
sealed interface Reach {

    /** What it is told of where it is. */
    ServiceTarget target();

    /** When it last became possible to ask it once more, on the clock of {@link System#nanoTime}. */
    long latest();

    /** @throws IllegalArgumentException when no connection could ever be made with these settings */
    static Reach of(ServiceTarget target, Destination destination, UpstreamPools pools) {
        return destination.http2() ? new Http2(target, destination, pools) : new Http1(target, destination, pools);
    }

    /** Over connections that carry one request at a time. */
    final class Http1 implements Reach {
        private final ServiceTarget target;
        private final UpstreamPool pool;

        private Http1(ServiceTarget target, Destination destination, UpstreamPools pools) {
            this.target = target;
            pool = pools.of(destination, this);
        }

        @Override
        public ServiceTarget target() {
            return target;
        }

        @Override
        public long latest() {
            return pool.latest();
        }

        UpstreamPool pool() {
            return pool;
        }
    }

    /** Over connections that carry many. */
    final class Http2 implements Reach {
        private final ServiceTarget target;
        private final Http2Pool pool;

        private Http2(ServiceTarget target, Destination destination, UpstreamPools pools) {
            this.target = target;
            pool = pools.http2(destination, this);
        }

        @Override
        public ServiceTarget target() {
            return target;
        }

        @Override
        public long latest() {
            return pool.latest();
        }

        Http2Pool pool() {
            return pool;
        }
    }
}
