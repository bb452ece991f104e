package dev.gatehouse.db.live;

import dev.gatehouse.db.environment.Environment;
import dev.gatehouse.db.environment.Variable;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import redis.clients.jedis.HostAndPort;

/**
 * How to reach Redis.
 *
 * @param hosts one server; or some of the nodes of a cluster; or sentinels, where a master is named
 * @param user empty: the default one
 * @param password empty: none is asked for
 * @param sentinelMaster what the sentinels call the server; empty: the hosts are no sentinels
 */
public record RedisAccess(
        boolean tls,
        String user,
        String password,
        Set<HostAndPort> hosts,
        int database,
        String sentinelMaster,
        String sentinelPassword,
        boolean cluster) {

    private static final int PORT = 6379;
    private static final int SENTINEL_PORT = 26379;
    private static final Pattern FORM = Pattern.compile("(rediss?)://(?:(.*)@)?([^/@]+)(?:/(\\d{0,4}))?");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?");

    public RedisAccess {
        hosts = Set.copyOf(hosts);
    }

    /** One server, or with several hosts a cluster. @throws IllegalArgumentException with a sentence that says the rule */
    public static RedisAccess of(String url) {
        return of(url, "", "", false);
    }

    /** A server that sentinels know. @throws IllegalArgumentException with a sentence that says the rule */
    public static RedisAccess sentinels(String url, String master) {
        return of(url, master, "", false);
    }

    /** As the environment says. */
    public static RedisAccess of(Environment environment) {
        boolean cluster = environment.made(Variable.GATEHOUSE_REDIS_CLUSTER, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' must be true or false");
        });
        return environment.made(
                Variable.GATEHOUSE_REDIS_URL,
                url -> of(
                        url,
                        environment.text(Variable.GATEHOUSE_REDIS_SENTINEL_MASTER),
                        environment.text(Variable.GATEHOUSE_REDIS_SENTINEL_PASSWORD),
                        cluster));
    }

    private static RedisAccess of(String url, String sentinelMaster, String sentinelPassword, boolean cluster) {
        var match = FORM.matcher(url);
        if (!match.matches()) {
            throw malformed();
        }
        var login = Optional.ofNullable(match.group(2));
        var hosts = hosts(match.group(3), sentinelMaster.isEmpty() ? PORT : SENTINEL_PORT);
        var database = Optional.ofNullable(match.group(4)).filter(text -> !text.isEmpty());
        boolean several = sentinelMaster.isEmpty() && (cluster || hosts.size() > 1);
        if (cluster && !sentinelMaster.isEmpty()) {
            throw new IllegalArgumentException("The hosts are a cluster or sentinels, not both");
        }
        if (several && database.isPresent()) {
            throw new IllegalArgumentException(
                    "A Redis cluster has no numbered databases; leave out /" + database.get());
        }
        return new RedisAccess(
                match.group(1).equals("rediss"),
                login.map(RedisAccess::user).orElse(""),
                login.map(RedisAccess::password).orElse(""),
                hosts,
                database.map(Integer::valueOf).orElse(0),
                sentinelMaster,
                sentinelPassword,
                several);
    }

    private static String user(String login) {
        int colon = login.indexOf(':');
        return colon > 0 ? decoded(login.substring(0, colon)) : "";
    }

    private static String password(String login) {
        return decoded(login.substring(login.indexOf(':') + 1));
    }

    /** Percent signs only: a plus is a plus. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Set<HostAndPort> hosts(String text, int usual) {
        var hosts = new LinkedHashSet<HostAndPort>();
        for (var part : List.of(text.split(",", -1))) {
            var match = HOST.matcher(part);
            if (!match.matches()) {
                throw malformed();
            }
            int port = match.group(2) == null ? usual : Integer.parseInt(match.group(2));
            if (port > 65_535) {
                throw malformed();
            }
            hosts.add(new HostAndPort(match.group(1), port));
        }
        return hosts;
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "The Redis URL must look like redis://[user:password@]host[:port][,host[:port]…][/database]");
    }

    /** Without passwords. */
    @Override
    public String toString() {
        var names = new ArrayList<String>();
        hosts.forEach(host -> names.add(host.toString()));
        return String.join(",", names);
    }
}
