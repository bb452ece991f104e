package dev.gatehouse.db.settings;

import static dev.gatehouse.db.settings.Check.TOKEN;
import static dev.gatehouse.db.settings.Check.asks;
import static dev.gatehouse.db.settings.Check.holds;
import static dev.gatehouse.db.settings.Check.matches;
import static dev.gatehouse.db.settings.Check.secret;

import dev.gatehouse.db.credential.KeySetText;
import dev.gatehouse.db.key.Passwords;
import dev.gatehouse.db.routing.AddressBlock;
import dev.gatehouse.db.routing.HostPattern;
import dev.gatehouse.db.routing.PathPattern;
import dev.gatehouse.db.routing.PathTemplate;
import dev.gatehouse.db.routing.Regex;
import dev.gatehouse.db.routing.RequestText;
import dev.gatehouse.db.tls.Pem;
import dev.gatehouse.db.tls.PemException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/** What a text means, and the rule that follows from it. */
public enum Format {
    TEXT("any text without control characters", holds(text -> text.chars().noneMatch(Character::isISOControl))),
    NAME(
            "1 to 63 lower-case letters, digits and hyphens, beginning and ending with a letter or digit",
            matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")),
    ENVIRONMENT("1 to 16 lower-case letters and digits, such as live or test", matches("[a-z0-9]{1,16}")),
    SCOPE("1 to 100 letters, digits and . _ : / -, such as orders:read", matches("[A-Za-z0-9._:/-]{1,100}")),
    ORIGIN_URL(
            "http:// or https://, a host, perhaps a port, and nothing behind it, such as http://10.0.0.7:8080",
            holds(Addressing::isOrigin)),
    PATH_PATTERN(PathPattern.RULE, asks(PathPattern::problem)),
    PATH_REWRITE(PathTemplate.RULE, asks(PathTemplate::problem)),
    /** Of requests; {@link #HOST_PATTERN} is one of certificates. */
    ROUTE_HOST(HostPattern.RULE, asks(HostPattern::problem)),
    REGEX(Regex.RULE, asks(Regex::problem)),
    ADDRESS_BLOCK(AddressBlock.RULE, asks(AddressBlock::problem)),
    FIELD_NAME(
            "a name of 1 to 200 visible ASCII characters, none of them one of = & ; , \"",
            matches("[!-~&&[^=&;,\"]]{1,200}")),
    HEADER_NAME("a name of a header field: letters, digits and !#$%&'*+-.^_`|~", matches(TOKEN)),
    DATE(
            "a date such as 2026-01-31",
            holds(text -> text.length() == 10 && Moments.read(text).isPresent())),
    CLOCK("a time of day from 00:00 to 24:00, such as 08:30", matches("([01][0-9]|2[0-3]):[0-5][0-9]|24:00")),
    ZONE("a time zone such as UTC or Europe/Berlin", holds(Set.copyOf(ZoneId.getAvailableZoneIds())::contains)),
    HOST("a host name in lower case, such as api.example.com", holds(Addressing::isHost)),
    HOST_PATTERN(
            "a host name in lower case, such as api.example.com, or *.example.com for any one label in that place",
            holds(text -> Addressing.isHost(text.startsWith("*.") ? text.substring(2) : text))),
    REQUEST(RequestText.RULE, asks(RequestText::problem)),
    HEADER_LINE("a header field such as Accept: application/json", matches(TOKEN + ":[^\\x00-\\x1f\\x7f-\\x9f]*")),
    ADDRESS("an address such as 192.0.2.7 or 2001:db8::7", holds(Addressing::isLiteral)),
    VERSION_NAME(
            "1 to 32 lower-case letters, digits, dots and hyphens, such as v2 or 2026-10-01",
            matches("[a-z0-9]([a-z0-9.-]{0,30}[a-z0-9])?")),
    VENDOR(
            "lower-case letters, digits, dots and hyphens, such as example.users",
            matches("[a-z0-9]([a-z0-9.-]{0,98}[a-z0-9])?")),
    MOMENT(
            "a date such as 2026-12-31, which begins at midnight UTC, or a moment such as 2026-12-31T18:00:00Z",
            holds(text -> Moments.read(text).isPresent())),
    LINK("an address that begins with https:// or http://", holds(Addressing::isLink)),
    PATH_AND_QUERY(
            "a path that begins with a slash, perhaps with a query, such as /health?full=1", matches("/[!-~&&[^#]]*")),
    STATUS_RANGE("a status from 100 to 599, such as 200, or a range such as 200-299", holds(Format::isStatusRange)),
    /** Of something that nodes fetch. */
    FETCH_URL(
            "an address that begins with https:// or http://, without a user, a fragment or blanks",
            holds(Addressing::isFetched)),
    KEY_SET(KeySetText.RULE, asks(KeySetText::problem)),
    MEDIA_RANGE(
            "a media type in lower case such as application/json, image/* or */*",
            matches("\\*/\\*|[a-z0-9!#$&^_.+-]+/(\\*|[a-z0-9!#$&^_.+-]+)")),
    SIZE(
            "a number of bytes, such as 512B, 64KiB or 10MiB",
            holds(text -> Sizes.read(text).isPresent())),
    HEADER_VALUE("printable ASCII characters, not beginning or ending with a blank", matches("([!-~]([ -~]*[!-~])?)?")),
    LINES(
            "any text, without control characters but line ends and tabs",
            holds(text ->
                    text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t'))),
    ORIGIN_PATTERN(
            "* for any origin, or scheme, host and perhaps port in lower case, such as https://app.example.com or https://*.example.com",
            holds(Addressing::isOriginPattern)),
    CERTIFICATES("certificates in PEM", asks(text -> trouble(() -> Pem.certificates(text)))),
    PASSWORD(
            "12 to 200 characters, or what is kept of a password: an Argon2id hash of at most 64 MiB and 10 passes",
            secret(text -> text.startsWith("$argon2")
                    ? Passwords.isHash(text)
                    : text.length() >= 12
                            && text.length() <= 200
                            && text.chars().noneMatch(Character::isISOControl))),
    SECRET(
            "at least 32 printable characters without blanks, or a sealed secret as an export has it",
            secret(text -> Sealed.read(text).isPresent()
                    || (text.length() >= 32 && text.chars().allMatch(c -> c > ' ' && c <= '~')))),
    COMPONENT("@method or another component of RFC 9421, 2.2, or the name of a header field", matches("@?" + TOKEN)),
    PRIVATE_KEY(
            "a private key in PEM, or a sealed one as an export has it",
            asks(text -> Sealed.read(text).isPresent() ? Optional.empty() : trouble(() -> Pem.privateKey(text))));

    private final String rule;
    /** Holds nothing that changes. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Check check;

    Format(String rule, Check check) {
        this.rule = rule;
        this.check = check;
    }

    /** The rule as words that complete "must be …". */
    public String rule() {
        return rule;
    }

    /** What is wrong with the text; empty when nothing is. Never repeats a secret. */
    public Optional<String> problem(String text) {
        return check.problem(text, rule);
    }

    /** May the text have several lines? */
    public boolean hasLines() {
        return this == CERTIFICATES || this == KEY_SET || this == LINES || isSecret();
    }

    /** Is it kept from everybody who looks? */
    public boolean isSecret() {
        return this == PRIVATE_KEY || this == PASSWORD || this == SECRET;
    }

    private static boolean isStatusRange(String text) {
        return text.matches("[1-5][0-9]{2}(-[1-5][0-9]{2})?")
                && (text.length() == 3 || text.substring(0, 3).compareTo(text.substring(4)) <= 0);
    }

    private static Optional<String> trouble(Runnable reading) {
        try {
            reading.run();
            return Optional.empty();
        } catch (PemException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }
}
