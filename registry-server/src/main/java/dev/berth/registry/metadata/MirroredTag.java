package dev.berth.registry.metadata;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Tag;
import java.time.Instant;
import java.util.Optional;

/**
 * A tag that a mirror has set.
 *
 * @param checked when the upstream last said where it stands
 * @param copied  what of the image a sync has copied whole; empty where only what was asked for is here
 */
public record MirroredTag(Tag tag, Digest digest, Instant checked, Optional<String> copied) {}
