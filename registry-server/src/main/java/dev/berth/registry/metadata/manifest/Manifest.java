package dev.berth.registry.metadata.manifest;

import dev.berth.registry.reference.Digest;

/** A manifest or index as it was pushed, byte for byte. */
public final class Manifest {
    private final Descriptor descriptor;
    private final byte[] bytes;

    public Manifest(String mediaType, Digest digest, byte[] bytes) {
        this.descriptor = new Descriptor(mediaType, digest, bytes.length);
        this.bytes = bytes;
    }

    public Descriptor descriptor() {
        return descriptor;
    }

    public Digest digest() {
        return descriptor.digest();
    }

    public String mediaType() {
        return descriptor.mediaType();
    }

    /** The bytes, which are not copied. Callers must not change them. */
    public byte[] bytes() {
        return bytes;
    }
}
