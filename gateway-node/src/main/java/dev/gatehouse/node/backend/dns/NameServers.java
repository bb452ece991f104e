package dev.gatehouse.node.backend.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * Asks the name servers and the hosts file of this machine. What neither knows is asked of the operating system, which may
 * have other sources; that is a native call that would hold the carrier of a virtual thread, so it has threads of its own.
 */
public final class NameServers implements Lookup {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int TRIES = 2;

    /** The operating system does not say. */
    private static final Duration SYSTEM_TTL = Duration.ofSeconds(5);

    private static final Executor SYSTEM = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("gatehouse-dns-", 0).factory());

    private final LookupSession session;
    private final boolean system;

    private NameServers(LookupSession session, boolean system) {
        this.session = session;
        this.system = system;
    }

    /** Those this machine is told to ask. */
    public static NameServers ofThisMachine() {
        var servers = new ExtendedResolver();
        servers.setTimeout(PATIENCE);
        servers.setRetries(TRIES);
        return new NameServers(
                LookupSession.defaultBuilder().resolver(servers).clearCaches().build(), true);
    }

    /** That one alone. */
    public static NameServers only(Resolver server) {
        return new NameServers(LookupSession.builder().resolver(server).build(), false);
    }

    /** Records of one type; none where it says so, or where there is trouble. */
    private record Records(List<Record> all, String trouble) {}

    /** Addresses of a host and what is the least of their TTLs. */
    private record Addresses(
            String host, List<InetAddress> four, List<InetAddress> six, Duration ttl, List<Missing> missing) {

        boolean none() {
            return four.isEmpty() && six.isEmpty();
        }

        List<Place> places(int port, int rank, double part) {
            var places = new ArrayList<Place>();
            four.forEach(address -> places.add(new Place(host, address, port, rank, part / four.size())));
            // the same machine most often: only where the other way does not lead there
            boolean alone = four.isEmpty() && missing.stream().allMatch(Missing::six);
            six.forEach(
                    address -> places.add(new Place(host, address, port, alone ? rank : rank + 1, part / six.size())));
            return places;
        }
    }

    @Override
    public CompletableFuture<Found> ask(Question question) {
        return question.srv()
                ? services(question)
                : addresses(question.name())
                        .thenApply(found -> found(
                                found.places(0, 0, 1),
                                found.ttl(),
                                found.missing(),
                                "no address for " + question.name()));
    }

    private static Found found(List<Place> places, Duration ttl, List<Missing> missing, String none) {
        if (places.isEmpty()) {
            throw unknown(missing.isEmpty() ? none : missing.getFirst().trouble());
        }
        return new Found(places, ttl, missing);
    }

    private CompletableFuture<Found> services(Question question) {
        return records(question.name(), Type.SRV).thenCompose(records -> {
            var all = new ArrayList<SRVRecord>();
            records.all().forEach(each -> {
                if (each instanceof SRVRecord service && !service.getTarget().equals(Name.root)) {
                    all.add(service);
                }
            });
            if (all.isEmpty()) {
                throw unknown(records.trouble().isEmpty() ? "no SRV record for " + question.name() : records.trouble());
            }
            var hosts = all.stream()
                    .map(each -> addresses(each.getTarget().toString()))
                    .toList();
            return CompletableFuture.allOf(hosts.toArray(CompletableFuture[]::new))
                    .thenApply(_ -> found(
                            question,
                            all,
                            hosts.stream().map(CompletableFuture::join).toList()));
        });
    }

    /** @param hosts of each */
    private static Found found(Question question, List<SRVRecord> services, List<Addresses> hosts) {
        var ranks = services.stream()
                .map(SRVRecord::getPriority)
                .distinct()
                .sorted()
                .toList();
        var places = new ArrayList<Place>();
        var missing = new ArrayList<Missing>();
        long ttl = Long.MAX_VALUE;
        for (int i = 0; i < services.size(); i++) {
            var service = services.get(i);
            var host = hosts.get(i);
            missing.addAll(host.missing());
            if (!host.none()) {
                int beside = services.stream()
                        .filter(other -> other.getPriority() == service.getPriority())
                        .mapToInt(NameServers::weight)
                        .sum();
                int rank = 2 * ranks.indexOf(service.getPriority());
                places.addAll(host.places(service.getPort(), rank, (double) weight(service) / beside));
                ttl = Math.min(ttl, Math.min(service.getTTL(), host.ttl().toSeconds()));
            }
        }
        return found(places, Duration.ofSeconds(ttl), missing, "no address for the hosts of SRV " + question.name());
    }

    /** RFC 2782: 0 is the least that can be had beside others. */
    private static int weight(SRVRecord service) {
        return Math.max(1, service.getWeight());
    }

    /** Never fails: what cannot be learnt is missing. */
    private CompletableFuture<Addresses> addresses(String host) {
        var asked =
                records(host, Type.A).thenCombine(records(host, Type.AAAA), (four, six) -> addresses(host, four, six));
        return asked.thenCompose(found -> system && found.none()
                ? CompletableFuture.supplyAsync(() -> fromSystem(found), SYSTEM)
                : CompletableFuture.completedFuture(found));
    }

    private static Addresses addresses(String host, Records four, Records six) {
        var fours = four.all().stream()
                .filter(ARecord.class::isInstance)
                .map(each -> plain(((ARecord) each).getAddress()))
                .toList();
        var sixes = six.all().stream()
                .filter(AAAARecord.class::isInstance)
                .map(each -> plain(((AAAARecord) each).getAddress()))
                .toList();
        long ttl = Stream.concat(four.all().stream(), six.all().stream())
                .mapToLong(Record::getTTL)
                .min()
                .orElse(0);
        var missing = new ArrayList<Missing>();
        if (!four.trouble().isEmpty()) {
            missing.add(new Missing(host, false, four.trouble()));
        }
        if (!six.trouble().isEmpty()) {
            missing.add(new Missing(host, true, six.trouble()));
        }
        return new Addresses(host, fours, sixes, Duration.ofSeconds(ttl), missing);
    }

    /** What it knows of that host, or else what was found. */
    private static Addresses fromSystem(Addresses found) {
        try {
            var four = new ArrayList<InetAddress>();
            var six = new ArrayList<InetAddress>();
            for (var address : InetAddress.getAllByName(found.host())) {
                (address.getAddress().length == 4 ? four : six).add(plain(address));
            }
            return new Addresses(found.host(), four, six, SYSTEM_TTL, List.of());
        } catch (UnknownHostException e) {
            return found;
        }
    }

    private CompletableFuture<Records> records(String name, int type) {
        try {
            return session.lookupAsync(Name.fromString(name), type)
                    .handle((result, failure) ->
                            failure == null ? new Records(result.getRecords(), "") : none(name, failure))
                    .toCompletableFuture();
        } catch (TextParseException e) {
            return CompletableFuture.completedFuture(new Records(List.of(), "'" + name + "' is no name"));
        }
    }

    private static Records none(String name, Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        boolean said = cause instanceof NoSuchDomainException || cause instanceof NoSuchRRSetException;
        return new Records(
                List.of(), said ? "" : "the name server does not answer for " + name + ": " + cause.getMessage());
    }

    private static CompletionException unknown(String why) {
        return new CompletionException(new UnknownHostException(why));
    }

    /** Without a name, which would be told in place of the address. */
    private static InetAddress plain(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 octets", e);
        }
    }
}
