package dev.gatehouse.node.backend.dns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** A name server on loopback, over UDP, with a zone that a test changes as it goes. */
public final class DnsServer implements AutoCloseable {

    private final DatagramSocket socket;
    private final Map<Name, List<Record>> zone = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private volatile int failure = Rcode.NOERROR;
    private volatile boolean silent;

    public DnsServer() {
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().start(this::serve);
    }

    /** Who asks this server and no other. */
    public NameServers asked() {
        var resolver = new SimpleResolver(new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort()));
        resolver.setTimeout(Duration.ofMillis(500));
        return NameServers.only(resolver);
    }

    /** @param records as in a zone file, without the name: {@code 60 IN A 192.0.2.1} */
    public DnsServer says(String name, String... records) {
        var owner = name(name);
        zone.put(
                owner,
                Arrays.stream(records).map(record -> record(owner, record)).toList());
        return this;
    }

    public void forgets(String name) {
        zone.remove(name(name));
    }

    /** To every question, until {@link #answersAgain}. */
    void fails() {
        failure = Rcode.SERVFAIL;
    }

    /**
     * To one question.
     *
     * @param question {@code users.internal. AAAA}
     */
    void fails(String question) {
        failing.add(question);
    }

    void isSilent() {
        silent = true;
    }

    void answersAgain() {
        failure = Rcode.NOERROR;
        failing.clear();
        silent = false;
    }

    /** How many questions came. */
    int questions() {
        return asked.get();
    }

    @Override
    public void close() {
        socket.close();
    }

    private void serve() {
        var packet = new DatagramPacket(new byte[4096], 4096);
        try {
            while (true) {
                socket.receive(packet);
                asked.incrementAndGet();
                if (!silent) {
                    var answer = answer(new Message(Arrays.copyOf(packet.getData(), packet.getLength())));
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException e) {
            // closed
        }
    }

    private byte[] answer(Message question) {
        var asked = question.getQuestion();
        var answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(asked, Section.QUESTION);
        var records = zone.get(asked.getName());
        int fails = failing.contains(asked.getName() + " " + Type.string(asked.getType())) ? Rcode.SERVFAIL : failure;
        answer.getHeader().setRcode(fails != Rcode.NOERROR ? fails : records == null ? Rcode.NXDOMAIN : Rcode.NOERROR);
        if (records != null && fails == Rcode.NOERROR) {
            records.stream()
                    .filter(record -> record.getType() == asked.getType())
                    .forEach(record -> answer.addRecord(record, Section.ANSWER));
        }
        return answer.toWire();
    }

    private static Name name(String text) {
        return Name.fromConstantString(text + ".");
    }

    private static Record record(Name owner, String text) {
        try (var zone =
                new Master(new ByteArrayInputStream((owner + " " + text + "\n").getBytes(StandardCharsets.US_ASCII)))) {
            var record = zone.nextRecord();
            if (record == null || record.getDClass() != DClass.IN) {
                throw new IllegalArgumentException(text);
            }
            return record;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
