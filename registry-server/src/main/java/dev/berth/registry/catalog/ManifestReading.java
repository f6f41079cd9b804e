package dev.berth.registry.catalog;

import java.util.concurrent.Semaphore;

/** Parses manifests, so many bytes at a time: what a parser remembers can be ten times what it reads. For any thread. */
final class ManifestReading {

    private final Semaphore bytesAtATime = new Semaphore(PushManifest.LIMIT_BYTES, true);

    /** Throws {@link MalformedManifest}; the body is no longer than {@link PushManifest#LIMIT_BYTES}. */
    ParsedManifest parse(ManifestBody body) {
        int bytes = body.bytes().length;
        bytesAtATime.acquireUninterruptibly(bytes);
        try {
            return ManifestParser.parse(body);
        } finally {
            bytesAtATime.release(bytes);
        }
    }
}
