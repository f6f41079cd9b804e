package dev.berth.registry.catalog;

import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Parses manifests, so many bytes at a time: what a parser remembers can be ten times what it reads. For any thread. */
final class ManifestReading {

    private final Semaphore bytesAtATime = new Semaphore(PushManifest.LIMIT_BYTES, true);

    /** Reads what is pushed. Throws {@link MalformedManifest}; the body is no longer than {@link PushManifest#LIMIT_BYTES}. */
    ParsedManifest parse(ManifestBody body) {
        return within(body, ManifestParser::parse);
    }

    /** The same for what another registry keeps. */
    ParsedManifest parseKept(ManifestBody body) {
        return within(body, ManifestParser::parseKept);
    }

    private ParsedManifest within(ManifestBody body, Function<ManifestBody, ParsedManifest> parser) {
        int bytes = body.bytes().length;
        bytesAtATime.acquireUninterruptibly(bytes);
        try {
            return parser.apply(body);
        } finally {
            bytesAtATime.release(bytes);
        }
    }
}
