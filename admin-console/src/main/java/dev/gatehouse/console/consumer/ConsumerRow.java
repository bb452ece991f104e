package dev.gatehouse.console.consumer;

import dev.gatehouse.console.entity.Impact;
import dev.gatehouse.console.entity.Thing;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.store.ConfigurationReader.Loaded;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One consumer.
 *
 * @param keys those that are not revoked, newest first
 */
record ConsumerRow(String name, Consumer entity, long revision, List<ApiKey> keys) implements Thing {

    static List<ConsumerRow> of(Loaded loaded, List<ApiKey> keys) {
        var held =
                keys.stream().filter(key -> key.revokedAt().isEmpty()).collect(Collectors.groupingBy(ApiKey::consumer));
        return loaded.snapshot().consumers().entrySet().stream()
                .map(consumer -> new ConsumerRow(
                        consumer.getKey(),
                        consumer.getValue(),
                        loaded.revisionOf(Kind.CONSUMER, consumer.getKey()),
                        held.getOrDefault(consumer.getKey(), List.of())))
                .toList();
    }

    String held() {
        return switch (keys.size()) {
            case 0 -> "no key";
            case 1 -> "1 key";
            default -> keys.size() + " keys";
        };
    }

    Impact impact() {
        return keys.isEmpty()
                ? new Impact(List.of("It holds no key, so no request is affected."), List.of(), false)
                : new Impact(
                        List.of(
                                "Its " + held() + " ("
                                        + keys.stream().map(ApiKey::name).collect(Collectors.joining(", "))
                                        + ") will be revoked: every node refuses them within about 2 seconds.",
                                "A revoked key cannot be brought back."),
                        List.of(),
                        true);
    }
}
