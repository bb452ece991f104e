package dev.gatehouse.console.live;

import dev.gatehouse.db.live.LimitSightings;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/** Reads from Redis whom limits refused in the last minute. */
public final class LimitsQuestion implements Function<Optional<Limits>, Limits> {

    private static final int MINUTE = 60;
    private static final int MOST = 20;

    private final LimitSightings live;
    private final Clock clock;

    public LimitsQuestion(LimitSightings live, Clock clock) {
        this.live = live;
        this.clock = clock;
    }

    @Override
    public Limits apply(Optional<Limits> previous) {
        long now = clock.instant().getEpochSecond();
        return new Limits(
                live.refused(now - MINUTE, now, MOST), live.wouldRefuse(now - MINUTE, now, MOST), live.limiters(now));
    }
}
