package dev.gatehouse.deploy.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Asks once, to see that what is about to be measured answers, and answers right. */
final class Probe {

    private final HttpClient http;
    private final String key;
    private final String token;

    Probe(SSLContext trusted, String key, String token) {
        http = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .sslContext(trusted)
                .connectTimeout(Duration.ofSeconds(1))
                .build();
        this.key = key;
        this.token = token;
    }

    /** The body of a 200; empty when there is no such answer. */
    byte[] body(String url) {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("X-API-Key", key)
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofByteArray());
            return response.statusCode() == 200 ? response.body() : new byte[0];
        } catch (IOException e) {
            return new byte[0];
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new byte[0];
        }
    }
}
