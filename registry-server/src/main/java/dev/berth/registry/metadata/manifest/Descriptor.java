package dev.berth.registry.metadata.manifest;

import dev.berth.registry.reference.Digest;

/** Describes content (OCI image-spec, "Content Descriptors"). */
public record Descriptor(String mediaType, Digest digest, long sizeBytes) {}
