package dev.berth.registry.metadata;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Tag;
import java.time.Instant;

/**
 * A tag that another registry has.
 *
 * @param moved when it was set to that manifest
 */
public record AdoptedTag(Tag tag, Digest digest, Instant moved) {}
