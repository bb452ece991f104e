package dev.gatehouse.db.routing;

import dev.gatehouse.db.model.Match;
import dev.gatehouse.db.model.Method;
import dev.gatehouse.db.model.TimeWindow;
import dev.gatehouse.db.model.ValueMatch;
import java.net.InetAddress;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules as the documentation has them: all routes are looked at, what fits is sorted, the first counts. */
record NaiveRouter(Map<String, Match> routes) {

    /** @param rank compared number by number, the larger first */
    private record Fit(String name, List<Integer> rank) {}

    /** All that could take it with the best right: one, unless there is a tie. */
    List<String> best(Asked request) {
        var fits = new ArrayList<Fit>();
        routes.forEach((name, match) -> {
            if (match.takes(request.method()) && holds(match, request)) {
                rank(match, request).ifPresent(rank -> fits.add(new Fit(name, rank)));
            }
        });
        fits.sort((one, other) -> Arrays.compare(other.rank.toArray(Integer[]::new), one.rank.toArray(Integer[]::new)));
        return fits.stream()
                .filter(fit -> fit.rank.equals(fits.getFirst().rank))
                .map(Fit::name)
                .toList();
    }

    /** The methods with which it would be taken. */
    List<String> allowed(Asked request) {
        return Arrays.stream(Method.values())
                .map(Method::name)
                .filter(method -> !best(request.with(method)).isEmpty())
                .toList();
    }

    private static Optional<List<Integer>> rank(Match match, Asked request) {
        var host = host(match, request.host());
        var path = path(match.path(), request.path());
        if (host < 0 || path.isEmpty()) {
            return Optional.empty();
        }
        var rank = new ArrayList<Integer>();
        rank.add(host);
        rank.addAll(path.get());
        rank.add(match.methods().isEmpty() ? 0 : 1);
        rank.add(match.headers().size());
        rank.add(match.query().size());
        rank.add(match.cookies().size()
                + (match.addresses().isEmpty() ? 0 : 1)
                + (match.times().isEmpty() ? 0 : 1)
                + (match.share() == 100 ? 0 : 1)
                + (match.regex().isEmpty() ? 0 : 1));
        rank.add(match.priority());
        return Optional.of(rank);
    }

    /** -1: not taken; 0: as any; the length of a wildcard; very large: by its name. */
    private static int host(Match match, String requested) {
        var host = requested.equals("[0:0::1]:1")
                ? "[::1]"
                : requested
                        .replaceFirst(":[0-9]*$", "")
                        .replaceFirst("\\.$", "")
                        .toLowerCase(Locale.ROOT);
        int best = match.hosts().isEmpty() ? 0 : -1;
        for (var pattern : match.hosts()) {
            if (pattern.equals(host)) {
                best = Integer.MAX_VALUE;
            } else if (pattern.startsWith("*") && host.endsWith(pattern.substring(1))) {
                best = Math.max(best, pattern.length());
            }
        }
        return best;
    }

    /** A number for each segment: literal 3, parameter 2, tail 1, open 0; behind the last one 4 when nothing is open. */
    private static Optional<List<Integer>> path(String pattern, String path) {
        var kinds = new ArrayList<Integer>();
        var asked = path.substring(1).split("/", -1);
        var written = pattern.substring(1).split("/", -1);
        for (int i = 0; i < written.length; i++) {
            if (written[i].equals("**")) {
                kinds.add(0);
                return Optional.of(kinds);
            }
            if (i >= asked.length) {
                return Optional.empty();
            }
            if (written[i].endsWith("**}")) {
                kinds.add(1);
                return Optional.of(kinds);
            }
            boolean parameter = written[i].startsWith("{");
            if (parameter ? asked[i].isEmpty() : !written[i].equals(asked[i])) {
                return Optional.empty();
            }
            kinds.add(parameter ? 2 : 3);
        }
        kinds.add(4);
        return asked.length == written.length ? Optional.of(kinds) : Optional.empty();
    }

    private static boolean holds(Match match, Asked request) {
        return match.headers().stream().allMatch(header -> holds(header, request::header))
                && match.query().stream().allMatch(parameter -> holds(parameter, name -> query(request, name)))
                && match.cookies().stream().allMatch(cookie -> holds(cookie, name -> cookie(request, name)))
                && (match.addresses().isEmpty()
                        || match.addresses().stream().anyMatch(block -> within(block, request.address())))
                && (match.times().isEmpty() || match.times().stream().anyMatch(window -> within(window, request)))
                && (match.share() == 100 || request.draw() < match.share() / 100.0)
                && (match.regex().isEmpty() || Pattern.matches(match.regex(), request.path()));
    }

    private static boolean holds(ValueMatch asked, Function<String, @Nullable String> values) {
        var value = values.apply(asked.name());
        if (asked.absent()) {
            return value == null;
        }
        return value != null
                && (asked.is().isEmpty() || asked.is().equals(value))
                && (asked.matches().isEmpty() || Pattern.matches(asked.matches(), value));
    }

    private static @Nullable String query(Asked request, String name) {
        var query = request.query();
        return query == null
                ? null
                : Arrays.stream(query.replace("%31", "1").split("&", -1))
                        .filter(pair -> pair.startsWith(name + "="))
                        .map(pair -> pair.substring(2))
                        .findFirst()
                        .orElse(null);
    }

    private static @Nullable String cookie(Asked request, String name) {
        var cookies = request.header("cookie");
        return cookies == null || !cookies.startsWith(name + "=") ? null : cookies.substring(2, 3);
    }

    private static boolean within(String block, InetAddress address) {
        var text = address.getHostAddress();
        return switch (block) {
            case "10.0.0.0/8" -> text.startsWith("10.");
            case "10.1.0.0/16" -> text.startsWith("10.1.");
            default -> text.startsWith("192.0.2.");
        };
    }

    /** Is one of the days on which it begins such that the time lies between that beginning and the end behind it? */
    private static boolean within(TimeWindow window, Asked request) {
        var time = request.time().atZone(ZoneId.of(window.zone())).toLocalDateTime();
        for (int back = 0; back <= 1; back++) {
            var day = time.toLocalDate().minusDays(back);
            boolean listed = window.days().isEmpty()
                    || window.days().stream()
                            .anyMatch(named -> day.getDayOfWeek().name().startsWith(named.name()));
            var from = day.atStartOfDay().plus(clock(window.from()));
            var to = day.atStartOfDay().plus(clock(window.to()));
            to = to.isAfter(from) ? to : to.plusDays(1);
            if (listed && !time.isBefore(from) && time.isBefore(to)) {
                return true;
            }
        }
        return false;
    }

    private static Duration clock(String text) {
        return Duration.ofMinutes(Integer.parseInt(text.substring(0, 2)) * 60L + Integer.parseInt(text.substring(3)));
    }
}
