package dev.gatehouse.deploy.demo.http;

import java.io.InterruptedIOException;
import java.time.Duration;

/** Waits on the thread of the request; a server that closes ends the wait and the answer with it. */
public final class Pause {

    private Pause() {}

    public static void of(Duration time) throws InterruptedIOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The server closes.");
        }
    }
}
