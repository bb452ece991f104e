package dev.gatehouse.node.identity;

import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.node.fetch.AddressRules;
import dev.gatehouse.node.fetch.Fetcher;
import dev.gatehouse.node.identity.token.Issuers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** All that is known of who may be calling, and how the gateway tells services. */
public record Identities(
        Keys keys,
        Issuers issuers,
        Consumers consumers,
        Logins logins,
        PasswordChecks passwords,
        Nonces nonces,
        Signers signers)
        implements AutoCloseable {

    /**
     * @param folder where the last good keys of issuers are kept
     * @param secrets opens what is stored encrypted
     */
    public static Identities of(
            Keys keys, Fetcher fetcher, Path folder, Nonces nonces, Secrets secrets, InstantSource clock) {
        var logins = new Logins(secrets);
        return new Identities(
                keys,
                new Issuers(fetcher, folder, secrets, clock),
                new Consumers(),
                logins,
                new PasswordChecks(logins, clock),
                nonces,
                new Signers(secrets));
    }

    /** Where nobody is known but by API keys. */
    public static Identities of(Keys keys) {
        var clock = InstantSource.system();
        return of(
                keys,
                new Fetcher(AddressRules.of(List.of())),
                Path.of("."),
                Nonces.with((_, _) -> true, clock),
                Secrets.NONE,
                clock);
    }

    public void start() {
        issuers.start();
    }

    /** What the routes of a configuration rely on is there before they are. @return what of it cannot be used */
    public List<String> take(Snapshot snapshot) {
        consumers.take(snapshot.consumers());
        issuers.take(snapshot.issuers());
        var problems = new ArrayList<>(logins.take(snapshot.logins()));
        problems.addAll(signers.take(snapshot.signingKeys()));
        return problems;
    }

    @Override
    public void close() {
        issuers.close();
        passwords.close();
    }
}
