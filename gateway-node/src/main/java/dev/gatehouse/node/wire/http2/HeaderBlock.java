package dev.gatehouse.node.wire.http2;

import java.util.Arrays;

/** A field block on its way: one HEADERS frame and its CONTINUATION frames, nothing else between them. */
public final class HeaderBlock {

    private static final int FIRST = 1024;

    private final int stream;
    private final boolean endStream;
    private final int mostOctets;
    private final int mostFrames;
    private byte[] octets = new byte[FIRST];
    private int length;
    private int frames;

    /**
     * @param endStream whether no body follows
     * @param mostOctets of the block as it is sent
     * @param mostFrames it may come in: more is a flood (CVE-2024-27316 and its kind)
     */
    public HeaderBlock(int stream, boolean endStream, int mostOctets, int mostFrames) {
        this.stream = stream;
        this.endStream = endStream;
        this.mostOctets = mostOctets;
        this.mostFrames = mostFrames;
    }

    public int stream() {
        return stream;
    }

    public boolean endStream() {
        return endStream;
    }

    /** @throws Http2Exception when it is larger, or in more frames, than it may be */
    public void add(byte[] source, int from, int to) throws Http2Exception {
        int count = to - from;
        if (++frames > mostFrames || length + count > mostOctets) {
            // it cannot be skipped: what comes after depends on it
            throw Http2Exception.connection(
                    ErrorCode.ENHANCE_YOUR_CALM,
                    "a header block has at most " + mostOctets + " octets in " + mostFrames + " frames");
        }
        if (length + count > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, length + count));
        }
        System.arraycopy(source, from, octets, length, count);
        length += count;
    }

    /** The block is the first {@link #length} of them. */
    public byte[] octets() {
        return octets;
    }

    public int length() {
        return length;
    }
}
