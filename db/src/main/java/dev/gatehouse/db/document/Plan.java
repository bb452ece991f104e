package dev.gatehouse.db.document;

import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.Certificate;
import dev.gatehouse.db.model.Entity;
import dev.gatehouse.db.model.Issuer;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.Login;
import dev.gatehouse.db.model.SigningKey;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.model.Webhook;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.db.store.Change;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.Saving;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a document asks for, held against what there is.
 *
 * @param before what there is
 * @param after what there would be
 * @param keys what would become of keys
 * @param problems what forbids saving a thing by itself, else the rules between things that would newly be broken
 */
record Plan(Document document, Snapshot before, Snapshot after, KeyPlan keys, List<Problem> problems) {

    static Plan of(Document document, boolean prune, Snapshot before, List<ApiKey> inForce, Saving saving) {
        var unsaved = new ArrayList<Problem>();
        var saver = new Saver(before, saving, unsaved);
        return of(
                new Document(
                        document.services(),
                        document.routes(),
                        document.consumers(),
                        saver.saved(Kind.CERTIFICATE, document.certificates(), Certificate.class),
                        document.apis(),
                        document.clientTypes(),
                        document.plans(),
                        saver.saved(Kind.ISSUER, document.issuers(), Issuer.class),
                        saver.saved(Kind.LOGIN, document.logins(), Login.class),
                        saver.saved(Kind.SIGNING_KEY, document.signingKeys(), SigningKey.class),
                        saver.saved(Kind.WEBHOOK, document.webhooks(), Webhook.class)),
                prune,
                before,
                inForce,
                unsaved,
                saving);
    }

    /** What is done to things before they are stored. */
    private record Saver(Snapshot before, Saving saving, List<Problem> unsaved) {

        <T extends Record & Entity> Map<String, T> saved(Kind kind, Map<String, T> things, Class<T> type) {
            var saved = new TreeMap<String, T>();
            things.forEach((name, thing) -> {
                var outcome = saving.of(name, thing, before.find(kind, name));
                unsaved.addAll(outcome.problems());
                saved.put(name, type.cast(outcome.entity()));
            });
            return saved;
        }
    }

    private static Plan of(
            Document document,
            boolean prune,
            Snapshot before,
            List<ApiKey> inForce,
            List<Problem> unsaved,
            Saving saving) {
        var consumers = new TreeMap<>(before.consumers());
        document.consumers().forEach((name, holder) -> consumers.put(name, holder.consumer()));
        if (prune) {
            consumers.keySet().retainAll(document.consumers().keySet());
        }
        var after = new Snapshot(
                merged(before.services(), document.services(), prune),
                merged(before.routes(), document.routes(), prune),
                consumers,
                merged(before.certificates(), document.certificates(), prune),
                merged(before.apis(), document.apis(), prune),
                merged(before.clientTypes(), document.clientTypes(), prune),
                merged(before.plans(), document.plans(), prune),
                merged(before.issuers(), document.issuers(), prune),
                merged(before.logins(), document.logins(), prune),
                merged(before.signingKeys(), document.signingKeys(), prune),
                merged(before.webhooks(), document.webhooks(), prune));
        var gone = new HashSet<>(before.routes().keySet());
        gone.removeAll(after.routes().keySet());
        var keys = KeyPlan.of(document, prune, inForce, after, gone);
        var problems = new ArrayList<>(unsaved);
        if (problems.isEmpty()) {
            problems.addAll(keys.problems());
            problems.addAll(saving.introduced(before, after));
        }
        return new Plan(document, before, after, keys, problems);
    }

    private static <T> Map<String, T> merged(Map<String, T> current, Map<String, T> written, boolean prune) {
        var merged = new TreeMap<>(prune ? Map.<String, T>of() : current);
        merged.putAll(written);
        return merged;
    }

    /** Without those of the keys to be issued. What names others goes before what it names. */
    List<Edit> edits() {
        var edits = new ArrayList<Edit>();
        document.services().forEach((name, service) -> edits.add(new Edit.Put(name, service, Edit.ANY)));
        document.certificates().forEach((name, certificate) -> edits.add(new Edit.Put(name, certificate, Edit.ANY)));
        document.apis().forEach((name, api) -> edits.add(new Edit.Put(name, api, Edit.ANY)));
        document.clientTypes().forEach((name, type) -> edits.add(new Edit.Put(name, type, Edit.ANY)));
        document.issuers().forEach((name, issuer) -> edits.add(new Edit.Put(name, issuer, Edit.ANY)));
        document.webhooks().forEach((name, webhook) -> edits.add(new Edit.Put(name, webhook, Edit.ANY)));
        document.signingKeys().forEach((name, key) -> edits.add(new Edit.Put(name, key, Edit.ANY)));
        document.routes().forEach((name, route) -> edits.add(new Edit.Put(name, route, Edit.ANY)));
        document.plans().forEach((name, plan) -> edits.add(new Edit.Put(name, plan, Edit.ANY)));
        document.consumers().forEach((name, holder) -> edits.add(new Edit.Put(name, holder.consumer(), Edit.ANY)));
        document.logins().forEach((name, login) -> edits.add(new Edit.Put(name, login, Edit.ANY)));
        edits.addAll(keys.edits());
        for (var kind : List.of(
                Kind.ROUTE,
                Kind.SERVICE,
                Kind.CERTIFICATE,
                Kind.API,
                Kind.CLIENT_TYPE,
                Kind.ISSUER,
                Kind.SIGNING_KEY,
                Kind.WEBHOOK,
                Kind.LOGIN,
                Kind.CONSUMER,
                Kind.PLAN)) {
            gone(kind).forEach(name -> edits.add(new Edit.Delete(kind, name, Edit.ANY)));
        }
        return edits;
    }

    /** In the order in which a publication tells them. */
    List<Change> changes() {
        var changes = new ArrayList<Change>();
        for (var kind : Kind.values()) {
            gone(kind).forEach(name -> changes.add(change(kind, name)));
            after.all(kind).forEach((name, entity) -> {
                if (!entity.equals(before.all(kind).get(name))) {
                    changes.add(change(kind, name));
                }
            });
        }
        changes.addAll(keys.changes());
        return changes;
    }

    private List<String> gone(Kind kind) {
        return before.all(kind).keySet().stream()
                .filter(name -> !after.all(kind).containsKey(name))
                .toList();
    }

    private Change change(Kind kind, String name) {
        var old = plain(before.all(kind).get(name));
        var planned = plain(after.all(kind).get(name));
        var action =
                old.isEmpty() ? Change.Action.CREATE : planned.isEmpty() ? Change.Action.DELETE : Change.Action.UPDATE;
        return new Change(kind.toString(), name, action, old, planned);
    }

    private static Optional<Map<String, Object>> plain(@Nullable Entity entity) {
        return Optional.ofNullable(entity).map(thing -> Settings.write((Record) thing));
    }
}
