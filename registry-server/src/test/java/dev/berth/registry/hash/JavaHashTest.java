package dev.berth.registry.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.reference.Algorithm;
import org.junit.jupiter.api.Test;

final class JavaHashTest extends RunningHashContract {
    @Override
    RunningHash begin(Algorithm algorithm) {
        return JavaHash.of(algorithm);
    }

    @Test
    void its_state_cannot_be_saved() {
        assertThat(begin(Algorithm.SHA256).state()).isEmpty();
    }
}
