package dev.gatehouse.node.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.node.exchange.Headers;
import org.junit.jupiter.api.Test;

class HopByHopTest {

    @Test
    void takesOutWhatConcernsOneConnection() {
        var headers = Headers.of(
                "Connection",
                "keep-alive, X-Mine",
                "Keep-Alive",
                "timeout=5",
                "TE",
                "trailers",
                "trailer",
                "X",
                "Transfer-Encoding",
                "chunked",
                "Upgrade",
                "h2c",
                "Proxy-Authorization",
                "x",
                "Proxy-Connection",
                "x",
                "x-mine",
                "1",
                "X-Other",
                "2");

        HopByHop.remove(headers);

        assertThat(headers).containsExactly(new Headers.Field("X-Other", "2"));
    }

    @Test
    void doesNotLetACallerNominateWhatOthersRelyOn() {
        var headers = Headers.of(
                "Connection",
                "X-Forwarded-For, Host, close",
                "connection",
                "Authorization",
                "Host",
                "a",
                "X-Forwarded-For",
                "b",
                "Authorization",
                "c");

        HopByHop.remove(headers);

        assertThat(headers).extracting("name").containsExactly("Host", "X-Forwarded-For", "Authorization");
    }

    @Test
    void takesOutWhatAServiceCouldTakeForOneOfThem() {
        var headers = Headers.of(
                "Transfer_Encoding",
                "chunked",
                "content_length",
                "5",
                "X_Request-Id",
                "me",
                "Content-Length",
                "7",
                "api_key",
                "k");

        HopByHop.remove(headers);

        assertThat(headers).extracting("name").containsExactly("Content-Length", "api_key");
    }

    @Test
    void findsAnElementInAnyLineAndCase() {
        var headers = Headers.of("Connection", "a,, B ,", "connection", "Close");

        assertThat(HopByHop.lists(headers, "Connection", "b")).isTrue();
        assertThat(HopByHop.lists(headers, "Connection", "close")).isTrue();
        assertThat(HopByHop.lists(headers, "Connection", "clos")).isFalse();
    }
}
