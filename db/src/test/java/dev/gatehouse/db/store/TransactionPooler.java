package dev.gatehouse.db.store;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Pools as PgBouncer does in transaction mode, at its most unkind: after each transaction a client goes on with the
 * server connection that has rested longest, hardly ever its own. Every client brings one server connection, on which
 * it signs in; all are one user's.
 */
final class TransactionPooler implements AutoCloseable {

    private static final int SSL_REQUEST = 80_877_103;

    private final int serverPort;
    private final ServerSocket listener;
    private final BlockingQueue<Wire> resting = new LinkedBlockingQueue<>();
    private final List<Wire> all = new CopyOnWriteArrayList<>();
    private final List<String> statements = new CopyOnWriteArrayList<>();
    private final Set<Wire> worked = ConcurrentHashMap.newKeySet();

    /** One message: its type, and its body without the length. */
    private record Message(char type, ByteBuffer body) {}

    private record Wire(Socket socket, DataInputStream in, DataOutputStream out) {

        static Wire of(Socket socket) throws IOException {
            socket.setTcpNoDelay(true);
            return new Wire(
                    socket,
                    new DataInputStream(socket.getInputStream()),
                    new DataOutputStream(socket.getOutputStream()));
        }

        Message read() throws IOException {
            return new Message((char) in.readUnsignedByte(), ByteBuffer.wrap(in.readNBytes(in.readInt() - 4)));
        }

        void write(Message message) throws IOException {
            out.write(ByteBuffer.allocate(5 + message.body.limit())
                    .put((byte) message.type)
                    .putInt(4 + message.body.limit())
                    .put(message.body.duplicate())
                    .array());
        }
    }

    TransactionPooler(int serverPort) {
        this.serverPort = serverPort;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Every statement that clients sent, as {@code name|sql|…}; the name is that of a prepared statement, mostly empty. */
    List<String> statements() {
        return statements;
    }

    /** How many server connections have worked. */
    int worked() {
        return worked.size();
    }

    private void accept() {
        try {
            while (true) {
                var client = Wire.of(listener.accept());
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            // closed: the end
        }
    }

    private void serve(Wire client) {
        all.add(client);
        try (var _ = client.socket) {
            resting.put(signIn(client));
            while (true) {
                transaction(client);
            }
        } catch (IOException e) {
            // the client left
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Wire signIn(Wire client) throws IOException {
        var server = Wire.of(new Socket(InetAddress.getLoopbackAddress(), serverPort));
        all.add(server);
        var greeting = client.in.readNBytes(client.in.readInt() - 4);
        if (ByteBuffer.wrap(greeting).getInt() == SSL_REQUEST) {
            client.out.write('N');
            greeting = client.in.readNBytes(client.in.readInt() - 4);
        }
        server.out.writeInt(4 + greeting.length);
        server.out.write(greeting);
        while (true) {
            var answer = server.read();
            client.write(answer);
            if (answer.type == 'Z') {
                return server;
            }
            int step = answer.type == 'R' ? answer.body.getInt(0) : 0;
            if (step == 10 || step == 11) { // SASL: the client speaks next
                server.write(client.read());
            }
        }
    }

    private void transaction(Wire client) throws IOException, InterruptedException {
        var requests = requests(client);
        var server = resting.take();
        worked.add(server);
        try {
            while (!isDone(requests, server, client)) {
                requests = requests(client);
            }
        } finally {
            resting.put(server);
        }
    }

    /** All up to the next that must be answered. */
    private List<Message> requests(Wire client) throws IOException {
        var requests = new ArrayList<Message>();
        while (true) {
            var request = client.read();
            switch (request.type) {
                case 'X' -> throw new IOException("The client leaves");
                case 'P', 'Q' -> statements.add(text(request.body));
                default -> {}
            }
            requests.add(request);
            if (request.type == 'S' || request.type == 'Q') {
                return requests;
            }
        }
    }

    private static String text(ByteBuffer body) {
        return StandardCharsets.UTF_8.decode(body.duplicate()).toString().replace('\0', '|');
    }

    private static boolean isDone(List<Message> requests, Wire server, Wire client) throws IOException {
        for (var request : requests) {
            server.write(request);
        }
        while (true) {
            var answer = server.read();
            client.write(answer);
            if (answer.type == 'Z') {
                return answer.body.get(0) == 'I';
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (var wire : all) {
            wire.socket.close();
        }
    }
}
