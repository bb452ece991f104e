package dev.gatehouse.node.backend.balance;

import dev.gatehouse.node.exchange.Exchange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Candidates of one priority that can be used, and how one of them is chosen. Immutable but for what chooses. */
abstract class Group<R> {

    /** Where one is chosen by chance, the next chance may be better than the next neighbour. */
    private static final int DRAWS = 3;

    private final List<Candidate<R>> candidates;

    /** @param candidates at least one */
    Group(List<Candidate<R>> candidates) {
        this.candidates = List.copyOf(candidates);
    }

    /** The position of one, by the rule of this group alone. */
    abstract int draw(Exchange exchange);

    /** One that was not tried yet and that nobody objects to; null when there is none. */
    @Nullable
    Candidate<R> take(Exchange exchange, @Nullable Pick<R> previous) {
        int drawn = 0;
        for (int i = 0; i < DRAWS; i++) {
            drawn = draw(exchange);
            var candidate = candidates.get(drawn);
            if (candidate.takes(previous)) {
                return candidate;
            }
        }
        for (int i = 1; i <= candidates.size(); i++) {
            var candidate = candidates.get((drawn + i) % candidates.size());
            if (candidate.takes(previous)) {
                return candidate;
            }
        }
        return null;
    }

    final Candidate<R> get(int position) {
        return candidates.get(position);
    }

    final int size() {
        return candidates.size();
    }
}
