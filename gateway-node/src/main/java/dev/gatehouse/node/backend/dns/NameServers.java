package dev.gatehouse.node.backend.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
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

    /** Addresses and what is the least of their TTLs. */
    private record Addresses(List<InetAddress> four, List<InetAddress> six, Duration ttl) {

        List<Place> places(int port, int rank, double part) {
            var places = new ArrayList<Place>();
            four.forEach(address -> places.add(new Place(address, port, rank, part / four.size())));
            // the same machine most often: only where the other way does not lead there
            int behind = four.isEmpty() ? rank : rank + 1;
            six.forEach(address -> places.add(new Place(address, port, behind, part / six.size())));
            return places;
        }
    }

    @Override
    public CompletableFuture<Found> ask(Question question) {
        return question.srv()
                ? services(question)
                : addresses(question.name()).thenApply(found -> new Found(sorted(found.places(0, 0, 1)), found.ttl()));
    }

    private CompletableFuture<Found> services(Question question) {
        return records(question.name(), Type.SRV).thenCompose(records -> {
            var all = new ArrayList<SRVRecord>();
            records.forEach(each -> {
                if (each instanceof SRVRecord service && !service.getTarget().equals(Name.root)) {
                    all.add(service);
                }
            });
            if (all.isEmpty()) {
                throw new CompletionException(new UnknownHostException("no SRV record for " + question.name()));
            }
            var hosts = all.stream()
                    .map(each -> addresses(each.getTarget().toString()).handle((found, _) -> found))
                    .toList();
            return CompletableFuture.allOf(hosts.toArray(CompletableFuture[]::new))
                    .thenApply(_ -> found(
                            question,
                            all,
                            hosts.stream().map(CompletableFuture::join).toList()));
        });
    }

    /** @param addresses of each; null where a host has none */
    private static Found found(Question question, List<SRVRecord> services, List<Addresses> addresses) {
        var ranks = services.stream()
                .map(SRVRecord::getPriority)
                .distinct()
                .sorted()
                .toList();
        var places = new ArrayList<Place>();
        long ttl = Long.MAX_VALUE;
        for (int i = 0; i < services.size(); i++) {
            var service = services.get(i);
            var host = addresses.get(i);
            if (host != null) {
                int beside = services.stream()
                        .filter(other -> other.getPriority() == service.getPriority())
                        .mapToInt(NameServers::weight)
                        .sum();
                int rank = 2 * ranks.indexOf(service.getPriority());
                places.addAll(host.places(service.getPort(), rank, (double) weight(service) / beside));
                ttl = Math.min(ttl, Math.min(service.getTTL(), host.ttl().toSeconds()));
            }
        }
        if (places.isEmpty()) {
            throw new CompletionException(
                    new UnknownHostException("no address for the hosts of SRV " + question.name()));
        }
        return new Found(sorted(places), Duration.ofSeconds(ttl));
    }

    /** RFC 2782: 0 is the least that can be had beside others. */
    private static int weight(SRVRecord service) {
        return Math.max(1, service.getWeight());
    }

    private CompletableFuture<Addresses> addresses(String host) {
        var asked =
                records(host, Type.A).thenCombine(records(host, Type.AAAA), (four, six) -> addresses(host, four, six));
        return system ? asked.exceptionallyComposeAsync(_ -> fromSystem(host), SYSTEM) : asked;
    }

    private static Addresses addresses(String host, List<Record> four, List<Record> six) {
        var fours = four.stream()
                .filter(ARecord.class::isInstance)
                .map(each -> plain(((ARecord) each).getAddress()))
                .toList();
        var sixes = six.stream()
                .filter(AAAARecord.class::isInstance)
                .map(each -> plain(((AAAARecord) each).getAddress()))
                .toList();
        if (fours.isEmpty() && sixes.isEmpty()) {
            throw new CompletionException(new UnknownHostException("no address for " + host));
        }
        long ttl = Math.min(
                four.stream().mapToLong(Record::getTTL).min().orElse(Long.MAX_VALUE),
                six.stream().mapToLong(Record::getTTL).min().orElse(Long.MAX_VALUE));
        return new Addresses(fours, sixes, Duration.ofSeconds(ttl));
    }

    private static CompletableFuture<Addresses> fromSystem(String host) {
        try {
            var four = new ArrayList<InetAddress>();
            var six = new ArrayList<InetAddress>();
            for (var address : InetAddress.getAllByName(host)) {
                (address.getAddress().length == 4 ? four : six).add(plain(address));
            }
            return CompletableFuture.completedFuture(new Addresses(four, six, SYSTEM_TTL));
        } catch (UnknownHostException e) {
            return CompletableFuture.failedFuture(new UnknownHostException("no address for " + host));
        }
    }

    /** Empty where there are none of that type; any other failure is one. */
    private CompletableFuture<List<Record>> records(String name, int type) {
        try {
            return session.lookupAsync(Name.fromString(name), type)
                    .thenApply(result -> result.getRecords())
                    .exceptionallyCompose(NameServers::noneOrFailure)
                    .toCompletableFuture();
        } catch (TextParseException e) {
            return CompletableFuture.failedFuture(new UnknownHostException("'" + name + "' is no name"));
        }
    }

    private static CompletionStage<List<Record>> noneOrFailure(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof NoSuchDomainException || cause instanceof NoSuchRRSetException
                ? CompletableFuture.completedFuture(List.of())
                : CompletableFuture.failedFuture(
                        new UnknownHostException("the name server does not answer: " + cause.getMessage()));
    }

    /** Without a name, which would be told in place of the address. */
    private static InetAddress plain(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 octets", e);
        }
    }

    /** Name servers give them in turn; who compares two answers wants the same order. */
    private static List<Place> sorted(List<Place> places) {
        return places.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Place::rank)
                        .thenComparing(place -> place.address().getHostAddress())
                        .thenComparingInt(Place::port))
                .toList();
    }
}
