package dev.gatehouse.console.consumer;

import dev.gatehouse.console.entity.Thing;
import dev.gatehouse.console.live.Figures;
import dev.gatehouse.db.live.KeyCalls.ConsumerUsage;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.store.ConfigurationReader.Loaded;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One consumer.
 *
 * @param usage how it calls just now; empty while Redis does not answer
 */
record ConsumerRow(String name, Consumer entity, long revision, Optional<ConsumerUsage> usage) implements Thing {

    static List<ConsumerRow> of(Loaded loaded, Optional<Map<String, ConsumerUsage>> usages) {
        return loaded.snapshot().consumers().entrySet().stream()
                .map(consumer -> new ConsumerRow(
                        consumer.getKey(),
                        consumer.getValue(),
                        loaded.revisionOf(Kind.CONSUMER, consumer.getKey()),
                        usages.map(known -> known.getOrDefault(consumer.getKey(), new ConsumerUsage(0, 0)))))
                .toList();
    }

    String groups() {
        return String.join(", ", entity.groups());
    }

    String tags() {
        return String.join(", ", entity.tags());
    }

    String today() {
        return usage.map(known -> Figures.count(known.today())).orElse(Figures.NONE);
    }

    String lastMinute() {
        return usage.map(known -> Figures.count(known.lastMinute())).orElse(Figures.NONE);
    }

    String searched() {
        return String.join(" ", name, entity.description(), entity.owner(), groups(), tags());
    }
}
