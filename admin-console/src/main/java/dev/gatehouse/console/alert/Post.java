package dev.gatehouse.console.alert;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One POST to an address that was looked up and found fine before: whoever answers for the name meanwhile cannot lead it
 * elsewhere, which no client that takes a URL can promise.
 */
final class Post {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");
    private static final int LONGEST_HEAD = 32 << 10;

    private final URI url;
    private final Map<String, String> fields;
    private final byte[] body;
    private final long due;

    Post(URI url, Map<String, String> fields, String body, Duration timeout) {
        this.url = url;
        this.fields = fields;
        this.body = body.getBytes(StandardCharsets.UTF_8);
        due = System.nanoTime() + timeout.toNanos();
    }

    /**
     * Sends it.
     *
     * @return the status of the answer
     * @throws IOException when there is none in time, or what is there does not prove to be the name's
     */
    int to(InetAddress address) throws IOException {
        boolean tls = "https".equals(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
        try (var plain = new Socket()) {
            plain.connect(new InetSocketAddress(address, port), left());
            plain.setSoTimeout(left());
            try (var socket = tls ? secured(plain, port) : plain) {
                socket.getOutputStream().write(message());
                return status(socket, new BufferedInputStream(socket.getInputStream()));
            }
        }
    }

    private Socket secured(Socket plain, int port) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var socket = (SSLSocket) factory.createSocket(plain, url.getHost(), port, true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private byte[] message() {
        var path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        var head = new StringBuilder("POST ")
                .append(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(url.getPort() >= 0 ? url.getHost() + ":" + url.getPort() : url.getHost())
                .append("\r\nConnection: close\r\nContent-Length: ")
                .append(body.length);
        fields.forEach(
                (name, value) -> head.append("\r\n").append(name).append(": ").append(value));
        var octets = head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        var all = new byte[octets.length + body.length];
        System.arraycopy(octets, 0, all, 0, octets.length);
        System.arraycopy(body, 0, all, octets.length, body.length);
        return all;
    }

    /** Of the answer that is not an interim one. */
    private int status(Socket socket, InputStream in) throws IOException {
        int left = LONGEST_HEAD;
        int status = 0;
        for (boolean first = true; ; ) {
            var line = line(socket, in, left);
            left -= line.length() + 2;
            if (first) {
                var match = STATUS.matcher(line);
                if (!match.matches()) {
                    throw new IOException("it does not answer in HTTP/1.1.");
                }
                status = Integer.parseInt(match.group(1));
                if (status >= 200) {
                    return status;
                }
            }
            first = line.isEmpty();
        }
    }

    private String line(Socket socket, InputStream in, int most) throws IOException {
        var line = new StringBuilder();
        while (line.length() < most) {
            socket.setSoTimeout(left());
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("it closed the connection without an answer.");
            }
            if (octet == '\n') {
                return line.toString();
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        throw new IOException("the head of its answer is too long.");
    }

    private int left() throws IOException {
        long millis = Duration.ofNanos(due - System.nanoTime()).toMillis();
        if (millis <= 0) {
            throw new SocketTimeoutException("it did not answer in time.");
        }
        return (int) millis;
    }
}
