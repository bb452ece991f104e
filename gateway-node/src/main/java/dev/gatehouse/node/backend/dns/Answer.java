package dev.gatehouse.node.backend.dns;

import java.util.Comparator;
import java.util.List;

/**
 * What is known of a name.
 *
 * @param places in a fixed order; the last good ones where the name server says nothing good any more
 * @param trouble why they may be old, or are none; empty when all is well
 */
public record Answer(List<Place> places, String trouble) {

    /** Before the first answer. */
    static final Answer NONE = new Answer(List.of(), "not looked up yet");

    public Answer {
        // name servers give them in turn; who compares two answers wants the same order
        places = places.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Place::rank)
                        .thenComparing(place -> place.address().getHostAddress())
                        .thenComparingInt(Place::port))
                .toList();
    }
}
