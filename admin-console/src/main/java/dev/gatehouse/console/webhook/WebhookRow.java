package dev.gatehouse.console.webhook;

import dev.gatehouse.console.entity.Impact;
import dev.gatehouse.console.entity.Thing;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.Webhook;
import dev.gatehouse.db.store.ConfigurationReader.Loaded;
import java.util.List;

/** One webhook. */
record WebhookRow(String name, Webhook entity, long revision) implements Thing {

    static List<WebhookRow> of(Loaded loaded) {
        return loaded.snapshot().webhooks().entrySet().stream()
                .map(webhook -> new WebhookRow(
                        webhook.getKey(), webhook.getValue(), loaded.revisionOf(Kind.WEBHOOK, webhook.getKey())))
                .toList();
    }

    String quotas() {
        return entity.quotas().isEmpty() ? "all quotas" : String.join(", ", entity.quotas());
    }

    String searched() {
        return String.join(" ", name, entity.url(), quotas());
    }

    Impact impact() {
        return Impact.only("Alerts that it has not taken yet are not sent to it any more.");
    }
}
