package dev.berth.registry.metadata.mirror;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Tag;
import java.time.Instant;
import java.util.Optional;

/**
 * A tag that a mirror has set.
 *
 * @param checked when it was last compared with the upstream
 * @param copied  which parts of the image a sync has copied completely; empty if only requested parts are stored
 */
public record MirroredTag(Tag tag, Digest digest, Instant checked, Optional<String> copied) {}
