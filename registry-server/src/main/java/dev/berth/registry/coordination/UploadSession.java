package dev.berth.registry.coordination;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.UploadId;
import java.time.Instant;

/**
 * An upload that spans several requests (distribution-spec, "Pushing blobs").
 *
 * @param owner       the user who started it; empty where nobody logs in
 * @param algorithm   of the running hash; an upload may be finished with another one, but then its bytes are read again
 * @param offsetBytes how many bytes are safely stored: where the next chunk starts
 */
public record UploadSession(
        UploadId id,
        RepositoryName repository,
        String owner,
        Algorithm algorithm,
        long offsetBytes,
        Instant started,
        Instant updated) {}
