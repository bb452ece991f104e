package dev.gatehouse.node.server;

import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.wire.HeadBuffer;
import dev.gatehouse.node.wire.HopByHop;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;

/** Answers before the answer: RFC 9110, 15.2. They come from the threads of an upload and of a service alike. */
final class InterimAnswers implements Downstream.Interim {

    private static final System.Logger LOG = System.getLogger(InterimAnswers.class.getName());

    private final OutputStream out;
    private final int minor;
    private boolean over;

    /** @param minor of the client's HTTP version: 1.0 has none of them */
    InterimAnswers(OutputStream out, int minor) {
        this.out = out;
        this.minor = minor;
    }

    @Override
    public void send(int status, Headers headers) {
        if (minor == 0 || status < 102 || status > 199) {
            return;
        }
        var fields = headers.copy().remove("Content-Length");
        HopByHop.remove(fields);
        try {
            write(status, fields);
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(Level.DEBUG, "an interim answer was not sent", e);
        }
    }

    /**
     * Tells the client to send the body it holds back.
     *
     * @throws IOException when it was answered already: the body may come or not
     */
    void goOn() throws IOException {
        if (!write(100, new Headers())) {
            throw new IOException("the request was answered before its body was asked for");
        }
    }

    /** From here on none may be sent: the final answer is on its way. */
    synchronized void end() {
        over = true;
    }

    private boolean write(int status, Headers headers) throws IOException {
        var head = new HeadBuffer().statusLine(status).fields(headers).end();
        synchronized (this) {
            if (over) {
                return false;
            }
            head.writeTo(out);
            return true;
        }
    }
}
