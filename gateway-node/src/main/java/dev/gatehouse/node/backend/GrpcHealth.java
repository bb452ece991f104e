package dev.gatehouse.node.backend;

import dev.gatehouse.node.backend.HealthProbe.Outcome;
import dev.gatehouse.node.exchange.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The health service of gRPC: github.com/grpc/grpc, doc/health-checking.md. One call, whose messages have one field each. */
final class GrpcHealth {

    static final String PATH = "/grpc.health.v1.Health/Check";

    private static final int PREFIX = 5;
    private static final int FIELD_1_TEXT = (1 << 3) | 2;
    private static final int FIELD_1_NUMBER = 1 << 3;
    private static final int SERVING = 1;

    /** Of an answer: prefix and one field, and room for what later versions may add. */
    private static final int LONGEST = 1024;

    private GrpcHealth() {}

    /** @param head of the request but for what is said of gRPC */
    static Outcome ask(String service, Headers head, Http2Lease lease, long due) throws IOException {
        var stream = lease.begin(
                head.add("content-type", "application/grpc")
                        .add("te", "trailers")
                        .add("user-agent", "gatehouse"),
                false);
        var request = request(service);
        stream.write(request, 0, request.length);
        stream.end(new Headers());
        var answered = stream.head(due);
        if (answered.status() != 200) {
            return new Outcome(false, "answered " + answered.status());
        }
        var answer = HealthProbe.in(stream, due).readNBytes(LONGEST);
        var status = answered.headers()
                .first("grpc-status")
                .or(() -> stream.trailers().first("grpc-status"))
                .orElse("none");
        if (!status.equals("0")) {
            return new Outcome(false, "grpc-status " + status);
        }
        boolean serving =
                answer.length >= PREFIX + 2 && answer[PREFIX] == FIELD_1_NUMBER && answer[PREFIX + 1] == SERVING;
        return new Outcome(serving, serving ? "serving" : "not serving");
    }

    private static byte[] request(String service) {
        var name = service.getBytes(StandardCharsets.UTF_8);
        var message = new ByteArrayOutputStream();
        if (name.length > 0) {
            message.write(FIELD_1_TEXT);
            // a name is at most 200 characters: a length of one or two bytes
            int length = name.length;
            while (length > 0x7f) {
                message.write((length & 0x7f) | 0x80);
                length >>>= 7;
            }
            message.write(length);
            message.writeBytes(name);
        }
        var framed = new ByteArrayOutputStream();
        framed.write(0);
        for (int shift = 24; shift >= 0; shift -= 8) {
            framed.write(message.size() >>> shift);
        }
        framed.writeBytes(message.toByteArray());
        return framed.toByteArray();
    }
}
