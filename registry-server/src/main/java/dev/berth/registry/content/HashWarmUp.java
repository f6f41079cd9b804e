package dev.berth.registry.content;

import dev.berth.registry.reference.Algorithm;
import java.nio.ByteBuffer;

/**
 * Hashes some bytes of no use while nobody waits. The JVM runs SHA-256 ten times slower until it has seen enough of it to use the
 * processor's own instructions; without this the first large push after a start would be what teaches it.
 */
public final class HashWarmUp {
    private static final int PIECE_BYTES = 16 * 1024;
    /** Enough for the compiler to see all of it, little enough to be over before the first client has logged in. */
    private static final int PIECES = 2_000;

    private HashWarmUp() {}

    /** Returns at once; ends by itself within a fraction of a second. */
    public static void start() {
        Thread.ofPlatform().name("hash-warm-up").daemon().start(HashWarmUp::run);
    }

    private static void run() {
        var hash = RunningHash.of(Algorithm.SHA256);
        var piece = ByteBuffer.allocate(PIECE_BYTES);
        for (int i = 0; i < PIECES; i++) {
            hash.update(piece.clear());
            hash = hash.copy();
        }
    }
}
