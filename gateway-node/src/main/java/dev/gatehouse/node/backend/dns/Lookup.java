package dev.gatehouse.node.backend.dns;

import java.net.Inet6Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks once, and never on the asking thread. */
public interface Lookup {

    /**
     * What was answered.
     *
     * @param places at least one
     * @param ttl for how long it holds
     * @param missing what nothing was said of
     */
    record Found(List<Place> places, Duration ttl, List<Missing> missing) {

        /** With what was known before of that of which nothing was said. */
        Answer after(Answer before) {
            if (missing.isEmpty()) {
                return new Answer(places, "");
            }
            var all = new ArrayList<>(places);
            before.places().stream()
                    .filter(place -> missing.stream().anyMatch(each -> each.has(place)))
                    .forEach(all::add);
            return new Answer(all, missing.getFirst().trouble());
        }
    }

    /**
     * Addresses of a host that the name server failed to tell, though there may be some.
     *
     * @param six those of IPv6
     */
    record Missing(String host, boolean six, String trouble) {

        boolean has(Place place) {
            return place.host().equals(host) && place.address() instanceof Inet6Address == six;
        }
    }

    /** Fails with a message for people where there is no answer, or an answer without a place. */
    CompletableFuture<Found> ask(Question question);
}
