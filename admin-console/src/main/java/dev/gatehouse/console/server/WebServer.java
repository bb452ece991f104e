package dev.gatehouse.console.server;

import com.vaadin.flow.server.VaadinServlet;
import dev.gatehouse.console.login.Accounts;
import dev.gatehouse.console.login.LoginServlet;
import dev.gatehouse.console.login.LogoutServlet;
import dev.gatehouse.console.login.SignInFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.SessionTrackingMode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.ee11.annotations.AnnotationConfiguration;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.webapp.MetaInfConfiguration;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** Jetty with Vaadin in it. */
public final class WebServer implements AutoCloseable {

    private static final Duration IDLE_SESSION = Duration.ofMinutes(30);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final String ALL = "/*";

    private final Server server;
    private final ServerConnector connector;

    private WebServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * @param port 0: any free one
     * @param trustedProxies whose forwarded headers are believed: addresses and CIDR blocks
     * @throws IllegalStateException with a sentence, when the port cannot be had
     */
    public static WebServer start(String host, int port, List<String> trustedProxies, Parts parts, Accounts accounts) {
        var server = new Server(new VirtualThreadPool());
        var connector = new ServerConnector(server, new HttpConnectionFactory(http(trustedProxies)));
        connector.setHost(host);
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(compressed(context(parts, accounts)));
        server.setStopTimeout(GRACE.toMillis());
        var started = new WebServer(server, connector);
        try {
            server.start();
            return started;
        } catch (IOException e) {
            started.close();
            throw new IllegalStateException(
                    "The console cannot listen on " + host + ":" + port + " (" + cause(e)
                            + "); stop what does, or set GATEHOUSE_CONSOLE_PORT.",
                    e);
        } catch (Exception e) {
            started.close();
            throw new IllegalStateException("The web server did not start: " + e, e);
        }
    }

    private static String cause(Throwable e) {
        return e.getCause() == null ? String.valueOf(e.getMessage()) : cause(e.getCause());
    }

    private static HttpConfiguration http(List<String> trustedProxies) {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.addCustomizer(new FromProxies(trustedProxies));
        return http;
    }

    private static CompressionHandler compressed(WebAppContext context) {
        var compression = new CompressionHandler(context);
        compression.putCompression(new GzipCompression());
        compression.putConfiguration(
                ALL,
                CompressionConfig.builder()
                        .compressIncludeMimeType("text/html")
                        .compressIncludeMimeType("text/css")
                        .compressIncludeMimeType("text/javascript")
                        .compressIncludeMimeType("image/svg+xml")
                        .compressIncludeMimeType("application/json")
                        .build());
        return compression;
    }

    private static WebAppContext context(Parts parts, Accounts accounts) {
        var context = new WebAppContext();
        context.setContextPath("/");
        context.setBaseResource(Objects.requireNonNull(
                ResourceFactory.of(context).newClassLoaderResource("webroot/"), "webroot is missing"));
        // Vaadin finds its classes by annotation scanning; only these jars have any.
        context.setAttribute(
                MetaInfConfiguration.CONTAINER_JAR_PATTERN,
                ".*/(flow|vaadin|gatehouse-console|jetty-ee11-websocket)[^/]*\\.jar$|.*/classes/.*");
        // Of the whole context: with the servlet's alone, each component keeps the stack traces of its creation and its
        // attachment.
        context.setInitParameter("productionMode", "true");
        context.addConfiguration(new AnnotationConfiguration());
        JakartaWebSocketServletContainerInitializer.configure(context, null);
        sessions(context);
        parts.keepIn(context.getServletContext());
        filter(context, new SecurityHeaders());
        filter(context, new SameOrigin());
        filter(context, new SignInFilter(accounts));
        serve(context, new LoginServlet(accounts), "/" + LoginServlet.PATH);
        serve(context, new LogoutServlet(), "/" + LogoutServlet.PATH);
        serve(context, new StaticFiles(), StaticFiles.PATH + ALL);
        serve(context, new VaadinServlet(), ALL);
        return context;
    }

    /** A name of its own: cookies are shared by all ports of a host. */
    private static void sessions(WebAppContext context) {
        var sessions = context.getSessionHandler();
        sessions.setSessionCookie("GATEHOUSE_CONSOLE");
        sessions.setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE));
        sessions.setHttpOnly(true);
        sessions.setSecureRequestOnly(true);
        sessions.setSameSite(HttpCookie.SameSite.LAX);
        sessions.setMaxInactiveInterval((int) IDLE_SESSION.toSeconds());
    }

    private static void filter(WebAppContext context, Filter filter) {
        var holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        context.addFilter(holder, ALL, EnumSet.of(DispatcherType.REQUEST));
    }

    private static ServletHolder serve(WebAppContext context, Servlet servlet, String path) {
        var holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, path);
        return holder;
    }

    public int port() {
        return connector.getLocalPort();
    }

    public URI url() {
        return URI.create("http://" + connector.getHost() + ":" + port());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The web server did not stop: " + e, e);
        }
    }
}
