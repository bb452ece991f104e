package dev.gatehouse.db.store;

import dev.gatehouse.db.example.Examples;
import dev.gatehouse.db.key.SecretException;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.model.Certificate;
import dev.gatehouse.db.model.Entity;
import dev.gatehouse.db.model.Issuer;
import dev.gatehouse.db.model.Login;
import dev.gatehouse.db.model.SigningKey;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.model.SnapshotRules;
import dev.gatehouse.db.model.Webhook;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.tls.PemException;
import dev.gatehouse.db.tls.Validity.Phase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is done to a thing and asked of it only when it is saved, never when it is read: private keys are encrypted, and a
 * certificate must be in force. What was stored meanwhile stays readable when it expires.
 *
 * @param clock tells what is in force
 */
public record Saving(Secrets secrets, InstantSource clock) {

    /**
     * What is to be stored.
     *
     * @param entity without a plain private key, unless there are problems
     * @param problems paths begin with the thing: {@code certificates.shop.private-key}
     */
    public record Outcome(Entity entity, List<Problem> problems) {}

    /**
     * @param entity passes its own checks
     * @param before what is stored under the name; what equals it is not asked again
     */
    public Outcome of(String name, Entity entity, Optional<? extends Entity> before) {
        if (before.filter(entity::equals).isPresent()) {
            return new Outcome(entity, List.of());
        }
        return switch (entity) {
            case Certificate certificate -> of("certificates." + name + ".", certificate, before);
            case Issuer issuer ->
                sealed(issuer, "issuers." + name + ".introspection.client-secret", () -> issuer.sealed(name, secrets));
            case Login login ->
                sealed(login, "logins." + name, () -> login.sealed(name, secrets, same(before, Login.class)));
            case SigningKey key ->
                sealed(
                        key,
                        "signing-keys." + name + ".private-key",
                        () -> key.sealed(name, secrets, same(before, SigningKey.class)));
            case Webhook webhook -> sealed(webhook, "webhooks." + name + ".secret", () -> webhook.sealed(secrets));
            default -> new Outcome(entity, List.of());
        };
    }

    private static Outcome sealed(Entity plain, String at, Supplier<Entity> sealing) {
        try {
            return new Outcome(sealing.get(), List.of());
        } catch (SecretException | PemException e) {
            return new Outcome(plain, List.of(new Problem(at, String.valueOf(e.getMessage()))));
        }
    }

    private static <T> Optional<T> same(Optional<? extends Entity> before, Class<T> type) {
        return before.filter(type::isInstance).map(type::cast);
    }

    /** The rules between things that a change newly breaks: one broken before, by a row of a newer release perhaps, is no reason to refuse it. */
    public List<Problem> introduced(Snapshot before, Snapshot after) {
        var now = clock.instant();
        var problems = new ArrayList<Problem>();
        problems.addAll(beside(SnapshotRules.check(after), () -> SnapshotRules.check(before)));
        problems.addAll(beside(Examples.check(after, now), () -> Examples.check(before, now)));
        return problems;
    }

    private static List<Problem> beside(List<Problem> found, Supplier<List<Problem>> before) {
        if (found.isEmpty()) {
            return found;
        }
        var old = new HashSet<>(before.get());
        return found.stream().filter(problem -> !old.contains(problem)).toList();
    }

    private Outcome of(String at, Certificate certificate, Optional<? extends Entity> before) {
        var problems = new ArrayList<Problem>();
        var stored = certificate;
        try {
            stored = certificate.sealed(secrets);
        } catch (SecretException | PemException e) {
            problems.add(new Problem(at + "private-key", String.valueOf(e.getMessage())));
        }
        if (before.filter(stored::equals).isPresent()) {
            return new Outcome(stored, List.of());
        }
        var now = clock.instant();
        var validity = certificate.validity();
        if (validity.at(now) == Phase.OVER || validity.at(now) == Phase.EARLY) {
            problems.add(new Problem(
                    at + "chain",
                    "A certificate must be in force when it is saved; this one "
                            + validity.warning(now).orElseThrow() + "."));
        }
        return new Outcome(stored, List.copyOf(problems));
    }
}
