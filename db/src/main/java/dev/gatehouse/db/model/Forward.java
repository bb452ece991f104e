package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A service answers. */
@Named(
        value = "forward",
        label = "Forward to a service",
        help = "Requests go to a service, or are split between several.")
public record Forward(
        @Setting(
                label = "Service",
                help = "Which service answers. Empty where requests are split.",
                optional = true,
                format = Format.NAME)
        String service,

        @Setting(
                label = "Rewrite path",
                help =
                        "The path at the service: /v1/users/{id} with parameters of the route's path; /users/** appends what lies beneath it. Empty: the path stays.",
                optional = true,
                format = Format.PATH_REWRITE)
        String rewrite,

        @Setting(
                label = "Split",
                help =
                        "Several services, each asked as often as its weight says: of 95 and 5, the second gets five of a hundred requests.",
                max = "20")
        List<Share> split,

        @Setting(label = "Stickiness", help = "Who stays with the service that a split gave them first.")
        Sticky sticky,

        @Setting(
                name = "mirror",
                label = "Mirrors",
                help =
                        "Services that get a copy of requests, marked with the header Gatehouse-Mirror. Their answers are thrown away; the request itself is neither delayed nor failed by them. Bodies beyond 64 KiB and WebSockets are not copied.",
                max = "5")
        List<Mirror> mirrors)
        implements Ending, Checked {

    public Forward {
        split = List.copyOf(split);
        mirrors = List.copyOf(mirrors);
    }

    /** To one service. */
    public Forward(String service, String rewrite) {
        this(service, rewrite, List.of(), Sticky.NONE, List.of());
    }

    /** One of the services of a split. */
    public record Share(
            @Setting(label = "Service", help = "Which service answers.", format = Format.NAME)
            String service,

            @Setting(
                    label = "Weight",
                    help = "Its part of the sum of all weights. 0: none.",
                    fallback = "1",
                    min = "0",
                    max = "1000000")
            long weight) {}

    /** A service that gets copies. */
    public record Mirror(
            @Setting(label = "Service", help = "Which service gets a copy.", format = Format.NAME)
            String service,

            @Setting(
                    label = "Percent",
                    help = "How many requests in a hundred are copied, each by chance.",
                    fallback = "100",
                    min = "1",
                    max = "100",
                    unit = "%")
            long percent) {}

    /** Who answers, with what weight: one share of all where nothing is split. */
    public List<Share> shares() {
        return split.isEmpty() ? List.of(new Share(service, 1)) : split;
    }

    /** Those it names, by where: {@code forward.split[1].service}. */
    Map<String, String> services() {
        var services = new LinkedHashMap<String, String>();
        if (split.isEmpty()) {
            services.put("forward.service", service);
        }
        for (int i = 0; i < split.size(); i++) {
            services.put("forward.split[" + i + "].service", split.get(i).service);
        }
        for (int i = 0; i < mirrors.size(); i++) {
            services.put("forward.mirror[" + i + "].service", mirrors.get(i).service);
        }
        return services;
    }

    @Override
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        if (service.isEmpty() && split.isEmpty()) {
            problems.add(new Problem("service", "Must be given."));
        }
        if (!service.isEmpty() && !split.isEmpty()) {
            problems.add(
                    new Problem("service", "Must be empty where requests are split; write it as one of the split."));
        }
        if (!split.isEmpty() && split.stream().allMatch(share -> share.weight == 0)) {
            problems.add(new Problem("split", "At least one weight must be more than 0."));
        }
        if (split.isEmpty() && sticky.by() != Sticky.By.NONE) {
            problems.add(new Problem("sticky.by", "Nothing is split here: there is one service to stay with."));
        }
        twice("split", split.stream().map(Share::service).toList(), problems);
        twice("mirror", mirrors.stream().map(Mirror::service).toList(), problems);
        return problems;
    }

    private static void twice(String list, List<String> services, List<Problem> problems) {
        var seen = new HashSet<String>();
        for (int i = 0; i < services.size(); i++) {
            if (!seen.add(services.get(i))) {
                problems.add(new Problem(list + "[" + i + "].service", "'" + services.get(i) + "' is listed twice."));
            }
        }
    }
}
