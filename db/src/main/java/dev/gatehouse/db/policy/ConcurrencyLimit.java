package dev.gatehouse.db.policy;

import dev.gatehouse.db.policy.RateLimit.Per;
import dev.gatehouse.db.policy.RateLimit.WithoutRedis;
import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.util.List;

/** At most so many requests at once, over all nodes. */
@Named(
        value = "concurrency-limit",
        label = "Concurrency limit",
        help = "Admits at most so many requests at the same time, over all nodes together.")
public record ConcurrencyLimit(
        @Setting(
                label = "At once",
                help = "How many requests may be on their way at the same time, until their answers are sent.",
                min = "1",
                max = "1000000",
                unit = "requests")
        long requests,

        @Setting(
                label = "Counted per",
                help = "Whose requests are counted together, as for rate limits.",
                fallback = "consumer")
        Per per,

        @Setting(
                label = "Of that name",
                help = "Which header, claim or path parameter it is counted per.",
                optional = true,
                format = Format.FIELD_NAME)
        String perName,

        @Setting(
                label = "Without Redis",
                help =
                        "While Redis cannot be reached: each node admits its share (local), all are admitted (allow), none is (deny).",
                fallback = "local")
        WithoutRedis withoutRedis,

        @Setting(
                label = "Only observe",
                help = "Refuses nothing; counts what it would have refused, for the console's Limits page.",
                fallback = "false")
        boolean observe,

        @Setting(label = "What callers are told", help = "In answers and refusals.")
        Told told,

        @Setting(
                label = "Limit name",
                help =
                        "Limits of one name share their count, also across routes. Empty: the route's own name. A limit of a plan must have one.",
                optional = true,
                format = Format.NAME)
        String name)
        implements Policy, Counted, Checked {

    @Override
    public Stage stage() {
        return Stage.LIMIT;
    }

    @Override
    public boolean asksForClientType() {
        return per == Per.CLIENT_TYPE;
    }

    @Override
    public List<Problem> problems() {
        return RateLimit.named(per, perName);
    }

    /** The same with another number. */
    public ConcurrencyLimit with(long otherRequests) {
        return new ConcurrencyLimit(otherRequests, per, perName, withoutRedis, observe, told, name);
    }
}
