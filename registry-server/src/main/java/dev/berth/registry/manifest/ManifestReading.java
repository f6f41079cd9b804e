package dev.berth.registry.manifest;

import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Parses manifests, so many bytes at a time: what a parser remembers can be ten times what it reads. For any thread. */
public final class ManifestReading {

    /** The largest manifest taken, in bytes; distribution-spec, "Pushing Manifests", asks for at least this much. */
    public static final int LIMIT_BYTES = 4 * 1024 * 1024;

    /** Of this process, whose heap they share. */
    private static final Semaphore BYTES_AT_A_TIME = new Semaphore(LIMIT_BYTES, true);

    private ManifestReading() {}

    /** Reads what is pushed. Throws {@link MalformedManifest}; the body is no longer than {@link #LIMIT_BYTES}. */
    public static ParsedManifest parse(ManifestBody body) {
        return within(body, ManifestParser::parse);
    }

    /** The same for what another registry keeps. */
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
