package dev.gatehouse.node.backend.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A real name server on loopback, asked over UDP, and a clock that is moved by hand. */
class NamesTest {

    private static final Question USERS = new Question("users.internal", false);

    private final DnsServer server = new DnsServer();
    private final AtomicLong nanos = new AtomicLong(-42);
    private final Names names = new Names(server.asked(), nanos::get);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tellsAllAddressesAndThoseOfTheSixthVersionBehind() {
        server.says("users.internal", "60 IN A 192.0.2.2", "60 IN A 192.0.2.1", "60 IN AAAA 2001:db8::1");

        assertThat(first(USERS).places())
                .extracting(place -> place.address().getHostAddress(), Place::rank, Place::part)
                .containsExactly(
                        tuple("192.0.2.1", 0, 0.5), tuple("192.0.2.2", 0, 0.5), tuple("2001:db8:0:0:0:0:0:1", 1, 1.0));
    }

    @Test
    void tellsHostsAndPortsOfSrvRecordsByPriorityAndWeight() {
        server.says(
                "_http._tcp.users.internal",
                "60 IN SRV 20 0 9300 c.internal.",
                "60 IN SRV 10 3 9100 a.internal.",
                "60 IN SRV 10 1 9200 b.internal.",
                "60 IN SRV 10 1 9400 gone.internal.");
        server.says("a.internal", "60 IN A 192.0.2.1");
        server.says("b.internal", "60 IN A 192.0.2.2");
        server.says("c.internal", "60 IN A 192.0.2.3");

        assertThat(first(new Question("_http._tcp.users.internal", true)).places())
                .extracting(place -> place.address().getHostAddress(), Place::port, Place::rank, Place::part)
                .containsExactly(
                        tuple("192.0.2.1", 9100, 0, 0.6),
                        tuple("192.0.2.2", 9200, 0, 0.2),
                        tuple("192.0.2.3", 9300, 2, 1.0));
    }

    @Test
    void asksAgainWhenTheRecordsAreOldAndTakesWhatChanged() {
        server.says("users.internal", "5 IN A 192.0.2.1");
        first(USERS);
        int asked = server.questions();
        server.says("users.internal", "5 IN A 192.0.2.9");

        nanos.addAndGet(Duration.ofMillis(4_999).toNanos());
        assertThat(now()).containsExactly("192.0.2.1");
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        await().until(() -> now().equals(List.of("192.0.2.9")));
        assertThat(server.questions()).isEqualTo(asked + 2);
    }

    @Test
    void keepsToItsBoundsWhateverTheRecordsSay() {
        server.says("users.internal", "0 IN A 192.0.2.1");
        first(USERS);
        int asked = server.questions();
        for (int i = 0; i < 100; i++) {
            now();
        }
        assertThat(server.questions()).isEqualTo(asked);

        server.says("users.internal", "86400 IN A 192.0.2.2");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        await().until(() -> now().equals(List.of("192.0.2.2")));
        server.says("users.internal", "86400 IN A 192.0.2.3");
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        await().until(() -> now().equals(List.of("192.0.2.3")));
    }

    @Test
    void keepsTheLastGoodAnswerWhileTheServerFailsOrKnowsTheNameNoMore() {
        server.says("users.internal", "5 IN A 192.0.2.1");
        first(USERS);
        server.fails();
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        await().until(() -> !names.now(USERS).trouble().isEmpty());
        assertThat(now()).containsExactly("192.0.2.1");

        server.answersAgain();
        server.forgets("users.internal");
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        await().until(() -> names.now(USERS).trouble().equals("no address for users.internal"));
        assertThat(now()).containsExactly("192.0.2.1");

        server.says("users.internal", "5 IN A 192.0.2.2");
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        await().until(() -> now().equals(List.of("192.0.2.2")));
        assertThat(names.now(USERS).trouble()).isEmpty();
    }

    @Test
    void keepsTheAddressesOfThatHostAloneForWhichTheServerFails() {
        var srv = new Question("_http._tcp.users.internal", true);
        server.says("_http._tcp.users.internal", "5 IN SRV 0 0 9100 a.internal.", "5 IN SRV 0 0 9200 b.internal.");
        server.says("a.internal", "5 IN A 192.0.2.1");
        server.says("b.internal", "5 IN A 192.0.2.2");
        server.fails("b.internal. A");
        assertThat(addresses(first(srv))).containsExactly("192.0.2.1");
        assertThat(names.now(srv).trouble()).startsWith("the name server does not answer for b.internal.: ");

        server.answersAgain();
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        await().until(() -> addresses(names.now(srv)).equals(List.of("192.0.2.1", "192.0.2.2")));
        assertThat(names.now(srv).trouble()).isEmpty();

        server.fails("b.internal. A");
        server.says("a.internal", "5 IN A 192.0.2.9");
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        await().until(() -> addresses(names.now(srv)).equals(List.of("192.0.2.2", "192.0.2.9")));
        assertThat(names.now(srv).trouble()).isNotEmpty();

        server.answersAgain();
        server.forgets("b.internal");
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        await().until(() -> addresses(names.now(srv)).equals(List.of("192.0.2.9")));
        assertThat(names.now(srv).trouble()).isEmpty();
    }

    @Test
    void keepsAddressesOfThatVersionAloneForWhichTheServerFails() {
        server.says("users.internal", "5 IN A 192.0.2.1", "5 IN AAAA 2001:db8::1");
        first(USERS);
        server.fails("users.internal. AAAA");
        server.says("users.internal", "5 IN A 192.0.2.2");
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        await().until(() -> now().equals(List.of("192.0.2.2", "2001:db8:0:0:0:0:0:1")));

        server.fails("users.internal. A");
        server.fails("other.internal. A");
        server.says("other.internal", "5 IN AAAA 2001:db8::2");
        var other = first(new Question("other.internal", false));
        assertThat(other.places())
                .extracting(Place::rank)
                .as("behind those that may be")
                .containsExactly(1);
    }

    @Test
    void neverWaitsForAServerThatIsSilent() {
        server.says("users.internal", "1 IN A 192.0.2.1");
        first(USERS);
        server.isSilent();
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        int asked = server.questions();
        for (int i = 0; i < 1_000; i++) {
            assertThat(now()).containsExactly("192.0.2.1");
        }
        assertThat(server.questions()).as("one look-up at a time").isLessThanOrEqualTo(asked + 4);
    }

    @Test
    void saysWhatIsUnknown() {
        var answer = first(new Question("nowhere.internal", false));

        assertThat(answer.places()).isEmpty();
        assertThat(answer.trouble()).isEqualTo("no address for nowhere.internal");
    }

    @Test
    void forgetsWhatNobodyAsksFor() {
        server.says("users.internal", "60 IN A 192.0.2.1");
        first(USERS);
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        names.sweep();

        assertThat(names.now(USERS)).isEqualTo(Answer.NONE);
    }

    private Answer first(Question question) {
        names.first(question).join();
        return names.now(question);
    }

    private List<String> now() {
        return addresses(names.now(USERS));
    }

    private static List<String> addresses(Answer answer) {
        return answer.places().stream()
                .map(place -> place.address().getHostAddress())
                .toList();
    }
}
