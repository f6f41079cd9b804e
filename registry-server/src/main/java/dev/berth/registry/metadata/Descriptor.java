package dev.berth.registry.metadata;

import dev.berth.registry.reference.Digest;

/** Describes content (OCI image-spec, "Content Descriptors"). */
public record Descriptor(String mediaType, Digest digest, long sizeBytes) {}
