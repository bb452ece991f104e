package dev.gatehouse.console.identity;

import dev.gatehouse.console.entity.Impact;
import dev.gatehouse.console.entity.Thing;
import dev.gatehouse.db.credential.CertificateSubject;
import dev.gatehouse.db.credential.LoginPassword;
import dev.gatehouse.db.credential.SharedSecret;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.Login;
import dev.gatehouse.db.store.ConfigurationReader.Loaded;
import java.util.List;

/** One login. */
record LoginRow(String name, Login entity, long revision) implements Thing {

    static List<LoginRow> of(Loaded loaded) {
        return loaded.snapshot().logins().entrySet().stream()
                .map(login ->
                        new LoginRow(login.getKey(), login.getValue(), loaded.revisionOf(Kind.LOGIN, login.getKey())))
                .toList();
    }

    String consumer() {
        return entity.consumer();
    }

    String proof() {
        return switch (entity.proof()) {
            case LoginPassword _ -> "password of " + entity.user(name);
            case SharedSecret _ -> "shared secret";
            case CertificateSubject(var subject, var other) ->
                "certificate of " + (subject.isEmpty() ? other : subject);
        };
    }

    String searched() {
        return String.join(" ", name, consumer(), proof());
    }

    Impact impact() {
        return Impact.only("Consumer '" + consumer() + "' can no longer prove itself with it.");
    }
}
