package dev.gatehouse.deploy.demo.users;

import dev.gatehouse.deploy.demo.http.RefusedException;
import dev.gatehouse.deploy.demo.shop.User;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What a caller sends for a new user, as it came. */
record NewUser(
        @Nullable String name,
        @Nullable String email,
        @Nullable String city,
        @Nullable String country) {

    private static final int LONGEST = 100;

    /** Refuses with 422 and the rule of the first field that breaks one. */
    User named(int id, LocalDate since) {
        var address = text("email", email);
        if (!address.matches("[^@\\s]+@[^@\\s]+")) {
            throw new RefusedException(422, "email must be an address like ada@example.com.");
        }
        var code = text("country", country);
        if (!code.matches("[A-Z]{2}")) {
            throw new RefusedException(422, "country must be two capital letters (ISO 3166), like SE.");
        }
        return new User(id, text("name", name), address, text("city", city), code, since);
    }

    private static String text(String field, @Nullable String value) {
        if (value == null || value.isBlank() || value.length() > LONGEST) {
            throw new RefusedException(422, field + " must be a text of 1 to " + LONGEST + " characters.");
        }
        return value.strip();
    }
}
