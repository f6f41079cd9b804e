package dev.berth.registry.manifest;

import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Parses manifests, but only so many bytes at the same time, because a parser may need ten times the memory of what it reads. For any thread. */
public final class ManifestReading {
    /** The largest manifest that is accepted, in bytes (distribution-spec, "Pushing Manifests": at least this much). */
    public static final int LIMIT_BYTES = 4 * 1024 * 1024;

    /** Shared by the whole process, like the heap. */
    private static final Semaphore BYTES_AT_A_TIME = new Semaphore(LIMIT_BYTES, true);

    private ManifestReading() {}

    /** Reads a manifest that is pushed, of at most {@link #LIMIT_BYTES}. Throws {@link MalformedManifest}. */
    public static ParsedManifest parse(ManifestBody body) {
        return within(body, ManifestParser::parse);
    }

    /** Reads a manifest that is stored, here or in another registry. Throws {@link MalformedManifest}. */
    public static ParsedManifest parseKept(ManifestBody body) {
        return within(body, ManifestParser::parseKept);
    }

    private static ParsedManifest within(ManifestBody body, Function<ManifestBody, ParsedManifest> parser) {
        int bytes = body.bytes().length;
        BYTES_AT_A_TIME.acquireUninterruptibly(bytes);
        try {
            return parser.apply(body);
        } finally {
            BYTES_AT_A_TIME.release(bytes);
        }
    }
}
