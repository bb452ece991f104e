package dev.gatehouse.node.fetch;

import io.helidon.webclient.spi.DnsResolver;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Names to addresses that may be asked: the one that was judged is the one that is connected to. */
final class Names implements AutoCloseable {

    private final AddressRules rules;
    /** A look-up is a native call and would hold the carrier of a virtual thread. */
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("gatehouse-fetch-dns-", 0).factory());

    Names(AddressRules rules) {
        this.rules = rules;
    }

    /** For connections to that port. */
    DnsResolver towards(int port) {
        return (host, _) -> address(host, port);
    }

    private InetAddress address(String host, int port) {
        try {
            for (var address :
                    threads.submit(() -> InetAddress.getAllByName(host)).get()) {
                if (rules.allows(address, port)) {
                    // under the name that was asked for: TLS would hold the certificate against what the address calls
                    // itself
                    return InetAddress.getByAddress(host, address.getAddress());
                }
            }
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        } catch (ExecutionException e) {
            throw new UncheckedIOException(new UnknownHostException("there is no address for " + host));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking up " + host, e);
        }
        throw new UncheckedIOException(
                new UnknownHostException(
                        host
                                + " leads to an address that is not asked: loopback, link-local or for machines only, which GATEHOUSE_FETCH_ALLOW can allow, or a store of the gateway itself"));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
