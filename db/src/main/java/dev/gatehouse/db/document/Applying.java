package dev.gatehouse.db.document;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.store.Author;
import dev.gatehouse.db.store.ConfigurationReader;
import dev.gatehouse.db.store.ConfigurationStore;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.KeyStore;
import dev.gatehouse.db.store.Publication;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Applies a document in one transaction as one revision, and gives the configuration back as a document. */
public final class Applying {

    private final ConfigurationStore store;
    private final ConfigurationReader reader;
    private final KeyStore keys;

    public Applying(ConfigurationStore store, KeyStore keys) {
        this.store = store;
        this.reader = store.reader();
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
        var plan = Plan.of(document, prune, reader.load().snapshot(), held(document, prune), store.saving());
        if (!plan.problems().isEmpty()) {
            return new Applied(new Publication.Refused(plan.problems()), Map.of());
        }
        var edits = plan.edits();
        var issued = new LinkedHashMap<String, KeyText>();
        for (var key : plan.keys().issued()) {
            var text = KeyText.create(key.as().terms().environment());
            issued.put(key.path(), text);
            edits.add(new Edit.AddKey(
                    text.id(),
                    key.consumer(),
                    key.as().name(),
                    pepper.get().hash(text),
                    key.as().terms(),
                    key.as().begin(),
                    key.as().end(),
                    false));
        }
        var publication = store.publish(edits, author);
        return new Applied(publication, publication instanceof Publication.Published ? issued : Map.of());
    }

    /** What {@link #apply} would do now, the revision it would get included; writes nothing. */
    public Publication preview(Document document, boolean prune) {
        var loaded = reader.load();
        var plan = Plan.of(document, prune, loaded.snapshot(), held(document, prune), store.saving());
        long revision = loaded.version().revision();
        if (!plan.problems().isEmpty()) {
            return new Publication.Refused(plan.problems());
        }
        return plan.changes().isEmpty()
                ? new Publication.Unchanged(revision)
                : new Publication.Published(revision + 1, plan.changes());
    }

    /** Applying the export changes nothing. */
    public Document export() {
        var snapshot = reader.load().snapshot();
        var held = keys.unrevoked().stream()
                .filter(key -> key.replacedBy().isEmpty())
                .collect(
                        Collectors.groupingBy(ApiKey::consumer, Collectors.mapping(NamedKey::of, Collectors.toList())));
        return Document.of(snapshot, held);
    }

    private List<ApiKey> held(Document document, boolean prune) {
        return prune ? keys.unrevoked() : keys.unrevoked(document.consumers().keySet());
    }
}
