package dev.berth.registry.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.reference.Algorithm;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class NativeHashTest extends RunningHashContract {
    private static LibCrypto library;

    @BeforeAll
    static void link() {
        LinkedHashing.requireLibrary();
        library = LibCrypto.link();
    }

    @Override
    RunningHash begin(Algorithm algorithm) {
        return NativeHash.of(algorithm, library);
    }

    @Test
    void a_saved_state_is_not_changed_by_the_hash_that_goes_on() {
        var hash = begin(Algorithm.SHA256);
        var before = hash.state().orElseThrow();
        var kept = before.clone();
        hash.update(ByteBuffer.wrap(new byte[100]));

        assertThat(before).isEqualTo(kept);
        assertThat(hash.state()).get().isNotEqualTo(kept);
    }
}
