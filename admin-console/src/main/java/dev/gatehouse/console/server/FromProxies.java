package dev.gatehouse.console.server;

import java.net.InetSocketAddress;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.InetAddressSet;

/** Believes {@code Forwarded} and {@code X-Forwarded-*} when they come from a trusted proxy, and from nobody else. */
final class FromProxies implements HttpConfiguration.Customizer {

    private final ForwardedRequestCustomizer forwarded = new ForwardedRequestCustomizer();
    private final InetAddressSet trusted = new InetAddressSet();

    /** @param trusted addresses and CIDR blocks */
    FromProxies(List<String> trusted) {
        this.trusted.addAll(trusted);
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress peer
                        && !trusted.isEmpty()
                        && trusted.test(peer.getAddress())
                ? forwarded.customize(request, responseHeaders)
                : request;
    }
}
