package dev.gatehouse.db.document;

import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.store.Change;
import dev.gatehouse.db.store.Edit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a document asks for of keys, held against those that are not revoked.
 *
 * @param issued keys that the document names and nobody has
 * @param changed keys that the document says something else of, as they are to be
 * @param becoming all keys that would be for something else, also because a route goes, as they are and as they would be
 * @param revoked keys that go
 * @param problems what the store would refuse, told where it is written
 */
record KeyPlan(
        List<Named> issued,
        List<ApiKey> changed,
        Map<ApiKey, ApiKey> becoming,
        List<ApiKey> revoked,
        List<Problem> problems) {

    /**
     * A key that the document names.
     *
     * @param at where it does so
     */
    record Named(String consumer, NamedKey as, String at) {

        String path() {
            return consumer + "/" + as.name();
        }
    }

    /**
     * @param prune also revoke what the document does not name
     * @param gone routes that go
     */
    static KeyPlan of(Document document, boolean prune, List<ApiKey> unrevoked, Snapshot after, Set<String> gone) {
        var named = named(document);
        var problems = new ArrayList<Problem>();
        named.values().forEach(key -> problems.addAll(unknownRoutes(key, after)));
        var missing = new LinkedHashMap<>(named);
        var becoming = new LinkedHashMap<ApiKey, ApiKey>();
        var revoked = new ArrayList<ApiKey>();
        for (var key : unrevoked) {
            var name = key.consumer() + "/" + key.name();
            missing.remove(name);
            var wanted = named.get(name);
            if (wanted == null) {
                if (prune) {
                    revoked.add(key);
                }
            } else if (key.replacedBy().isEmpty() && !wanted.as.over(key).equals(key)) {
                becoming.put(key, wanted.as.over(key));
                key.otherEnvironment(wanted.as.terms())
                        .ifPresent(message -> problems.add(new Problem(wanted.at + ".environment", message)));
            }
        }
        var changed = List.copyOf(becoming.values());
        if (!gone.isEmpty()) {
            unrevoked.forEach(key -> without(gone, key, becoming));
        }
        return new KeyPlan(List.copyOf(missing.values()), changed, becoming, revoked, problems);
    }

    private static Map<String, Named> named(Document document) {
        var named = new LinkedHashMap<String, Named>();
        document.consumers().forEach((consumer, holder) -> {
            for (int i = 0; i < holder.keys().size(); i++) {
                var key = new Named(consumer, holder.keys().get(i), "consumers." + consumer + ".keys[" + i + "]");
                named.put(key.path(), key);
            }
        });
        return named;
    }

    private static List<Problem> unknownRoutes(Named key, Snapshot after) {
        var problems = new ArrayList<Problem>();
        var routes = key.as.terms().routes();
        for (int i = 0; i < routes.size(); i++) {
            if (!after.routes().containsKey(routes.get(i))) {
                problems.add(new Problem(key.at + ".routes[" + i + "]", "There is no route '" + routes.get(i) + "'."));
            }
        }
        return problems;
    }

    private static void without(Set<String> gone, ApiKey key, Map<ApiKey, ApiKey> becoming) {
        var now = becoming.getOrDefault(key, key);
        var left = now.with(now.terms().without(gone), now.notBefore(), now.expiresAt());
        if (!left.equals(key)) {
            becoming.put(key, left);
        }
    }

    /** Without those of the keys to be issued. */
    List<Edit> edits() {
        var edits = new ArrayList<Edit>();
        changed.forEach(key ->
                edits.add(new Edit.ChangeKey(key.id(), key.terms(), key.notBefore(), key.expiresAt(), Edit.ANY)));
        revoked.forEach(key -> edits.add(new Edit.RevokeKey(key.id())));
        return edits;
    }

    /** In the order in which a publication tells them. */
    List<Change> changes() {
        var changes = new ArrayList<Change>();
        revoked.forEach(key -> changes.add(new Change(
                "key",
                key.consumer() + "/" + key.name(),
                Change.Action.DELETE,
                Optional.of(Map.of("id", key.id())),
                Optional.empty())));
        becoming.forEach((key, then) -> changes.add(Change.of(key, then)));
        issued.forEach(key -> changes.add(Change.issued(
                key.path(), key.as().terms(), key.as().begin(), key.as().end())));
        return changes;
    }
}
