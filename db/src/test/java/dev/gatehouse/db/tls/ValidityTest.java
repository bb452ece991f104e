package dev.gatehouse.db.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.tls.Validity.Phase;
import dev.gatehouse.deploy.servers.Issued;
import dev.gatehouse.deploy.servers.Issued.Wish;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ValidityTest {

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-12-31T00:00:00Z");
    private final Validity validity = new Validity(FROM, UNTIL);

    @Test
    void knowsWhereInItsLifeACertificateIs() {
        assertThat(validity.at(FROM.minusMillis(1))).isEqualTo(Phase.EARLY);
        assertThat(validity.at(FROM)).isEqualTo(Phase.VALID);
        assertThat(validity.at(UNTIL.minus(Duration.ofDays(30)).minusMillis(1))).isEqualTo(Phase.VALID);
        assertThat(validity.at(UNTIL.minus(Duration.ofDays(30)))).isEqualTo(Phase.ENDING);
        assertThat(validity.at(UNTIL)).isEqualTo(Phase.OVER);
    }

    @Test
    void saysSo() {
        assertThat(validity.warning(FROM)).isEmpty();
        assertThat(validity.warning(FROM.minusMillis(1))).contains("is not valid before 2026-01-01");
        assertThat(validity.warning(Instant.parse("2026-12-29T12:00:00Z"))).contains("expires on 2026-12-31, in 1 day");
        assertThat(validity.warning(Instant.parse("2026-12-19T00:00:00Z")))
                .contains("expires on 2026-12-31, in 12 days");
        assertThat(validity.warning(UNTIL)).contains("expired on 2026-12-31");
    }

    @Test
    void isThatOfTheWholeChain() {
        var root = Issued.self(Wish.of("Root").between(FROM, UNTIL).asAuthority());
        var leaf = root.issue(Wish.of("a.example.com").between(FROM.plusSeconds(9), UNTIL.plusSeconds(9)));
        assertThat(new CertificateChain(leaf.path()).validity()).isEqualTo(new Validity(FROM.plusSeconds(9), UNTIL));
    }
}
