package dev.gatehouse.db.store;

import dev.gatehouse.db.live.RedisAccess;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where PostgreSQL and Redis listen, as far as the environment says. Who may change the configuration is not thereby one
 * who may talk to these, so nothing that is configured leads there.
 */
public final class OwnStores {

    /** Where nothing is to be kept away from. */
    public static final OwnStores NONE = new OwnStores(List.of());

    private static final int POSTGRES = 5432;

    private final List<Listening> all;

    private OwnStores(List<Listening> all) {
        this.all = List.copyOf(all);
    }

    private record Listening(String host, int port) {

        boolean at(InetAddress address) {
            try {
                for (var known : InetAddress.getAllByName(host)) {
                    if (known.equals(address) || (known.isLoopbackAddress() && isOurs(address))) {
                        return true;
                    }
                }
                return false;
            } catch (UnknownHostException e) {
                return false;
            }
        }

        /** This machine has more names than one: all of 127.0.0.0/8, and its own addresses in every network. */
        private static boolean isOurs(InetAddress address) {
            try {
                return address.isLoopbackAddress()
                        || address.isAnyLocalAddress()
                        || NetworkInterface.getByInetAddress(address) != null;
            } catch (SocketException e) {
                return true;
            }
        }
    }

    /** @throws IllegalArgumentException when the database's URL cannot be one */
    public static OwnStores of(Database.Access database, RedisAccess redis) {
        var all = new ArrayList<Listening>();
        var source = Database.source(database);
        var hosts = source.getServerNames();
        var ports = source.getPortNumbers();
        for (int i = 0; i < hosts.length; i++) {
            all.add(new Listening(hosts[i], ports[i] == 0 ? POSTGRES : ports[i]));
        }
        redis.hosts().forEach(host -> all.add(new Listening(host.getHost(), host.getPort())));
        return new OwnStores(all);
    }

    /** Does one of them listen there? Names are looked up only where the port is one of theirs. */
    public boolean listenAt(InetAddress address, int port) {
        for (var store : all) {
            if (store.port == port && store.at(address)) {
                return true;
            }
        }
        return false;
    }
}
