package dev.gatehouse.node.sync;

import dev.gatehouse.db.model.Version;
import dev.gatehouse.node.limit.Share;
import java.util.List;
import java.util.Optional;

/**
 * Where this node stands.
 *
 * @param version what it serves; empty before the first configuration
 * @param fromDisk true while what it serves was read from its own folder
 * @param trouble why PostgreSQL could not be asked last time; empty when it could
 * @param problems one sentence for each thing of the configuration that cannot be served as written
 * @param share of this node among those that served at the last count
 */
public record SyncStatus(
        Optional<Version> version, boolean fromDisk, String trouble, List<String> problems, Share share) {

    static final SyncStatus NOTHING = new SyncStatus(Optional.empty(), false, "", List.of(), Share.WHOLE);

    SyncStatus serving(Version served, boolean fromDisk, List<String> problems) {
        return new SyncStatus(Optional.of(served), fromDisk, trouble, List.copyOf(problems), share);
    }

    SyncStatus troubled(String sentence) {
        return new SyncStatus(version, fromDisk, sentence, problems, share);
    }

    SyncStatus among(Share counted) {
        return new SyncStatus(version, fromDisk, trouble, problems, counted);
    }
}
