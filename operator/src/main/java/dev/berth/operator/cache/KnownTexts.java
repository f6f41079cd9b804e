package dev.berth.operator.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;

/**
 * Remembers texts that have passed a check which takes milliseconds, such as that a key belongs to a certificate: it is done once for each text,
 * and not in each of a registry's reconciliations. Keeps hashes only. Any thread.
 */
public final class KnownTexts implements BiPredicate<String, BooleanSupplier> {

    /** Two for each of ten thousand registries; a cluster of more checks some again. */
    static final int MOST = 20_000;

    private final Set<Hash> known = ConcurrentHashMap.newKeySet();

    private record Hash(long first, long second) {}

    /** Whether a text passes a check, now or before. */
    @Override
    public boolean test(String text, BooleanSupplier check) {
        var hash = hash(text);
        if (known.contains(hash)) {
            return true;
        }
        if (!check.getAsBoolean()) {
            return false;
        }
        if (known.size() >= MOST) {
            known.clear();
        }
        known.add(hash);
        return true;
    }

    private static Hash hash(String text) {
        try {
            var bytes = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
            return new Hash(bytes.getLong(), bytes.getLong());
        } catch (NoSuchAlgorithmException never) {
            throw new AssertionError("every JDK has SHA-256", never);
        }
    }
}
