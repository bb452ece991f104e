package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Target;
import dev.gatehouse.node.backend.dns.Answer;
import dev.gatehouse.node.backend.dns.Names;
import dev.gatehouse.node.backend.dns.Place;
import dev.gatehouse.node.backend.dns.Question;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A target, and what has to be asked to learn where it is.
 *
 * @param question null where its URL says it all
 */
record Located(
        Target target, ServiceTarget reached, @Nullable Question question) {

    /** More than the ranks that a name can have: its targets' priorities come first. */
    private static final int RANKS = 1_000;

    /** @throws IllegalArgumentException when it is not an address */
    static Located of(Target target) {
        var reached = ServiceTarget.of(target.origin());
        var host = reached.origin().host();
        var question = !target.srv().isEmpty()
                ? new Question(target.srv(), true)
                : literal(host) ? null : new Question(host, false);
        return new Located(target, reached, question);
    }

    /** Null where nothing has to be asked. */
    @Nullable
    Answer now(Names names) {
        return question == null ? null : names.now(question);
    }

    /** One of its addresses, or it itself. */
    record Spot(@Nullable InetSocketAddress address, Origin origin, double weight, int priority) {}

    List<Spot> spots(@Nullable Answer answer) {
        int priority = (int) target.priority() * RANKS;
        return answer == null
                ? List.of(new Spot(null, reached.origin(), target.weight(), priority))
                : answer.places().stream().map(place -> spot(place, priority)).toList();
    }

    private Spot spot(Place place, int priority) {
        var origin = reached.origin().at(place.port());
        return new Spot(
                new InetSocketAddress(place.address(), origin.port()),
                origin,
                target.weight() * place.part(),
                priority + Math.min(place.rank(), RANKS - 1));
    }

    private static boolean literal(String host) {
        try {
            return InetAddress.ofLiteral(host) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
