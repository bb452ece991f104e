package dev.gatehouse.deploy.ledger;

/** What a limit promises, as one number that is never exceeded. Times are in nanoseconds. */
sealed interface Model {

    /** At most that many. */
    int bound();

    /** In words what {@link #bound} is of. */
    String name();

    /**
     * The most that there certainly was, to be held against {@link #bound}.
     *
     * @param from when each request was sent
     * @param to when it arrived, not earlier
     */
    int most(long[] from, long[] to);

    /**
     * How many of those moments a limit without any slack would have admitted.
     *
     * @param moments ascending
     */
    int ideal(long[] moments);

    /** So many in any span of that length. */
    record Window(int bound, long length) implements Model {

        @Override
        public String name() {
            return "most in any span";
        }

        @Override
        public int most(long[] from, long[] to) {
            return AnySpan.mostInside(from, to, length);
        }

        @Override
        public int ideal(long[] moments) {
            return AnySpan.ideal(moments, bound, length);
        }
    }

    /** So many at once, and in any span what the rate gives besides. */
    record Bucket(int bound, double perNano) implements Model {

        @Override
        public String name() {
            return "most beyond the rate";
        }

        @Override
        public int most(long[] from, long[] to) {
            return AnyRate.mostBeyond(from, to, perNano);
        }

        @Override
        public int ideal(long[] moments) {
            return AnyRate.ideal(moments, perNano, bound);
        }
    }
}
