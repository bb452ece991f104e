package dev.gatehouse.deploy.demo;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** The command line, understood. */
record Arguments(String host, SequencedMap<Service, Integer> ports) {

    static final String USAGE = """
            Usage: demo [--host HOST] SERVICE…
              users     REST, port 9101
              products  gRPC, port 9102
              orders    GraphQL, port 9103
            Another port: users=9201, or users 9201. Port 0 takes a free one. HOST is 127.0.0.1 unless given.""";

    private static final int HIGHEST_PORT = 65_535;

    /** @throws IllegalArgumentException with the reason, for the person who typed it */
    static Arguments parse(List<String> words) {
        var host = "127.0.0.1";
        var ports = new LinkedHashMap<Service, Integer>();
        var rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            var word = rest.removeFirst();
            if (word.equals("--host")) {
                host = Optional.ofNullable(rest.pollFirst())
                        .orElseThrow(() -> new IllegalArgumentException("--host needs an address."));
            } else if (word.matches("\\d+") && !ports.isEmpty()) {
                ports.put(ports.lastEntry().getKey(), port(word));
            } else {
                var parts = word.split("=", 2);
                var service = Service.named(parts[0])
                        .orElseThrow(() -> new IllegalArgumentException("There is no service \"" + parts[0] + "\"."));
                ports.put(service, parts.length == 2 ? port(parts[1]) : service.usualPort());
            }
        }
        if (ports.isEmpty()) {
            throw new IllegalArgumentException("Which service?");
        }
        return new Arguments(host, ports);
    }

    private static int port(String text) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= HIGHEST_PORT) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("\"" + text + "\" is no port: it must be a number from 0 to 65535.");
    }
}
