package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Service;
import dev.gatehouse.node.exchange.Exchanges;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A connection that one thread gives up while another makes a tunnel of it. */
class UpstreamLeaseTest {

    @Test
    void givesItsTurnBackOnceAndTakesNoTunnelWhenItWasGivenUp() throws UpstreamFailure {
        try (var upstream = ScriptedUpstream.answering(OK);
                var pools = new UpstreamPools(Proxied.ONE);
                var targets = new Targets(pools, Targets.Watches.NONE, name -> name)) {
            var service = Resilient.read(Service.class, "{ targets: [ \"" + upstream.url() + "\" ] }");
            var balance = targets.balance("users", service, UpstreamTerms.plain(Proxied.PATIENT));
            for (int i = 0; i < 2; i++) {
                var pick = balance.pick(Exchanges.get("/"), null);
                assertThat(pick).isNotNull();
                var pool = ((Reach.Http1) pick.reach()).pool();
                var lease = new UpstreamLease(pool, pool.take(false, Duration.ofSeconds(5)), pick);
                lease.discard();

                assertThat(lease.toTunnel()).isFalse();
                assertThat(pool.free()).isOne();
                assertThat(pick.endpoint().running()).isZero();
            }
            var pick = balance.pick(Exchanges.get("/"), null);
            assertThat(pick).isNotNull();
            var pool = ((Reach.Http1) pick.reach()).pool();
            var lease = new UpstreamLease(pool, pool.take(false, Duration.ofSeconds(5)), pick);
            assertThat(lease.toTunnel()).as("the only one there may be").isTrue();
            lease.discard();
            assertThat(pool.free()).isOne();
        }
    }
}
