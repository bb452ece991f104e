package dev.gatehouse.db.routing;

import dev.gatehouse.db.model.Day;
import dev.gatehouse.db.model.Match;
import dev.gatehouse.db.model.Method;
import dev.gatehouse.db.model.TimeWindow;
import dev.gatehouse.db.model.ValueMatch;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Matches that crowd on few hosts and paths, and requests that meet them. */
final class RandomMatches {

    private static final List<String> HOSTS =
            List.of("a.com", "x.a.com", "y.x.a.com", "b.org", "*.a.com", "*.x.a.com", "*.com", "[::1]");
    private static final List<String> ASKED_HOSTS = List.of(
            "a.com",
            "x.a.com",
            "y.x.a.com",
            "z.y.x.a.com",
            "B.org.",
            "w.a.com:8080",
            "c.com",
            "d.net",
            "[0:0::1]:1",
            "");
    private static final List<String> SEGMENTS = List.of("a", "b", "c");

    private final Random random;

    RandomMatches(long seed) {
        random = new Random(seed);
    }

    Match match() {
        return rarely(2)
                ? Match.of(
                        pattern(), some(1, () -> pick(List.of(Method.values()))).toArray(Method[]::new))
                : full();
    }

    private Match full() {
        return new Match(
                some(3, () -> pick(HOSTS)),
                pattern(),
                rarely(8) ? pick(List.of("/a.*", ".*/b", "/[ab]/.+")) : "",
                some(2, () -> pick(List.of(Method.values()))).stream()
                        .distinct()
                        .toList(),
                values("x-a", "x-b"),
                values("q", "r"),
                values("c"),
                rarely(8) ? List.of(pick(List.of("10.0.0.0/8", "10.1.0.0/16", "192.0.2.0/24"))) : List.of(),
                rarely(8) ? List.of(window()) : List.of(),
                rarely(8) ? random.nextInt(101) : 100,
                "",
                "",
                List.of(),
                rarely(3) ? random.nextInt(3) : 0);
    }

    Asked request() {
        var headers = new TreeMap<String, String>();
        for (var name : List.of("x-a", "x-b")) {
            some(2, () -> pick(List.of("1", "2"))).forEach(value -> headers.put(name, value));
        }
        some(2, () -> pick(List.of("c=1", "c=2; d=1", "d=2"))).forEach(cookie -> headers.put("cookie", cookie));
        var path = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            path.append('/').append(pick(SEGMENTS));
        }
        path.append(path.isEmpty() || rarely(6) ? "/" : "");
        var query = rarely(2) ? "?" + pick(List.of("q=1", "q=2&q=1", "r=2&q=%31", "r=1", "s=1")) : "";
        return new Asked(
                pick(List.of("GET", "HEAD", "POST", "PUT", "OPTIONS", "PURGE")),
                pick(ASKED_HOSTS),
                path + query,
                Map.copyOf(headers),
                InetAddress.ofLiteral(pick(List.of("10.1.2.3", "10.2.2.3", "192.0.2.1", "::1"))),
                Instant.parse("2026-11-23T00:00:00Z").plusSeconds(random.nextInt(7 * 24 * 3600)),
                random.nextDouble());
    }

    private String pattern() {
        var path = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            path.append('/').append(rarely(3) ? "{p" + i + "}" : pick(SEGMENTS));
        }
        return switch (random.nextInt(5)) {
            case 0 -> path + "/**";
            case 1 -> path + "/{rest**}";
            case 2 -> path + "/";
            default -> path.isEmpty() ? "/" : path.toString();
        };
    }

    private List<ValueMatch> values(String... names) {
        var values = new ArrayList<ValueMatch>();
        for (var name : names) {
            switch (random.nextInt(12)) {
                case 0 -> values.add(new ValueMatch(name, pick(List.of("1", "2")), "", false));
                case 1 -> values.add(new ValueMatch(name, "", pick(List.of("1|3", "[0-9]", "x+")), false));
                case 2 -> values.add(new ValueMatch(name, "", "", rarely(2)));
                default -> {}
            }
        }
        return values;
    }

    private TimeWindow window() {
        return new TimeWindow(
                some(2, () -> pick(List.of(Day.values()))).stream().distinct().toList(),
                pick(List.of("00:00", "08:00", "22:00")),
                pick(List.of("06:00", "12:00", "24:00")),
                pick(List.of("UTC", "Europe/Berlin")));
    }

    private boolean rarely(int one) {
        return random.nextInt(one) == 0;
    }

    private <T> List<T> some(int most, Supplier<T> each) {
        var some = new ArrayList<T>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            some.add(each.get());
        }
        return some;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
