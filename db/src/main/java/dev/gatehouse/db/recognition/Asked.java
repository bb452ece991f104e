package dev.gatehouse.db.recognition;

import dev.gatehouse.db.model.ApiVersion;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.VersionNaming;
import java.util.Optional;

/** What a request asks of an API in versions. */
public sealed interface Asked {

    /** The way in which it named a version; empty when it named none. */
    Optional<VersionNaming> by();

    /** A version that is served. */
    record Served(ApiVersion version, Optional<VersionNaming> by) implements Asked {}

    /** A version that is retired. */
    record Retired(ApiVersion version, Optional<VersionNaming> by) implements Asked {}

    /**
     * No version, or none that exists.
     *
     * @param reason a sentence for the caller
     */
    record Refused(Refusal refusal, String reason, Optional<VersionNaming> by) implements Asked {}
}
