package dev.gatehouse.deploy.bench;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A name server that knows one address, for every name, for a second (RFC 1035). */
final class NameServer implements AutoCloseable {

    private static final int HEADER = 12;
    private static final int TYPE_AND_CLASS = 4;
    private static final short ADDRESS = 1;
    private static final short INTERNET = 1;
    private static final short ANSWER = (short) 0x8180;
    /** The name stands at the beginning of the question. */
    private static final short NAME = (short) (0xc000 | HEADER);

    private static final int TTL = 1;

    private final DatagramSocket socket;
    private volatile InetAddress address;

    NameServer(int port, String address) {
        this.address = InetAddress.ofLiteral(address);
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new BenchException("No name server can be started: " + e.getMessage(), e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    /** From now on. */
    void says(String changed) {
        address = InetAddress.ofLiteral(changed);
    }

    private void serve() {
        try {
            while (true) {
                var packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                var answer = answer(packet.getData(), address);
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            // closed
        }
    }

    /** The question again, its name, and where it asks for an address of four octets that one. */
    private static byte[] answer(byte[] asked, InetAddress address) {
        var question = ByteBuffer.wrap(asked);
        int end = HEADER;
        while (question.get(end) != 0) {
            end += question.get(end) + 1;
        }
        boolean known = question.getShort(end + 1) == ADDRESS;
        var answer = ByteBuffer.allocate(512);
        answer.putShort(question.getShort(0)).putShort(ANSWER).putShort((short) 1);
        answer.putShort((short) (known ? 1 : 0)).putInt(0);
        answer.put(asked, HEADER, end + 1 + TYPE_AND_CLASS - HEADER);
        if (known) {
            answer.putShort(NAME).putShort(ADDRESS).putShort(INTERNET).putInt(TTL);
            answer.putShort((short) address.getAddress().length).put(address.getAddress());
        }
        return Arrays.copyOf(answer.array(), answer.position());
    }

    @Override
    public void close() {
        socket.close();
    }
}
