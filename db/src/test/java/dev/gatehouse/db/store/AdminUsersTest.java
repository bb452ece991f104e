package dev.gatehouse.db.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AdminUsersTest {

    @RegisterExtension
    private static final FreshDatabase DB = new FreshDatabase();

    private static final AdminUsers.User ADMIN = new AdminUsers.User("admin", "$argon2id$first", true);
    private final AdminUsers users = new AdminUsers(DB.database());

    @Test
    void startsWithNobody() {
        assertThat(users.isEmpty()).isTrue();
        assertThat(users.find("admin")).isEmpty();
    }

    @Test
    void createsAUserOnce() {
        assertThat(users.create(ADMIN)).isTrue();
        assertThat(users.create(new AdminUsers.User("admin", "$argon2id$other", false)))
                .isFalse();
        assertThat(users.isEmpty()).isFalse();
        assertThat(users.find("admin")).contains(ADMIN);
        assertThat(users.find("Admin")).isEmpty();
    }

    @Test
    void replacesThePasswordOfThatUserOnly() {
        users.create(ADMIN);
        users.create(new AdminUsers.User("other", "$argon2id$other", true));
        var changed = new AdminUsers.User("admin", "$argon2id$second", false);
        users.replacePassword(changed);
        assertThat(users.find("admin")).contains(changed);
        assertThat(users.find("other")).contains(new AdminUsers.User("other", "$argon2id$other", true));
    }

    @Test
    void keepsTheHashOutOfLogs() {
        assertThat(ADMIN).hasToString("user admin");
    }

    @Test
    void writesASignInIntoTheAudit() {
        new AuditLog(DB.database()).write("admin", "sign in", "console");
        assertThat(new AuditLog(DB.database()).newest(5)).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo("admin");
            assertThat(entry.action()).isEqualTo("sign in");
            assertThat(entry.subject()).isEqualTo("console");
            assertThat(entry.detail()).isEmpty();
        });
    }
}
