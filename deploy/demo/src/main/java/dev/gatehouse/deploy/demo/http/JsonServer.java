package dev.gatehouse.deploy.demo.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The JDK's HTTP server with a virtual thread for each request. */
public final class JsonServer implements AutoCloseable {

    private static final Logger LOG = System.getLogger(JsonServer.class.getName());
    private static final int BACKLOG = 1024;
    private static final int GRACE_SECONDS = 2;

    static {
        // Read once by the JDK: without the first a response in two packets waits 40 ms for a delayed ACK,
        // without the second a gateway's idle connections above 200 are closed under its hands.
        System.getProperties().putIfAbsent("sun.net.httpserver.nodelay", "true");
        System.getProperties().putIfAbsent("sun.net.httpserver.maxIdleConnections", "10000");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger running = new AtomicInteger();
    private final Routes routes;

    private JsonServer(HttpServer server, Routes routes) {
        this.server = server;
        this.routes = routes;
    }

    /** @param port 0 takes a free one */
    public static JsonServer start(String host, int port, Routes routes) {
        try {
            var started = new JsonServer(HttpServer.create(new InetSocketAddress(host, port), BACKLOG), routes);
            started.server.setExecutor(started.threads);
            started.server.createContext("/", started::handle);
            started.server.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Requests that are running have two seconds to end; with none the JDK would wait them out all the same. */
    @Override
    public void close() {
        server.stop(running.get() == 0 ? 0 : GRACE_SECONDS);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        running.incrementAndGet();
        try {
            send(exchange, answer(exchange));
        } finally {
            running.decrementAndGet();
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        try {
            return routes.answer(exchange);
        } catch (RefusedException e) {
            return e.answer();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, exchange.getRequestMethod() + " " + exchange.getRequestURI(), e);
            return Answer.problem(500, "The server failed; its log says why.");
        }
    }

    /** An exception here leaves the exchange open, and the JDK then cuts the connection: no client takes half a body for a whole. */
    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        // Both streams first: an answer without content whose streams nobody asked for would end the connection.
        exchange.getRequestBody();
        var out = exchange.getResponseBody();
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        var head = exchange.getRequestMethod().equals("HEAD");
        if (head && answer.length() != Answer.UNKNOWN) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(answer.length()));
        }
        if (head || answer.length() == 0) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), answer.length() == Answer.UNKNOWN ? 0 : answer.length());
        answer.body().writeTo(out);
        out.close();
    }
}
