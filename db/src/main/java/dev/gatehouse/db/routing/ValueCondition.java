package dev.gatehouse.db.routing;

/** Asks for something of one named value. */
sealed interface ValueCondition extends Condition permits ValueIs, ValueMatches, ValuePresent, ValueAbsent {

    Source source();

    /** In its canonical case. */
    String name();

    default boolean sameValue(Condition other) {
        return other instanceof ValueCondition value
                && value.source() == source()
                && value.name().equals(name());
    }

    @Override
    default Weight weight() {
        return switch (source()) {
            case HEADER -> Weight.HEADER;
            case QUERY -> Weight.QUERY;
            case COOKIE -> Weight.OTHER;
        };
    }
}
