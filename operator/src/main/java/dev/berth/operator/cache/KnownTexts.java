package dev.berth.operator.cache;

import dev.berth.operator.resource.Sha256;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;

/**
 * Remembers which texts have passed a check that takes milliseconds, such as whether a key belongs to a certificate. Each text is then
 * checked once, and not in every reconciliation of its Registry. It keeps hashes and no text. Any thread.
 */
public final class KnownTexts implements BiPredicate<String, BooleanSupplier> {
    /** Enough for two texts of each of ten thousand Registries. In a larger cluster some texts are checked again. */
    static final int MOST = 20_000;

    private final Set<Hash> known = ConcurrentHashMap.newKeySet();

    private record Hash(long first, long second) {}

    /** Whether a text passes the check, or has passed it before. */
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
        var bytes = ByteBuffer.wrap(Sha256.of(text));
        return new Hash(bytes.getLong(), bytes.getLong());
    }
}
