package dev.berth.registry.metadata;

import dev.berth.registry.reference.Digest;

/** What is known of content without reading it (OCI image-spec, "Descriptors"). */
public record Descriptor(String mediaType, Digest digest, long sizeBytes) {}
