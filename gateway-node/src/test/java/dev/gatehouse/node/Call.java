package dev.gatehouse.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What an API consumer does. */
final class Call {

    static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private Call() {}

    static HttpResponse<String> get(Main node, String path, String... headers) {
        return get(node.port(), path, headers);
    }

    static HttpResponse<String> get(int port, String path, String... headers) {
        return send(request(port, path, headers).build());
    }

    /** The admin port. */
    static HttpResponse<String> health(Main node, String path) {
        return send(request(node.adminPort(), path).build());
    }

    static HttpRequest.Builder request(int port, String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
