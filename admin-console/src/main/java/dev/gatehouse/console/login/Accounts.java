package dev.gatehouse.console.login;

import dev.gatehouse.db.store.AdminUsers;
import dev.gatehouse.db.store.AuditLog;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The people who may sign in, and the rules their passwords keep. */
public final class Accounts {

    static final int SHORTEST = 12;
    static final int LONGEST = 200;

    private static final String FIRST = "admin";

    private final AdminUsers users;
    private final AuditLog audit;
    private final Clock clock;
    private final Attempts attempts;
    private final Passwords passwords = new Passwords();
    private final Map<String, Instant> changed = new ConcurrentHashMap<>();

    public Accounts(AdminUsers users, AuditLog audit, Clock clock) {
        this.users = users;
        this.audit = audit;
        this.clock = clock;
        this.attempts = new Attempts(clock);
    }

    /** Creates the user {@code admin} when there is no user at all. @return the password, to be told once */
    public Optional<String> createFirst() {
        if (!users.isEmpty()) {
            return Optional.empty();
        }
        var password = Passwords.generate();
        return users.create(new AdminUsers.User(FIRST, passwords.hash(password), true))
                ? Optional.of(password)
                : Optional.empty();
    }

    Outcome signIn(String name, String password, String address) {
        if (name.length() > LONGEST || password.length() > LONGEST) {
            return new Outcome.Refused(); // nobody's, and not worth a line in the audit
        }
        var outcome = check(name, password, address);
        switch (outcome) {
            case Outcome.Welcome _ -> audit.write(name, "sign in", "from " + address);
            case Outcome.Refused() -> audit.write(name, "fail to sign in", "from " + address);
            case Outcome.TooMany _ -> {}
        }
        return outcome;
    }

    /** Whose password this is; guesses are limited. */
    Outcome check(String name, String password, String address) {
        var pause = attempts.count(name, address);
        if (pause.isPresent()) {
            return new Outcome.TooMany(pause.get());
        }
        var user = users.find(name);
        boolean right = user.map(known -> passwords.matches(password, known.passwordHash()))
                .orElseGet(() -> passwords.matchesNobody(password));
        if (!right) {
            return new Outcome.Refused();
        }
        attempts.forgive(name, address);
        return new Outcome.Welcome(new SignedIn(name, user.orElseThrow().mustChange(), clock.instant()));
    }

    /** The rule that a new password breaks, as a sentence; empty when it breaks none. */
    Optional<String> problem(SignedIn user, String password) {
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            return Optional.of("At least " + SHORTEST + " characters.");
        }
        if (password.length() > LONGEST) {
            return Optional.of("At most " + LONGEST + " characters.");
        }
        var old = users.find(user.name()).orElseThrow();
        return passwords.matches(password, old.passwordHash())
                ? Optional.of("This is the password you have now; choose another one.")
                : Optional.empty();
    }

    /** All other sessions of that user end. @return the user as signed in from now on */
    SignedIn replace(SignedIn user, String password) {
        users.replacePassword(new AdminUsers.User(user.name(), passwords.hash(password), false));
        audit.write(user.name(), "change password", user.name());
        var now = clock.instant();
        changed.put(user.name(), now);
        return new SignedIn(user.name(), false, now);
    }

    /** Was the password changed elsewhere since this session began? */
    boolean outdated(SignedIn user) {
        var at = changed.get(user.name());
        return at != null && user.since().isBefore(at);
    }
}
