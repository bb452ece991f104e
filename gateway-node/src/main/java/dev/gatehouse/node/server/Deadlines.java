package dev.gatehouse.node.server;

import java.time.Duration;

/**
 * How long a client may keep a connection waiting.
 *
 * @param head for a whole request head, from its first byte; also from the connection's opening to its first request
 *     being awaited: PROXY line, TLS handshake
 * @param idle between two requests on one connection
 * @param stall without a byte, while a body is read or an answer is written
 * @param grace what a request body may take beyond its minimum rate
 * @param uploadRate bytes a second that a request body brings at least, on the average of the time it is waited for
 * @param downloadRate bytes a second of an answer that a client takes at least, averaged in the same way
 * @param farewell that a tunnel lives on when the node stops: clients connect anew, to another node
 */
public record Deadlines(
        Duration head,
        Duration idle,
        Duration stall,
        Duration grace,
        long uploadRate,
        long downloadRate,
        Duration farewell) {

    /** 10 s, 75 s, 30 s, 5 s, 240 bytes a second, 1 KiB a second, 5 s. */
    public static final Deadlines DEFAULT = new Deadlines(
            Duration.ofSeconds(10),
            Duration.ofSeconds(75),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            240,
            1024,
            Duration.ofSeconds(5));

    public Deadlines withHead(Duration time) {
        return new Deadlines(time, idle, stall, grace, uploadRate, downloadRate, farewell);
    }

    public Deadlines withIdle(Duration time) {
        return new Deadlines(head, time, stall, grace, uploadRate, downloadRate, farewell);
    }

    public Deadlines withStall(Duration time) {
        return new Deadlines(head, idle, time, grace, uploadRate, downloadRate, farewell);
    }

    public Deadlines withUpload(Duration time, long rate) {
        return new Deadlines(head, idle, stall, time, rate, downloadRate, farewell);
    }

    public Deadlines withDownloadRate(long rate) {
        return new Deadlines(head, idle, stall, grace, uploadRate, rate, farewell);
    }

    public Deadlines withFarewell(Duration time) {
        return new Deadlines(head, idle, stall, grace, uploadRate, downloadRate, time);
    }

    /** For the reads of one request body. */
    Patience forUpload() {
        return new Patience(grace, stall, uploadRate);
    }

    /** For all writes of a connection. */
    Patience forDownload() {
        return new Patience(stall, stall, downloadRate);
    }
}
