package dev.gatehouse.node.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer of tokens with ES256: a real server that publishes its keys, and may be changed, silenced and counted. */
public final class IssuerServer implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, byte[]> documents = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile String lastBody = "";
    private volatile boolean down;
    private volatile ECKey key = generated("first");

    public IssuerServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        publish(
                "/.well-known/openid-configuration",
                "{\"issuer\":\"" + url() + "\",\"jwks_uri\":\"" + url() + "/jwks\"}");
        publishKeys(key);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void publish(String path, String document) {
        documents.put(path, document.getBytes(StandardCharsets.UTF_8));
    }

    public void publishKeys(JWK... keys) {
        publish("/jwks", new JWKSet(List.of(keys)).toString(true));
    }

    /** What it was sent last. */
    public String lastBody() {
        return lastBody;
    }

    /** Signs with another key from now on, and publishes it alone. */
    public void rotate(String id) {
        key = generated(id);
        publishKeys(key);
    }

    public ECKey key() {
        return key;
    }

    /** From now on it answers 500, or answers again. */
    public void down(boolean now) {
        down = now;
    }

    /** How often its keys were fetched. */
    public int asked() {
        return asked.get();
    }

    /** In force until then. */
    public String token(Instant end, Map<String, ?> claims) {
        return token(key, end, claims);
    }

    public String token(ECKey with, Instant end, Map<String, ?> claims) {
        var set = new JWTClaimsSet.Builder().issuer(url()).expirationTime(Date.from(end));
        claims.forEach(set::claim);
        var header =
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(with.getKeyID()).build();
        try {
            var token = new SignedJWT(header, set.build());
            token.sign(new ECDSASigner(with));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static ECKey generated(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        if (path.equals("/jwks")) {
            asked.incrementAndGet();
        }
        var document = documents.get(path);
        lastBody = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        try (exchange) {
            if (down || document == null) {
                exchange.sendResponseHeaders(down ? 500 : 404, -1);
            } else {
                exchange.sendResponseHeaders(200, document.length);
                exchange.getResponseBody().write(document);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** Published keys as a setting. */
    public static String keySet(JWK... keys) {
        return new JWKSet(new ArrayList<>(List.of(keys))).toString(true);
    }
}
