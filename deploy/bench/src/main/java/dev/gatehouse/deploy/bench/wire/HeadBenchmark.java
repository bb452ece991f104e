package dev.gatehouse.deploy.bench.wire;

import dev.gatehouse.node.wire.Framing;
import dev.gatehouse.node.wire.HeadLimits;
import dev.gatehouse.node.wire.RequestHead;
import dev.gatehouse.node.wire.ResponseHead;
import dev.gatehouse.node.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Message heads as browsers and services send them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HeadBenchmark {

    /** 600 bytes. */
    final byte[] request = octets("""
            GET /api/users/4711/orders?status=open&sort=-created&page=2&limit=9 HTTP/1.1
            Host: shop.example.com
            User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0
            Accept: application/json, text/plain;q=0.9, */*;q=0.8
            Accept-Language: en-GB,en;q=0.7,de;q=0.3
            Accept-Encoding: gzip, deflate, br, zstd
            Referer: https://shop.example.com/account/orders
            X-API-Key: gk_live_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6kL9n
            X-Request-Id: 019ab1c2-7d3e-7f40-8a51-b62c73d84e95
            Cookie: session=c2Vzc2lvbi1pZC1vZi1zb21lLWxlbmd0aA; theme=dark
            Connection: keep-alive
            Sec-Fetch-Mode: cors

            """);

    private final byte[] response = octets("""
            HTTP/1.1 200 OK
            Server: nginx
            Date: Mon, 23 Nov 2026 23:50:00 GMT
            Content-Type: application/json; charset=utf-8
            Content-Length: 1024
            Connection: keep-alive
            Cache-Control: private, max-age=0, must-revalidate
            ETag: W/"400-9f86d081884c7d659a2feaa0c55ad015"
            Vary: Accept-Encoding, Origin
            Strict-Transport-Security: max-age=31536000; includeSubDomains
            X-Content-Type-Options: nosniff

            """);

    static byte[] octets(String lines) {
        return lines.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    @Benchmark
    public RequestHead parseRequest() throws WireException {
        return RequestHead.parse(request, 0, request.length, HeadLimits.REQUEST);
    }

    /** With what every exchange then asks of the head. */
    @Benchmark
    public Framing parseRequestAndFrame() throws WireException {
        return Framing.ofRequest(RequestHead.parse(request, 0, request.length, HeadLimits.REQUEST));
    }

    @Benchmark
    public ResponseHead parseResponse() throws WireException {
        return ResponseHead.parse(response, 0, response.length, HeadLimits.RESPONSE);
    }
}
