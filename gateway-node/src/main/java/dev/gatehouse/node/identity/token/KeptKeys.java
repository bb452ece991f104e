package dev.gatehouse.node.identity.token;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last good keys of each issuer on the disk, so that a node starts while an issuer is down. Public keys only. */
final class KeptKeys {

    private static final Logger LOG = LoggerFactory.getLogger(KeptKeys.class);

    private final Path folder;

    /** @param folder made when something is to be kept */
    KeptKeys(Path folder) {
        this.folder = folder;
    }

    /** @param fetchedAt milliseconds since 1970 */
    record Kept(TrustedKeys keys, long fetchedAt) {}

    /** @param address what they must have been fetched from */
    Optional<Kept> load(String issuer, String address) {
        var file = file(issuer);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var kept = JSONObjectUtils.parse(Files.readString(file));
            return address.equals(kept.get("address"))
                    ? Optional.of(new Kept(
                            TrustedKeys.read(JSONObjectUtils.getString(kept, "keys")),
                            JSONObjectUtils.getLong(kept, "fetchedAt")))
                    : Optional.empty();
        } catch (IOException | ParseException | RuntimeException e) {
            LOG.warn("The kept keys {} cannot be used: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    void save(String issuer, String address, String keys, long fetchedAt) {
        var fresh = folder.resolve(issuer + ".new");
        try {
            Files.createDirectories(folder);
            var plain = new LinkedHashMap<String, Object>();
            plain.put("address", address);
            plain.put("fetchedAt", fetchedAt);
            plain.put("keys", keys);
            Files.writeString(fresh, JSONObjectUtils.toJSONString(plain));
            Files.move(fresh, file(issuer), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("The keys of issuer '{}' cannot be kept in {}", issuer, folder, e);
        }
    }

    private Path file(String issuer) {
        return folder.resolve(issuer + ".json");
    }
}
