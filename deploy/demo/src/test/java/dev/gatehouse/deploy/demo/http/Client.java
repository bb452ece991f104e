package dev.gatehouse.deploy.demo.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A caller of one server. */
public final class Client implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;

    public Client(int port) {
        this.server = URI.create("http://127.0.0.1:" + port);
    }

    /** @param headers names and values in turn */
    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        return send(
                method,
                path,
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
                BodyHandlers.ofString(),
                headers);
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    public HttpResponse<String> postJson(String path, String json, String... headers) {
        var all = Stream.concat(Stream.of("Content-Type", "application/json"), Arrays.stream(headers));
        return send("POST", path, json, all.toArray(String[]::new));
    }

    /** The head has arrived, the body comes as it is read. */
    public HttpResponse<InputStream> open(String method, String path, BodyPublisher body) {
        return send(method, path, body, BodyHandlers.ofInputStream());
    }

    public static JsonNode json(HttpResponse<String> response) {
        return Json.MAPPER.readTree(response.body());
    }

    private <T> HttpResponse<T> send(
            String method, String path, BodyPublisher body, HttpResponse.BodyHandler<T> handler, String... headers) {
        var request = HttpRequest.newBuilder(server.resolve(path)).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), handler);
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(method + " " + path, e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
