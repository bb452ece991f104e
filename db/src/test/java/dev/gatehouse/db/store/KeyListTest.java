package dev.gatehouse.db.store;

import static dev.gatehouse.db.Samples.consumer;
import static dev.gatehouse.db.store.KeySamples.FIRST;
import static dev.gatehouse.db.store.KeySamples.PEPPER;
import static dev.gatehouse.db.store.KeySamples.SECOND;
import static dev.gatehouse.db.store.KeySamples.add;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.KeyState;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.model.KeyUse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Keys as people look for them. */
class KeyListTest {

    @RegisterExtension
    private static final FreshDatabase DB = new FreshDatabase();

    private final KeyStore keys = DB.keys();

    @BeforeEach
    void publishTwoConsumers() {
        DB.publish(new Edit.Put("web-shop", consumer(""), 0), new Edit.Put("app", consumer(""), 0));
    }

    private ApiKey key(KeyText text) {
        return keys.find(text.id()).orElseThrow();
    }

    @Test
    void findsAKeyByItsBeginningItsNameItsConsumerOrTheWholeOfIt() {
        DB.publish(add(FIRST, "production"), KeyStore.edit(SECOND, PEPPER, "app", "laptop", Optional.empty()));
        for (var text : List.of(
                FIRST.id().substring(0, 4),
                "prod",
                "web-s",
                FIRST.text(),
                FIRST.text().substring(0, 14))) {
            assertThat(keys.list(KeyQuery.ALL.text(text), 0, 10))
                    .as(text)
                    .extracting(ApiKey::id)
                    .containsExactly(FIRST.id());
        }
        assertThat(keys.list(KeyQuery.ALL.text("p%"), 0, 10)).isEmpty();
        assertThat(keys.list(KeyQuery.ALL.of("app"), 0, 10))
                .extracting(ApiKey::id)
                .containsExactly(SECOND.id());
    }

    @Test
    void readsPagesTheNewestFirst() {
        var texts = IntStream.range(0, 25).mapToObj(_ -> KeyText.create("live")).toList();
        texts.forEach(text -> DB.publish(add(text, "n-" + texts.indexOf(text))));

        assertThat(keys.list(KeyQuery.ALL, 0, 10))
                .extracting(ApiKey::name)
                .startsWith("n-24", "n-23")
                .hasSize(10);
        assertThat(keys.list(KeyQuery.ALL, 20, 10))
                .extracting(ApiKey::name)
                .endsWith("n-1", "n-0")
                .hasSize(5);
        assertThat(keys.count(KeyQuery.ALL, 100)).isEqualTo(25);
        assertThat(keys.count(KeyQuery.ALL, 7)).isEqualTo(7);
        assertThat(keys.held(List.of("web-shop", "app"))).isEqualTo(Map.of("web-shop", 25));
    }

    @Test
    void tellsStatesAndConcernsApart() {
        var ended = KeyText.create("live");
        var early = KeyText.create("live");
        var unused = KeyText.create("live");
        DB.publish(
                add(FIRST, "in-force"),
                KeyStore.edit(ended, PEPPER, "web-shop", "ended", Optional.of(Instant.EPOCH)),
                KeyStore.edit(
                        SECOND,
                        PEPPER,
                        "web-shop",
                        "ending",
                        Optional.of(Instant.now().plusSeconds(3_600))),
                new Edit.AddKey(
                        early.id(),
                        "web-shop",
                        "early",
                        PEPPER.hash(early),
                        KeyTerms.OPEN,
                        Optional.of(Instant.now().plusSeconds(3_600)),
                        Optional.empty(),
                        false),
                add(unused, "unused"));
        DB.execute("update api_key set created_at = now() - interval '31 days'");
        new KeyUses(DB.database())
                .write(
                        "node-1",
                        List.of(
                                new KeyUses.Use(FIRST.id(), Instant.now(), "192.0.2.7"),
                                new KeyUses.Use(SECOND.id(), Instant.now(), "192.0.2.7"),
                                new KeyUses.Use("nobody's", Instant.now(), "192.0.2.7")));

        assertThat(names(KeyQuery.ALL.in(KeyState.IN_FORCE))).containsExactlyInAnyOrder("in-force", "ending", "unused");
        assertThat(names(KeyQuery.ALL.in(KeyState.EARLY))).containsExactly("early");
        assertThat(names(KeyQuery.ALL.in(KeyState.EXPIRED))).containsExactly("ended");
        assertThat(names(KeyQuery.ALL.because(KeyQuery.Concern.UNUSED))).containsExactly("unused");
        assertThat(names(KeyQuery.ALL.because(KeyQuery.Concern.EXPIRING))).containsExactly("ending");
        assertThat(names(KeyQuery.ALL.among(List.of(FIRST.id())))).containsExactly("in-force");
        assertThat(names(KeyQuery.ALL.peppered(3))).hasSize(5);
        assertThat(keys.byPepper()).isEqualTo(Map.of(3, 4L));
        for (var key : keys.list(KeyQuery.ALL, 0, 10)) {
            assertThat(names(KeyQuery.ALL.in(key.state(Instant.now())))).contains(key.name());
        }
    }

    private List<String> names(KeyQuery query) {
        return keys.list(query, 0, 100).stream().map(ApiKey::name).toList();
    }

    @Test
    void writesTheLastUseOfAKeyOnlyOnceInAnHour() {
        DB.publish(add(FIRST, "demo"));
        var uses = new KeyUses(DB.database());
        var at = Instant.parse("2030-01-01T00:00:00Z");
        uses.write("node-1", List.of(new KeyUses.Use(FIRST.id(), at, "192.0.2.7")));
        uses.write("node-2", List.of(new KeyUses.Use(FIRST.id(), at.plusSeconds(600), "192.0.2.8")));
        assertThat(key(FIRST).lastUse()).contains(new KeyUse(at, "192.0.2.7", "node-1"));

        uses.write("node-2", List.of(new KeyUses.Use(FIRST.id(), at.plusSeconds(3_600), "192.0.2.8")));
        assertThat(key(FIRST).lastUse()).contains(new KeyUse(at.plusSeconds(3_600), "192.0.2.8", "node-2"));
        assertThat(keys.since(0).version())
                .as("a use is no revision")
                .isEqualTo(DB.reader().version());
    }
}
