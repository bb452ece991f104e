package dev.gatehouse.db.settings;

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
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a text means, and the rule that follows from it. */
public enum Format {
    TEXT("any text without control characters") {
        @Override
        boolean accepts(String text) {
            return text.chars().noneMatch(Character::isISOControl);
        }
    },
    NAME("1 to 63 lower-case letters, digits and hyphens, beginning and ending with a letter or digit") {
        @Override
        boolean accepts(String text) {
            return NAME_RULE.matcher(text).matches();
        }
    },
    ENVIRONMENT("1 to 16 lower-case letters and digits, such as live or test") {
        @Override
        boolean accepts(String text) {
            return ENVIRONMENT_RULE.matcher(text).matches();
        }
    },
    SCOPE("1 to 100 letters, digits and . _ : / -, such as orders:read") {
        @Override
        boolean accepts(String text) {
            return SCOPE_RULE.matcher(text).matches();
        }
    },
    ORIGIN_URL("http:// or https://, a host, perhaps a port, and nothing behind it, such as http://10.0.0.7:8080") {
        @Override
        boolean accepts(String text) {
            try {
                var uri = new URI(text);
                return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                        && uri.getHost() != null
                        && uri.getUserInfo() == null
                        && uri.getPort() != 0
                        && uri.getPort() <= 65_535
                        && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null;
            } catch (URISyntaxException e) {
                return false;
            }
        }
    },
    PATH_PATTERN(PathPattern.RULE) {
        @Override
        boolean accepts(String text) {
            return problem(text).isEmpty();
        }

        @Override
        public Optional<String> problem(String text) {
            return PathPattern.problem(text);
        }
    },
    PATH_REWRITE(PathTemplate.RULE) {
        @Override
        boolean accepts(String text) {
            return problem(text).isEmpty();
        }

        @Override
        public Optional<String> problem(String text) {
            return PathTemplate.problem(text);
        }
    },
    /** Of requests; {@link #HOST_PATTERN} is one of certificates. */
    ROUTE_HOST(HostPattern.RULE) {
        @Override
        boolean accepts(String text) {
            return problem(text).isEmpty();
        }

        @Override
        public Optional<String> problem(String text) {
            return HostPattern.problem(text);
        }
    },
    REGEX(Regex.RULE) {
        @Override
        boolean accepts(String text) {
            return problem(text).isEmpty();
        }

        @Override
        public Optional<String> problem(String text) {
            return Regex.problem(text);
        }
    },
    ADDRESS_BLOCK(AddressBlock.RULE) {
        @Override
        boolean accepts(String text) {
            return problem(text).isEmpty();
        }

        @Override
        public Optional<String> problem(String text) {
            return AddressBlock.problem(text);
        }
    },
    FIELD_NAME("a name of 1 to 200 visible ASCII characters, none of them one of = & ; , \"") {
        @Override
        boolean accepts(String text) {
            return text.length() <= LONGEST_FIELD_NAME
                    && !text.isEmpty()
                    && text.chars().allMatch(c -> c > ' ' && c < 0x7f && "=&;,\"".indexOf(c) < 0);
        }
    },
    HEADER_NAME("a name of a header field: letters, digits and !#$%&'*+-.^_`|~") {
        @Override
        boolean accepts(String text) {
            return TOKEN.matcher(text).matches();
        }
    },
    DATE("a date such as 2026-01-31") {
        @Override
        boolean accepts(String text) {
            return text.length() == 10 && Moments.read(text).isPresent();
        }
    },
    CLOCK("a time of day from 00:00 to 24:00, such as 08:30") {
        @Override
        boolean accepts(String text) {
            return CLOCK_RULE.matcher(text).matches();
        }
    },
    ZONE("a time zone such as UTC or Europe/Berlin") {
        @Override
        boolean accepts(String text) {
            return ZONES.contains(text);
        }
    },
    HOST("a host name in lower case, such as api.example.com") {
        @Override
        boolean accepts(String text) {
            return isHost(text);
        }
    },
    HOST_PATTERN(
            "a host name in lower case, such as api.example.com, or *.example.com for any one label in that place") {
        @Override
        boolean accepts(String text) {
            return isHost(text.startsWith("*.") ? text.substring(2) : text);
        }
    },
    REQUEST(RequestText.RULE) {
        @Override
        boolean accepts(String text) {
            return problem(text).isEmpty();
        }

        @Override
        public Optional<String> problem(String text) {
            return RequestText.problem(text);
        }
    },
    HEADER_LINE("a header field such as Accept: application/json") {
        @Override
        boolean accepts(String text) {
            int colon = text.indexOf(':');
            return colon > 0
                    && TOKEN.matcher(text.substring(0, colon)).matches()
                    && text.chars().noneMatch(Character::isISOControl);
        }
    },
    ADDRESS("an address such as 192.0.2.7 or 2001:db8::7") {
        @Override
        boolean accepts(String text) {
            try {
                InetAddress.ofLiteral(text);
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    },
    VERSION_NAME("1 to 32 lower-case letters, digits, dots and hyphens, such as v2 or 2026-10-01") {
        @Override
        boolean accepts(String text) {
            return VERSION_RULE.matcher(text).matches();
        }
    },
    VENDOR("lower-case letters, digits, dots and hyphens, such as example.users") {
        @Override
        boolean accepts(String text) {
            return VENDOR_RULE.matcher(text).matches();
        }
    },
    MOMENT("a date such as 2026-12-31, which begins at midnight UTC, or a moment such as 2026-12-31T18:00:00Z") {
        @Override
        boolean accepts(String text) {
            return Moments.read(text).isPresent();
        }
    },
    LINK("an address that begins with https:// or http://") {
        @Override
        boolean accepts(String text) {
            try {
                var uri = new URI(text);
                return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
            } catch (URISyntaxException e) {
                return false;
            }
        }
    },
    PATH_AND_QUERY("a path that begins with a slash, perhaps with a query, such as /health?full=1") {
        @Override
        boolean accepts(String text) {
            return text.startsWith("/") && text.chars().allMatch(c -> c > ' ' && c <= '~' && c != '#');
        }
    },
    STATUS_RANGE("a status from 100 to 599, such as 200, or a range such as 200-299") {
        @Override
        boolean accepts(String text) {
            return STATUS_RULE.matcher(text).matches()
                    && (text.length() == 3 || text.substring(0, 3).compareTo(text.substring(4)) <= 0);
        }
    },
    /** Of something that nodes fetch. */
    FETCH_URL("an address that begins with https:// or http://, without a user, a fragment or blanks") {
        @Override
        boolean accepts(String text) {
            try {
                var uri = new URI(text);
                return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                        && uri.getHost() != null
                        && uri.getUserInfo() == null
                        && uri.getRawFragment() == null
                        && uri.getPort() != 0
                        && uri.getPort() <= 65_535;
            } catch (URISyntaxException e) {
                return false;
            }
        }
    },
    KEY_SET(KeySetText.RULE) {
        @Override
        boolean accepts(String text) {
            return problem(text).isEmpty();
        }

        @Override
        public Optional<String> problem(String text) {
            return KeySetText.problem(text);
        }
    },
    MEDIA_RANGE("a media type in lower case such as application/json, image/* or */*") {
        @Override
        boolean accepts(String text) {
            return text.equals("*/*") || MEDIA_RULE.matcher(text).matches();
        }
    },
    SIZE("a number of bytes, such as 512B, 64KiB or 10MiB") {
        @Override
        boolean accepts(String text) {
            return Sizes.read(text).isPresent();
        }
    },
    HEADER_VALUE("printable ASCII characters, not beginning or ending with a blank") {
        @Override
        boolean accepts(String text) {
            return text.equals(text.strip()) && text.chars().allMatch(c -> c >= ' ' && c <= '~');
        }
    },
    LINES("any text, without control characters but line ends and tabs") {
        @Override
        boolean accepts(String text) {
            return text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t');
        }
    },
    ORIGIN_PATTERN(
            "* for any origin, or scheme, host and perhaps port in lower case, such as https://app.example.com or https://*.example.com") {
        @Override
        boolean accepts(String text) {
            var match = ORIGIN_RULE.matcher(text);
            return text.equals("*")
                    || (match.matches()
                            && (isHost(match.group(2)) || isAddress(match.group(2)))
                            && !isUsualPort(match.group(1), match.group(3)));
        }
    },
    CERTIFICATES("certificates in PEM") {
        @Override
        boolean accepts(String text) {
            return problem(text).isEmpty();
        }

        @Override
        public Optional<String> problem(String text) {
            return trouble(() -> Pem.certificates(text));
        }
    },
    /** A secret: no message repeats it. */
    PASSWORD("12 to 200 characters, or what is kept of a password: an Argon2id hash of at most 64 MiB and 10 passes") {
        @Override
        boolean accepts(String text) {
            return problem(text).isEmpty();
        }

        @Override
        public Optional<String> problem(String text) {
            boolean fits = text.startsWith("$argon2")
                    ? Passwords.isHash(text)
                    : text.length() >= LEAST_PASSWORD
                            && text.length() <= MOST_PASSWORD
                            && text.chars().noneMatch(Character::isISOControl);
            return fits ? Optional.empty() : Optional.of("Must be " + rule() + ".");
        }
    },
    /** A secret: no message repeats it. */
    SECRET("at least 32 printable characters without blanks, or a sealed secret as an export has it") {
        @Override
        boolean accepts(String text) {
            return problem(text).isEmpty();
        }

        @Override
        public Optional<String> problem(String text) {
            boolean fits = Sealed.read(text).isPresent()
                    || (text.length() >= LEAST_SECRET && text.chars().allMatch(c -> c > ' ' && c <= '~'));
            return fits ? Optional.empty() : Optional.of("Must be " + rule() + ".");
        }
    },
    COMPONENT("@method or another component of RFC 9421, 2.2, or the name of a header field") {
        @Override
        boolean accepts(String text) {
            return TOKEN.matcher(text.startsWith("@") ? text.substring(1) : text)
                    .matches();
        }
    },
    /** A secret: no message repeats it. */
    PRIVATE_KEY("a private key in PEM, or a sealed one as an export has it") {
        @Override
        boolean accepts(String text) {
            return problem(text).isEmpty();
        }

        @Override
        public Optional<String> problem(String text) {
            return Sealed.read(text).isPresent() ? Optional.empty() : trouble(() -> Pem.privateKey(text));
        }
    };

    private static final int LEAST_PASSWORD = 12;
    private static final int MOST_PASSWORD = 200;
    private static final int LEAST_SECRET = 32;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern MEDIA_RULE = Pattern.compile("[a-z0-9!#$&^_.+-]+/(?:\\*|[a-z0-9!#$&^_.+-]+)");
    private static final Pattern ORIGIN_RULE =
            Pattern.compile("([a-z][a-z0-9+.-]*)://(?:\\*\\.)?([a-z0-9._-]+|\\[[0-9a-f:.]+])(?::([1-9][0-9]{0,4}))?");
    private static final Pattern NAME_RULE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern ENVIRONMENT_RULE = Pattern.compile("[a-z0-9]{1,16}");
    private static final Pattern SCOPE_RULE = Pattern.compile("[A-Za-z0-9._:/-]{1,100}");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern VERSION_RULE = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,30}[a-z0-9])?");
    private static final Pattern VENDOR_RULE = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,98}[a-z0-9])?");
    private static final int LONGEST_HOST = 253;
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());
    private static final Pattern CLOCK_RULE = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]|24:00");
    private static final Pattern STATUS_RULE = Pattern.compile("[1-5][0-9]{2}(-[1-5][0-9]{2})?");
    private static final int LONGEST_FIELD_NAME = 200;
    private final String rule;

    Format(String rule) {
        this.rule = rule;
    }

    /** The rule as words that complete "must be …". */
    public String rule() {
        return rule;
    }

    /** What is wrong with the text; empty when nothing is. */
    public Optional<String> problem(String text) {
        return accepts(text) ? Optional.empty() : Optional.of("'" + text + "' is refused: must be " + rule + ".");
    }

    abstract boolean accepts(String text);

    /** May the text have several lines? */
    public boolean hasLines() {
        return this == CERTIFICATES || this == KEY_SET || this == LINES || isSecret();
    }

    /** Is it kept from everybody who looks? */
    public boolean isSecret() {
        return this == PRIVATE_KEY || this == PASSWORD || this == SECRET;
    }

    private static Optional<String> trouble(Runnable reading) {
        try {
            reading.run();
            return Optional.empty();
        } catch (PemException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    private static boolean isAddress(String text) {
        try {
            return InetAddress.ofLiteral(text.startsWith("[") ? text.substring(1, text.length() - 1) : text) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Browsers leave it out, so that an origin that says it is never met. */
    private static boolean isUsualPort(String scheme, @Nullable String port) {
        return port != null
                && (Integer.parseInt(port) > 65_535
                        || (scheme.equals("http") && port.equals("80"))
                        || (scheme.equals("https") && port.equals("443")));
    }

    private static boolean isHost(String text) {
        var labels = Arrays.asList(text.split("\\.", -1));
        return text.length() <= LONGEST_HOST
                && labels.stream().allMatch(label -> LABEL.matcher(label).matches())
                && !DIGITS.matcher(labels.getLast()).matches();
    }
}
