package dev.gatehouse.db.routing;

/**
 * The request's draw is below that share: so many percent of all requests, each by chance.
 *
 * @param percent 0 to 100
 */
public record ShareBelow(int percent) implements Condition {

    @Override
    public boolean holds(RequestFacts facts) {
        return facts.draw() * 100 < percent;
    }

    @Override
    public String toString() {
        return percent + " % of the requests";
    }
}
