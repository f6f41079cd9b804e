package dev.berth.registry.metadata;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.UploadId;
import java.time.Instant;

/**
 * An upload that goes on (distribution-spec, "Pushing blobs").
 *
 * @param owner       who started it; empty where nobody logs in
 * @param algorithm   of the running hash; finishing with another is right too, and reads the bytes once more
 * @param offsetBytes how many bytes are safely here: where the next chunk starts
 */
public record UploadSession(
        UploadId id,
        RepositoryName repository,
        String owner,
        Algorithm algorithm,
        long offsetBytes,
        Instant started,
        Instant updated) {}
