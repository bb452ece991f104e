package dev.gatehouse.db.model;

import dev.gatehouse.db.routing.AddressBlock;
import dev.gatehouse.db.routing.AddressIn;
import dev.gatehouse.db.routing.ClientIs;
import dev.gatehouse.db.routing.Condition;
import dev.gatehouse.db.routing.Criteria;
import dev.gatehouse.db.routing.HostPattern;
import dev.gatehouse.db.routing.PathMatches;
import dev.gatehouse.db.routing.PathPattern;
import dev.gatehouse.db.routing.ShareBelow;
import dev.gatehouse.db.routing.Source;
import dev.gatehouse.db.routing.TimeIn;
import dev.gatehouse.db.routing.VersionIs;
import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which requests a route takes: those that fulfil all of it. */
public record Match(
        @Setting(
                label = "Hosts",
                help =
                        "Such as api.example.com, or *.example.com for every host beneath it. Empty: all. Ports do not count.",
                max = "100",
                format = Format.ROUTE_HOST)
        List<String> hosts,

        @Setting(
                label = "Path",
                help =
                        "Exact, such as /api/users; with parameters: /users/{id}, /files/{rest**}; or with everything beneath it: /api/**. The most specific route wins.",
                format = Format.PATH_PATTERN)
        String path,

        @Setting(
                label = "Path expression",
                help = "A regular expression (RE2) that the whole path has to match beside.",
                optional = true,
                format = Format.REGEX)
        String regex,

        @Setting(label = "Methods", help = "Empty: all. GET takes HEAD as well.")
        List<Method> methods,

        @Setting(label = "Headers", help = "What is asked of header fields.", max = "16")
        List<ValueMatch> headers,

        @Setting(
                label = "Query parameters",
                help = "What is asked of parameters in the query. Of a repeated one the first counts.",
                max = "16")
        List<ValueMatch> query,

        @Setting(label = "Cookies", help = "What is asked of cookies.", max = "16")
        List<ValueMatch> cookies,

        @Setting(
                label = "Addresses",
                help = "Where the client is: addresses or blocks such as 10.0.0.0/8. Empty: anywhere.",
                max = "100",
                format = Format.ADDRESS_BLOCK)
        List<String> addresses,

        @Setting(label = "Times", help = "Hours in which it is taken. Empty: always.", max = "20")
        List<TimeWindow> times,

        @Setting(
                label = "Share",
                help = "How many of the requests it takes, each by chance; the others go on to the next route.",
                fallback = "100",
                min = "0",
                max = "100",
                unit = "%")
        int share,

        @Setting(
                label = "API",
                help = "The API in versions that this is a route of. Empty: none.",
                optional = true,
                format = Format.NAME)
        String api,

        @Setting(
                label = "Version",
                help = "Which of its versions a request has to ask for. Empty: any.",
                optional = true,
                format = Format.VERSION_NAME)
        String version,

        @Setting(
                label = "Clients",
                help = "Client types, of one of which the client has to be. Empty: anybody.",
                max = "50",
                format = Format.NAME)
        List<String> clients,

        @Setting(
                label = "Priority",
                help = "Decides between routes that are as specific as each other; the larger wins.",
                fallback = "0",
                min = "-1000",
                max = "1000")
        int priority)
        implements Checked {

    private static final int ALL = 100;

    public Match {
        hosts = List.copyOf(hosts);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        query = List.copyOf(query);
        cookies = List.copyOf(cookies);
        addresses = List.copyOf(addresses);
        times = List.copyOf(times);
        clients = List.copyOf(clients);
    }

    /** By path and methods alone. */
    public static Match of(String path, Method... methods) {
        return new Match(
                List.of(),
                path,
                "",
                List.of(methods),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                ALL,
                "",
                "",
                List.of(),
                0);
    }

    /** Does it take that method? */
    public boolean takes(String method) {
        return methods.isEmpty()
                || methods.stream().anyMatch(taken -> taken.name().equals(method))
                || (method.equals("HEAD") && methods.contains(Method.GET));
    }

    /** @throws IllegalArgumentException for a path that {@link Format#PATH_PATTERN} refuses */
    public PathPattern pattern() {
        return PathPattern.of(path);
    }

    /**
     * What it asks of a request beside host, path and method, in the order in which it is asked.
     *
     * @throws IllegalArgumentException when a setting breaks its rule; the message is a sentence that says which
     */
    public List<Condition> conditions() {
        var conditions = new ArrayList<Condition>();
        headers.forEach(header -> conditions.add(header.in(Source.HEADER)));
        query.forEach(parameter -> conditions.add(parameter.in(Source.QUERY)));
        cookies.forEach(cookie -> conditions.add(cookie.in(Source.COOKIE)));
        if (!addresses.isEmpty()) {
            conditions.add(
                    new AddressIn(addresses.stream().map(AddressBlock::of).toList()));
        }
        if (!times.isEmpty()) {
            conditions.add(new TimeIn(times.stream().map(TimeWindow::compiled).toList()));
        }
        if (share < ALL) {
            conditions.add(new ShareBelow(share));
        }
        if (!regex.isEmpty()) {
            conditions.add(PathMatches.of(regex));
        }
        if (!version.isEmpty()) {
            conditions.add(new VersionIs(api, version));
        }
        if (!clients.isEmpty()) {
            conditions.add(new ClientIs(clients));
        }
        return conditions;
    }

    /**
     * Compiled.
     *
     * @throws IllegalArgumentException when a setting breaks its rule; the message is a sentence that says which
     */
    public Criteria criteria() {
        return new Criteria(
                hosts.stream().map(HostPattern::of).toList(),
                pattern(),
                methods.stream().map(Method::name).toList(),
                conditions(),
                priority);
    }

    @Override
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < headers.size(); i++) {
            var at = "headers[" + i + "].name";
            Format.HEADER_NAME
                    .problem(headers.get(i).name())
                    .ifPresent(message -> problems.add(new Problem(at, message)));
        }
        if (api.isEmpty() && !version.isEmpty()) {
            problems.add(new Problem("api", "Must be given with a version: it says of what."));
        }
        problems.addAll(repeated("headers", headers, true));
        problems.addAll(repeated("query", query, false));
        problems.addAll(repeated("cookies", cookies, false));
        return problems;
    }

    private static List<Problem> repeated(String at, List<ValueMatch> values, boolean anyCase) {
        var problems = new ArrayList<Problem>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < values.size(); i++) {
            var name = values.get(i).name();
            if (!names.add(anyCase ? name.toLowerCase(Locale.ROOT) : name)) {
                problems.add(new Problem(
                        at + "[" + i + "].name", "'" + name + "' is asked for twice; one value, one condition."));
            }
        }
        return problems;
    }
}
