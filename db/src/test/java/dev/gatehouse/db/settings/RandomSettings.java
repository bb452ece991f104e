package dev.gatehouse.db.settings;

import dev.gatehouse.deploy.servers.Issued;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Draws plain values that a definition should take, at the edges of its bounds more often than between them. */
final class RandomSettings {

    private static final String[] PATHS = {"/", "/**", "/api", "/api/users/**", "/a.b/c-d"};
    private static final String[] PATTERNS = {
        "/", "/**", "/api/{version}/users/{id}", "/api/users/**", "/files/{rest**}"
    };
    private static final String HOST = "api.example.com";
    private static final Issued CERTIFICATE =
            Issued.authority("Test root").below("Test authority").issue("*.example.com", HOST);
    private static final String SEALED = "sealed:v2:" + "c2VhbGVk".repeat(8);
    private final Random random;

    RandomSettings(long seed) {
        random = new Random(seed);
    }

    Map<String, Object> of(Definition definition) {
        var plain = new LinkedHashMap<String, Object>();
        for (var field : definition.fields()) {
            if (field.required() || random.nextBoolean()) {
                put(plain, field);
            }
        }
        return plain;
    }

    private void put(Map<String, Object> plain, Definition.Field field) {
        var value = value(field.shape());
        if (field.inline() && value instanceof Map<?, ?> alternative) {
            alternative.forEach((name, settings) -> plain.put(String.valueOf(name), settings));
        } else {
            plain.put(field.name(), value);
        }
    }

    private Object value(Shape shape) {
        return switch (shape) {
            case Shape.Text text -> text(text);
            case Shape.Whole whole -> between(whole.min(), whole.max());
            case Shape.Size size -> Sizes.write(between(size.min(), size.max()));
            case Shape.Toggle _ -> random.nextBoolean();
            case Shape.Choice choice ->
                choice.choices().get(random.nextInt(choice.choices().size())).toString();
            case Shape.Span span ->
                Spans.write(Duration.ofMillis(
                        between(span.min().toMillis(), span.max().toMillis())));
            case Shape.Many many -> {
                var list = new ArrayList<Object>();
                int size = many.min() + random.nextInt(3);
                for (int i = 0; i < Math.min(size, many.max()); i++) {
                    list.add(value(many.element()));
                }
                yield list;
            }
            case Shape.Keyed keyed -> {
                var map = new LinkedHashMap<String, Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(name(), value(keyed.value()));
                }
                yield map;
            }
            case Shape.Nested nested -> of(nested.definition());
            case Shape.OneOf oneOf -> {
                var variant =
                        oneOf.variants().get(random.nextInt(oneOf.variants().size()));
                yield Map.of(variant.name(), of(variant.definition()));
            }
        };
    }

    private long between(long least, long most) {
        return switch (random.nextInt(4)) {
            case 0 -> least;
            case 1 -> most;
            default -> random.nextLong(least, most + 1);
        };
    }

    private String text(Shape.Text shape) {
        return switch (shape.format()) {
            case TEXT -> printable(1 + random.nextInt(Math.min(shape.max(), 40)));
            case NAME -> name();
            case ENVIRONMENT -> random.nextBoolean() ? "live" : "test2";
            case SCOPE -> name() + ":read";
            case ORIGIN_URL -> "http://" + name() + ":" + (1 + random.nextInt(65_535));
            case HOST -> name() + ".example.com";
            case HOST_PATTERN -> random.nextBoolean() ? HOST : "*.example.com";
            case SIZE -> Sizes.write(random.nextLong(1L << 40));
            case CERTIFICATES -> CERTIFICATE.chain();
            case PRIVATE_KEY -> random.nextBoolean() ? CERTIFICATE.privateKey() : SEALED;
            case PATH_PATTERN -> PATTERNS[random.nextInt(PATTERNS.length)];
            case PATH_REWRITE -> PATHS[random.nextInt(PATHS.length)];
            case ROUTE_HOST -> random.nextBoolean() ? HOST : "*.example.com";
            case REGEX -> random.nextBoolean() ? "[a-z]+" : "(a|b)\\d{2}";
            case ADDRESS_BLOCK -> random.nextBoolean() ? "10.0.0.0/8" : "2001:db8::1";
            case FIELD_NAME, HEADER_NAME -> name();
            case DATE -> "2026-01-31";
            case CLOCK -> random.nextBoolean() ? "08:30" : "24:00";
            case ZONE -> "Europe/Berlin";
            case REQUEST -> "GET http://" + HOST + "/users/" + name() + "?page=2";
            case PATH_AND_QUERY -> "/" + name() + "?full=1";
            case STATUS_RANGE -> random.nextBoolean() ? "204" : "200-399";
            case HEADER_LINE -> "X-Client: " + name();
            case ADDRESS -> random.nextBoolean() ? "192.0.2.7" : "2001:db8::7";
            case VERSION_NAME -> random.nextBoolean() ? "v1" : "v2";
            case VENDOR -> name() + ".users";
            case MOMENT -> random.nextBoolean() ? "2026-12-31" : "2027-01-31T18:00:00Z";
            case FETCH_URL -> "https://login.example.com/" + name() + "/keys?all";
            case KEY_SET -> "{\"keys\": [{\"kty\": \"EC\", \"kid\": \"" + name() + "\"}]}";
            case PASSWORD -> "a long password " + random.nextInt(1_000);
            case SECRET -> random.nextBoolean() ? SEALED : "s".repeat(32) + random.nextInt(1_000);
            case COMPONENT -> random.nextBoolean() ? "@method" : "content-type";
            case MEDIA_RANGE -> random.nextBoolean() ? "application/json" : "image/*";
            case LINK -> "https://docs.example.com/" + name() + "?page=1#end";
            case HEADER_VALUE -> "max-age=" + random.nextInt(100) + ", \"{host}\"";
            case LINES -> printable(1 + random.nextInt(20)) + "\n\t" + printable(1 + random.nextInt(20));
            case ORIGIN_PATTERN -> random.nextBoolean() ? "*" : "https://*." + name() + ".example.com:8443";
        };
    }

    private String name() {
        return Integer.toString(random.nextInt(Integer.MAX_VALUE), 36);
    }

    /** Anything one can type, and what YAML, JSON and SQL would like to misread. */
    private String printable(int length) {
        var letters = "aZ09 \"'\\:#-{}[],&*!|>%@`~=?/<;$üß世";
        var text = new StringBuilder("x");
        while (text.length() < length) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
