package dev.gatehouse.db.credential;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Shorthand;
import java.util.List;

/** A password, sent as HTTP Basic. */
@Named(value = "password", label = "Password", help = "Sent as HTTP Basic, on routes that take it.")
@Shorthand("password")
public record LoginPassword(
        @Setting(
                label = "Password",
                help = "Only its Argon2id hash is stored. A hash made elsewhere can stand here too.",
                max = "300",
                format = Format.PASSWORD)
        String password,

        @Setting(
                label = "User name",
                help = "Empty: the login's own name. It holds no colon.",
                optional = true,
                max = "200")
        String user)
        implements LoginProof, Checked {

    @Override
    public List<Problem> problems() {
        return user.contains(":")
                ? List.of(new Problem("user", "Must not hold a colon: RFC 7617 ends the name there."))
                : List.of();
    }

    /** Without the password: this may end in a log. */
    @Override
    public String toString() {
        return "password of " + user;
    }
}
