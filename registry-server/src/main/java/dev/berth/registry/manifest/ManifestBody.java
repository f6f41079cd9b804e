package dev.berth.registry.manifest;

import java.util.Optional;

/** A manifest as it arrives: its bytes and, where the client sent one, its Content-Type. */
public final class ManifestBody {
    private final Optional<String> contentType;
    private final byte[] bytes;

    /** @param bytes are not copied; the caller must not change them afterwards */
    public ManifestBody(Optional<String> contentType, byte[] bytes) {
        this.contentType = contentType;
        this.bytes = bytes;
    }

    Optional<String> contentType() {
        return contentType;
    }

    public byte[] bytes() {
        return bytes;
    }
}
