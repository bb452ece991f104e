package dev.gatehouse.db.key;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.util.regex.Pattern;

/** Argon2id as OWASP recommends it where memory is short: 12 MiB, three passes. */
public final class Passwords {

    private static final Argon2Function ARGON2 = Argon2Function.getInstance(12_288, 3, 1, 32, Argon2.ID);
    private static final int SALT_BYTES = 16;
    /** What was made elsewhere is taken up to 64 MiB, ten passes and four lanes: more would stall a node. */
    private static final Pattern HASH = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=([1-9][0-9]{0,4}),t=(?:[1-9]|10),p=[1-4]\\$[A-Za-z0-9+/]{11,86}\\$[A-Za-z0-9+/]{22,86}");

    private static final int MOST_KIBIBYTES = 65_536;

    private Passwords() {}

    /** Is it what is kept of a password (PHC text form), and nothing that checking would take too long for? */
    public static boolean isHash(String text) {
        var match = HASH.matcher(text);
        return match.matches() && Integer.parseInt(match.group(1)) <= MOST_KIBIBYTES;
    }

    public static String hash(String password) {
        return Password.hash(password).addRandomSalt(SALT_BYTES).with(ARGON2).getResult();
    }

    /** Takes as long and as much memory as the hash says. */
    public static boolean matches(String password, String hash) {
        return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
    }
}
