package dev.gatehouse.console.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.HandClock;
import dev.gatehouse.console.Stores;
import dev.gatehouse.db.store.AdminUsers;
import dev.gatehouse.db.store.AuditLog;
import dev.gatehouse.db.store.Database;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountsTest {

    private static final String HERE = "10.0.0.1";

    private final HandClock clock = new HandClock(Instant.ofEpochSecond(1_800_000_000));
    private final Database database = Database.open(Stores.fresh(), 2);
    private final AdminUsers users = new AdminUsers(database);
    private final AuditLog audit = new AuditLog(database);
    private final Accounts accounts = new Accounts(users, audit, clock);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void createsTheFirstUserOnceAndWantsItsPasswordChanged() {
        var password = accounts.createFirst().orElseThrow();

        assertThat(password).matches("([a-z2-9]{4}-){4}[a-z2-9]{4}");
        assertThat(accounts.createFirst()).isEmpty();
        assertThat(welcome("admin", password).mustChange()).isTrue();
    }

    @Test
    void keepsNothingOfAPasswordButItsArgon2idHash() {
        accounts.createFirst();

        assertThat(users.find("admin").orElseThrow().passwordHash()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    @Test
    void answersAnUnknownUserAndAWrongPasswordAlike() {
        accounts.createFirst();

        assertThat(accounts.signIn("admin", "wrong", HERE)).isEqualTo(new Outcome.Refused());
        assertThat(accounts.signIn("nobody", "wrong", HERE)).isEqualTo(new Outcome.Refused());
    }

    @Test
    void stopsCheckingAfterFiveFailuresEvenIfThePasswordIsRight() {
        var password = accounts.createFirst().orElseThrow();
        for (int i = 0; i < 5; i++) {
            assertThat(accounts.signIn("admin", "wrong", HERE)).isInstanceOf(Outcome.Refused.class);
        }

        assertThat(accounts.signIn("admin", password, HERE)).isEqualTo(new Outcome.TooMany(Attempts.SPAN));
        assertThat(accounts.signIn("admin", password, "10.0.0.2")).isInstanceOf(Outcome.Welcome.class);
        clock.forward(Attempts.SPAN);
        assertThat(accounts.signIn("admin", password, HERE)).isInstanceOf(Outcome.Welcome.class);
    }

    @Test
    void saysWhichRuleANewPasswordBreaks() {
        var first = accounts.createFirst().orElseThrow();
        var admin = welcome("admin", first);

        assertThat(accounts.problem(admin, "short")).contains("At least 12 characters.");
        assertThat(accounts.problem(admin, "x".repeat(201))).contains("At most 200 characters.");
        assertThat(accounts.problem(admin, first)).isPresent();
        assertThat(accounts.problem(admin, "three unrelated words")).isEmpty();
    }

    @Test
    void endsTheOtherSessionsOfWhoeverChangesTheirPassword() {
        var first = accounts.createFirst().orElseThrow();
        var elsewhere = welcome("admin", first);
        var here = welcome("admin", first);
        clock.forward(Duration.ofSeconds(1));

        var renewed = accounts.replace(here, "three unrelated words");

        assertThat(accounts.outdated(elsewhere)).isTrue();
        assertThat(accounts.outdated(renewed)).isFalse();
        assertThat(renewed.mustChange()).isFalse();
        assertThat(welcome("admin", "three unrelated words").mustChange()).isFalse();
    }

    @Test
    void leavesATraceOfEverySignInAndOfEveryFailure() {
        var password = accounts.createFirst().orElseThrow();
        accounts.signIn("admin", "wrong", HERE);
        accounts.signIn("admin", password, HERE);

        assertThat(audit.newest(10)).extracting(AuditLog.Entry::action).containsExactly("sign in", "fail to sign in");
    }

    private SignedIn welcome(String name, String password) {
        var outcome = accounts.signIn(name, password, HERE);
        assertThat(outcome).isInstanceOf(Outcome.Welcome.class);
        return ((Outcome.Welcome) outcome).user();
    }
}
