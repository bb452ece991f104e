package dev.gatehouse.console.certificate;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/** What stands in a certificate, as people read it. */
final class Names {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    private Names() {}

    /** The common name of an RFC 4514 name; the whole of it where it has none. */
    static String common(String name) {
        try {
            return new LdapName(name)
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(part -> part.getValue().toString())
                            .findFirst()
                            .orElse(name);
        } catch (InvalidNameException e) {
            return name;
        }
    }

    /** In UTC, as certificates have it. */
    static String date(Instant moment) {
        return DATE.format(moment.atOffset(ZoneOffset.UTC));
    }
}
