package dev.gatehouse.db.store;

import dev.gatehouse.db.model.Entity;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.References;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The configuration as it would be after some edits: what changed of the things that carry names, and which rules it breaks. */
final class Draft {

    /** What to write: the new state of a thing, or empty where it goes. */
    record Write(Kind kind, String name, Optional<Entity> entity) {}

    private final Snapshot before;
    private final Map<String, Map<String, Object>> skipped;
    private final Saving saving;
    private final Map<Kind, Map<String, Entity>> after = new TreeMap<>();
    private final Set<Write> removed = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    /** @param skipped rows beside the snapshot that cannot be read, under {@code kind/name}: they can be replaced and deleted */
    Draft(Snapshot before, Map<String, Map<String, Object>> skipped, Saving saving) {
        this.before = before;
        this.skipped = skipped;
        this.saving = saving;
        for (var kind : Kind.values()) {
            after.put(kind, new TreeMap<>(before.all(kind)));
        }
    }

    void put(String name, Entity entity) {
        var kind = Kind.of(entity);
        var at = kind + "s." + name;
        Format.NAME
                .problem(name)
                .ifPresent(message -> problems.add(new Problem(
                        kind + "s." + name + ".name",
                        name.isBlank() ? "A name must be given: " + Format.NAME.rule() + "." : message)));
        var own = Settings.check((Record) entity).stream()
                .map(problem -> problem.under(at))
                .toList();
        var outcome =
                own.isEmpty() ? saving.of(name, entity, before.find(kind, name)) : new Saving.Outcome(entity, own);
        problems.addAll(outcome.problems());
        things(kind).put(name, outcome.entity());
    }

    void delete(Kind kind, String name) {
        if (skipped.containsKey(kind + "/" + name)) {
            things(kind).remove(name);
            removed.add(new Write(kind, name, Optional.empty()));
        } else if (things(kind).remove(name) == null) {
            problems.add(new Problem(kind + "s." + name, "There is no " + kind.words() + " '" + name + "'."));
        }
        References.to(kind, name, snapshot()).stream()
                .map(message -> new Problem(kind + "s." + name, message))
                .forEach(problems::add);
    }

    boolean has(Kind kind, String name) {
        return things(kind).containsKey(name);
    }

    /** Problems of single things, empty when each is fine by itself. */
    List<Problem> problems() {
        return problems;
    }

    Snapshot snapshot() {
        return Snapshot.of(this::things);
    }

    /** All that differs from before. */
    List<Write> writes() {
        var writes = new ArrayList<Write>();
        removed.stream().filter(write -> !has(write.kind, write.name)).forEach(writes::add);
        for (var kind : Kind.values()) {
            before.all(kind).keySet().stream()
                    .filter(name -> !things(kind).containsKey(name))
                    .forEach(name -> writes.add(new Write(kind, name, Optional.empty())));
            things(kind).forEach((name, entity) -> {
                if (!entity.equals(before.all(kind).get(name))) {
                    writes.add(new Write(kind, name, Optional.of(entity)));
                }
            });
        }
        return writes;
    }

    Change change(Write write) {
        var old = plain(before.all(write.kind).get(write.name))
                .or(() -> Optional.ofNullable(skipped.get(write.kind + "/" + write.name)));
        var action = old.isEmpty()
                ? Change.Action.CREATE
                : write.entity.isEmpty() ? Change.Action.DELETE : Change.Action.UPDATE;
        return new Change(write.kind.toString(), write.name, action, old, plain(write.entity.orElse(null)));
    }

    private static Optional<Map<String, Object>> plain(@Nullable Entity entity) {
        return Optional.ofNullable(entity).map(thing -> Settings.write((Record) thing));
    }

    private Map<String, Entity> things(Kind kind) {
        return after.computeIfAbsent(kind, _ -> new TreeMap<>());
    }
}
