package dev.gatehouse.deploy.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerTest {

    private static Answer read(String lines) throws IOException {
        var in = new ByteArrayInputStream(lines.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        var answer = Answer.read(in);
        assertThat(in.available()).isZero();
        return answer;
    }

    @Test
    void isReadToItsEnd() throws IOException {
        var admitted = read("""
                HTTP/1.1 200 OK
                RateLimit-Policy: "counted";q=1000;w=60
                RateLimit: "counted";r=999;t=61
                Content-Length: 2

                ok""");
        var refused = read("""
                HTTP/1.1 429 Too Many Requests
                retry-after: 58
                ratelimit: "counted";r=0;t=58
                ratelimit: "spent";r=1000;t=58

                """);

        assertThat(admitted).isEqualTo(new Answer(200, 999, 999, -1));
        assertThat(refused).isEqualTo(new Answer(429, 0, 1000, 58));
        assertThatIOException().isThrownBy(() -> read("HTTP/1.1 200 OK\n"));
    }

    @Test
    void isFlawedWhenItLacksOrContradictsWhatItShouldSay() {
        assertThat(new Answer(200, 999, 999, -1).flawed(1000)).isFalse();
        assertThat(new Answer(200, 1001, 1001, -1).flawed(1000)).isTrue();
        assertThat(new Answer(200, -1, -1, -1).flawed(1000)).isTrue();
        assertThat(new Answer(429, 0, 0, 1).flawed(1000)).isFalse();
        assertThat(new Answer(429, 0, 0, 0).flawed(1000)).isTrue();
        assertThat(new Answer(429, 3, 3, 1).flawed(1000)).isTrue();
        assertThat(new Answer(502, -1, -1, -1).flawed(1000)).isFalse();
    }
}
