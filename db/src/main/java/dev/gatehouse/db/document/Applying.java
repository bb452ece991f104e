package dev.gatehouse.db.document;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.store.Author;
import dev.gatehouse.db.store.ConfigurationReader;
import dev.gatehouse.db.store.ConfigurationStore;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.KeyStore;
import dev.gatehouse.db.store.Publication;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Applies a document in one transaction as one revision, and gives the configuration back as a document. */
public final class Applying {

    private final ConfigurationStore store;
    private final ConfigurationReader reader;
    private final KeyStore keys;

    public Applying(ConfigurationStore store, ConfigurationReader reader, KeyStore keys) {
        this.store = store;
        this.reader = reader;
        this.keys = keys;
    }

    /**
     * What came of applying.
     *
     * @param issued the texts of new keys under {@code consumer/name}: to be shown once; empty unless published
     */
    public record Applied(Publication publication, Map<String, KeyText> issued) {}

    /**
     * Creates and updates all that the document names. A consumer's keys that do not exist yet are issued.
     *
     * @param prune also delete what the document does not name, and revoke keys it does not name
     * @param pepper asked for only when a key is to be issued
     */
    public Applied apply(Document document, boolean prune, Author author, Supplier<Pepper> pepper) {
        var edits = new ArrayList<Edit>();
        document.services().forEach((name, service) -> edits.add(new Edit.Put(name, service, Edit.ANY)));
        document.routes().forEach((name, route) -> edits.add(new Edit.Put(name, route, Edit.ANY)));
        document.consumers().forEach((name, holder) -> edits.add(new Edit.Put(name, holder.consumer(), Edit.ANY)));
        var inForce = keysInForce();
        if (prune) {
            edits.addAll(prunes(document, inForce));
        }
        var issued = new LinkedHashMap<String, KeyText>();
        document.consumers()
                .forEach((consumer, holder) -> holder.keys().stream()
                        .filter(name -> inForce.stream().noneMatch(key -> is(key, consumer, name)))
                        .forEach(name -> {
                            var key = KeyText.create("live");
                            issued.put(consumer + "/" + name, key);
                            edits.add(KeyStore.edit(key, pepper.get(), consumer, name, Optional.empty()));
                        }));
        var publication = store.publish(edits, author);
        return new Applied(publication, publication instanceof Publication.Published ? issued : Map.of());
    }

    private static boolean is(ApiKey key, String consumer, String name) {
        return key.consumer().equals(consumer) && key.name().equals(name);
    }

    /** Routes before the services they use. */
    private List<Edit> prunes(Document document, List<ApiKey> inForce) {
        var edits = new ArrayList<Edit>();
        var current = reader.load().snapshot();
        var named = Map.of(
                Kind.ROUTE, document.routes().keySet(),
                Kind.SERVICE, document.services().keySet(),
                Kind.CONSUMER, document.consumers().keySet());
        for (var kind : List.of(Kind.ROUTE, Kind.SERVICE, Kind.CONSUMER)) {
            current.all(kind).keySet().stream()
                    .filter(name -> !named.getOrDefault(kind, Set.of()).contains(name))
                    .forEach(name -> edits.add(new Edit.Delete(kind, name, Edit.ANY)));
        }
        inForce.stream()
                .filter(key -> {
                    var holder = document.consumers().get(key.consumer());
                    return holder != null && !holder.keys().contains(key.name());
                })
                .forEach(key -> edits.add(new Edit.RevokeKey(key.id())));
        return edits;
    }

    /** Applying the export changes nothing. */
    public Document export() {
        var snapshot = reader.load().snapshot();
        var names = keysInForce().stream()
                .sorted(java.util.Comparator.comparing(ApiKey::name))
                .collect(
                        Collectors.groupingBy(ApiKey::consumer, Collectors.mapping(ApiKey::name, Collectors.toList())));
        var holders = new LinkedHashMap<String, Document.Holder>();
        snapshot.consumers()
                .forEach((name, consumer) ->
                        holders.put(name, new Document.Holder(consumer, names.getOrDefault(name, List.of()))));
        return new Document(snapshot.services(), snapshot.routes(), holders);
    }

    private List<ApiKey> keysInForce() {
        return keys.all().stream().filter(key -> key.revokedAt().isEmpty()).toList();
    }
}
