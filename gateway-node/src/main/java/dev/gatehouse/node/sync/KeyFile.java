package dev.gatehouse.node.sync;

import dev.gatehouse.db.key.KeyHash;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.db.store.KeyStore.HashedKey;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Keys as bytes. Names of consumers and terms, which many keys share, are written once and then by their number. */
final class KeyFile {

    private static final int HASH = 32;
    private static final int REVOKED = 1;
    private static final int IMPORTED = 2;
    private static final int ROTATED = 4;

    private KeyFile() {}

    /** Writes keys one after the other. */
    static final class Writer {

        private final DataOutputStream out;
        private final Map<Object, Integer> numbers = new HashMap<>();

        Writer(DataOutputStream out) {
            this.out = out;
        }

        void write(HashedKey key) throws IOException {
            boolean rotated = !key.origin().equals(key.id());
            out.writeByte((key.revoked() ? REVOKED : 0) | (key.imported() ? IMPORTED : 0) | (rotated ? ROTATED : 0));
            out.writeUTF(key.id());
            if (rotated) {
                out.writeUTF(key.origin());
            }
            if (isNew(key.consumer())) {
                out.writeUTF(key.consumer());
            }
            if (isNew(key.terms())) {
                out.writeUTF(JsonMapper.shared().writeValueAsString(Settings.write(key.terms())));
            }
            out.write(key.hash().bytes());
            out.writeInt(key.hash().pepperVersion());
            out.writeLong(key.notBefore());
            out.writeLong(key.expiresAt());
        }

        /** The number of a thing goes first; the thing follows where it has not been told yet. */
        private boolean isNew(Object thing) throws IOException {
            int next = numbers.size();
            var known = numbers.putIfAbsent(thing, next);
            out.writeInt(known == null ? next : known);
            return known == null;
        }
    }

    /** Reads them back. */
    static final class Reader {

        private final DataInputStream in;
        private final List<Object> things = new ArrayList<>();

        Reader(DataInputStream in) {
            this.in = in;
        }

        HashedKey read() throws IOException {
            int flags = in.readByte();
            var id = in.readUTF();
            var origin = (flags & ROTATED) != 0 ? in.readUTF() : id;
            var consumer = thing(String.class);
            var terms = thing(KeyTerms.class);
            return new HashedKey(
                    id,
                    consumer,
                    new KeyHash(in.readNBytes(HASH), in.readInt()),
                    in.readLong(),
                    in.readLong(),
                    terms,
                    (flags & IMPORTED) != 0,
                    (flags & REVOKED) != 0,
                    origin);
        }

        private <T> T thing(Class<T> type) throws IOException {
            int number = in.readInt();
            if (number == things.size()) {
                var text = in.readUTF();
                things.add(type == String.class ? text : terms(text));
            }
            if (number < 0 || number >= things.size()) {
                throw new IOException("it names what it has not told");
            }
            return type.cast(things.get(number));
        }

        /** What cannot be read restricts a key so that nobody can use it. */
        private static KeyTerms terms(String json) {
            var read = Settings.read(KeyTerms.class, JsonMapper.shared().readValue(json, Object.class))
                    .value();
            return read == null ? KeyTerms.CLOSED : read;
        }
    }
}
