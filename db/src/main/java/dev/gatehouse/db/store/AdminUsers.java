package dev.gatehouse.db.store;

import java.util.Optional;

/** Who may sign in to the console. */
public final class AdminUsers {

    private final Database database;

    public AdminUsers(Database database) {
        this.database = database;
    }

    /**
     * A console user.
     *
     * @param passwordHash Argon2id in PHC text form
     * @param mustChange true until the first password has been replaced
     */
    public record User(String name, String passwordHash, boolean mustChange) {

        /** Without the hash. */
        @Override
        public String toString() {
            return "user " + name;
        }
    }

    public Optional<User> find(String name) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("select * from admin_user where name = :name")
                        .bind("name", name)
                        .map((row, _) -> new User(
                                row.getString("name"), row.getString("password_hash"), row.getBoolean("must_change")))
                        .findOne());
    }

    public boolean isEmpty() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from admin_user")
                                .mapTo(Long.class)
                                .one()
                        == 0);
    }

    /** @return false when the name exists already; then nothing is changed */
    public boolean create(User user) {
        return database.jdbi()
                .withHandle(handle -> handle.createUpdate("""
                        insert into admin_user (name, password_hash, must_change) values (:name, :hash, :mustChange)
                        on conflict do nothing
                        """)
                                .bind("name", user.name())
                                .bind("hash", user.passwordHash())
                                .bind("mustChange", user.mustChange())
                                .execute()
                        == 1);
    }

    public void replacePassword(User user) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("""
                        update admin_user set password_hash = :hash, must_change = :mustChange, updated_at = now()
                         where name = :name
                        """)
                        .bind("name", user.name())
                        .bind("hash", user.passwordHash())
                        .bind("mustChange", user.mustChange())
                        .execute());
    }
}
